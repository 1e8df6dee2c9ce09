package iam.lib.gateway.claims_test

import data.iam.lib.gateway.claims

# Made once, of a key that nobody has: the time is what a test says it is.
tokens := {
	"good": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.IbLuoU_FX1AVj-Qq2H3zNA_tYpV0k96tqFROC6yPPH9RhXwh-y5ED3EUBYsNhRQUyIl3eSKro8z7g9pM9GTG1Ml9OznAWSOWWOD3qOLb1mx0ArjKO-BLQL591_YTHXwFD5KIcK-1fznu2yL0_9LxoPyWu6Q3QnC0l3qthzpxREOtDmH2TRZ-mrWs0pzkU2LflnXl28AqOilxsZ58PaFXluLBQ9saBvbRyOPaQeFk9Ocd81Zj3XGDmRe8w5H9jGyMIhDMvKuwv33bBA4dOARlHVxpwYlqfgyEC51kMY5otbhm8lhRmH9XeQ7cRDCYm67wFx2kZr9G4aqTacBIT8VC7Q",
	"eternal": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMifQ.PmRDEwaNq13W-XV9Yeffyim0RgO2YhoMcIo0xN_tc0TC_PChF5Oajtbn_Mf4ZGp-BJcDZYkE8gbIRWaVihsHcJJP0ruwR7A8T4bbCCusXZk94LoQi1NwtR3zk25pTRMHjNP9fU6zoggS458mOw27zdScbNz0npF3IAPjB3aM3AfMIcpN-iugSd7gUBs1P8BsY4HMTvkmq44ZsXJDSvPkvcDnK9eG82XfrvrZLDjEhqkaHFIfDlNfwW7OoT3UPN0CHt1dS9f3AKXInBCSc3C-1V1f7x563nosTLPtO2OhCVXXcXMSep1Ws13D8F2CaYg1cNWNXeDcz6iynFU3v-INuA",
	"audience": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYiIsInN1YiI6InMiLCJleHAiOjIwMDB9.oKHJRRGmRrLDY97isDRZySfGF_d5RQX_L2wDT98fCPw-I-7cI8uI4Am-bfn356uJlr7TttiwgBvEgxzFPYsxoH4Ei2u0yWzRkVoUcNo_W3I4KuLc1V3FrGcvSpMpyfKz3bPR4AsT2I3eejY2rza-iSzFPoyrwheVnTgdhnqq7DYv0YMQRaXzUU9q9-6WLRR6lvR9j6FCpXcCLoj_3F-3PPkquSFDI5wDQtmST3Q1cG4gmyNW59EJ1mmGdLgIXQut29s6_OmnLwn_5FUVyJnjNFlzRwHzXI6_wgCr25EfJ8VTq8e1TtoSCg5iAyxVVjZUpVBqaOCWrYDu7OT9PwpeYA",
	"key": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.e6EpKGVfJWzaJCUQTdVOzSV7NIM3k6J5aYoVkT27hNZoxPt4hx_pY1a5MZULyW1_X9XN4ZjMIwnjinHNNJJbUb2HcM96cMHLYbyJwi3RV-IdFnFyb4gvt_t6wkFttUOBpdbiBuIwiyxI_feLVOuSLCg1u9F4tkmYNsB1lrQ9LRtTWaHPr4Vr1z5KgR8HGR_VFY8iZJnRgrRmPxgEuNYtoFCFRgq93I1UXCqEa73uQoJ1KxQsNqiMQFlW2T5SngzQdq5FGfNXoTeaUnacOonbYb1deQdeFKG4aI7qk4FXbcEbLpSrzTWluQdfbEGhya4e65wRApu3jsZlwVlWYHD5NQ",
	"critical": "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYjY0Il0sInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.gIHfVfHR1CO2MG6NWwP67qOH_0OkM5tfemXB7fnvsVKkIVoIeOBJIzKFVDlTOYJ3m-whRPnL9oAf_u2f-Ea4XjIb6uxkQDTivuYMa4GkVmFB129VZBOcGYrjUNrp2UtVOVur1pBpE3VyCDaQr62pwXAb7d8CWGjh1TArs77ESyy49ctosWjk_oy6AFDkxufWkg4FPOF60x2hsa3rNxi-rjbVLogFXOmaJQC6Wt7uMKu2ZCFJ_IEc7R41xq7o9PH_5lh11xycOpIyG0NxgrpYlItRw8PEBm2GyO8sZ6vh4_7tAIbTZsmPxWw155aVFmzBialbZ-a-eLMAJOMh-Ziu7Q",
	"algorithm": "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.TSFTjHfP6k9dU0NHMvwqoKlVu3ekDK1hiwD_MZZNlCLSKX_o8Vr79jfA55H4uJbWuq2Pi1bCkwoosDRO6U5YFp0l83l9QUWkYqkePJid-sWUab6VJKoKPJhH1i9xNeZGViI-Oj1yMiJ_aeImyKKSFI4MsCZcA9Pq6rygi-_TleKakW9vEyyLcAqBKqDTYX54f9104Y7oyPXlXZ8R0WDmPwEz9JU-9C8tk3RUUlTR4ek2XgZNjwz-KWFO0B-LwlHyU6TonwzG4jvU48p40M1bziUhQt5VjNQ-I_JmH1Sr91LkPlU5PD7-wBIVdphiWZcdibAt5Q2a2prOihTLzVfeMg",
}

key_set := {"keys": [{
	"kty": "RSA",
	"kid": "k",
	"e": "AQAB",
	"n": "vHZbodq1K_sQNcCkD8bndpgiBsYIkWWS2suf-aD-TYit6t2lhILBs4xJ2kgbNoqPSWH2nXE1rE8Zmxxl21PA7KmxlNHS2q2mnQamvBXjC93TrUStwpxI60TNgLZ9vn4ivrbzX41PUEk_M9BtIKw4f8vhHFLPoMEU7OZqkqWdwHt78ceb_uJmTPuiTJajXn30Z0XJjc7yiLpJopkEOgsgefYPis2AQjHdiOIxECodon6edSJqfZuR55jha9VtAz2iTZBBd-t5P9VGS_o3Pu93ijAOpS6_uxp-1ZKZtOWSz4gevEqsNZzR2bjCA26Uem1tKIgceyfhAIVESqcQV_8b9w",
}]}

of_token := {
	"places": {"headers": ["headers"]},
	"claims": {"header": "authorization", "issuer": "i", "pinned": {"alg": "RS256", "aud": "a"}},
}

verified(header, seconds) := answer if {
	answer := claims.verified with input as {"headers": {"Authorization": header}}
		with data.iam.routes.settings as of_token
		with data.iam.routes.key_set as key_set
		with time.now_ns as seconds * 1000000000
}

test_a_token_in_its_time_tells_claims if {
	every scheme in {"Bearer", "bearer", "BEARER"} {
		verified(concat(" ", [scheme, tokens.good]), 1999) == {"iss": "i", "aud": "a", "sub": "s", "exp": 2000}
	}
}

test_a_token_after_its_time_tells_nothing if verified(concat(" ", ["Bearer", tokens.good]), 2000) == {}

test_any_other_token_tells_nothing if {
	every name in {"eternal", "audience", "key", "critical", "algorithm"} {
		verified(concat(" ", ["Bearer", tokens[name]]), 1999) == {}
	}
}

test_a_token_of_another_issuer_tells_nothing if {
	another := json.patch(of_token, [{"op": "replace", "path": "/claims/issuer", "value": "j"}])
	claims.verified == {} with input as {"headers": {"authorization": concat(" ", ["Bearer", tokens.good])}}
		with data.iam.routes.settings as another
		with data.iam.routes.key_set as key_set
		with time.now_ns as 1999000000000
}

test_any_other_header_tells_nothing if {
	every header in {tokens.good, concat("", ["Bearer  ", tokens.good]), concat(" ", ["Basic", tokens.good]), "Bearer x", "", null, 1} {
		verified(header, 1999) == {}
	}
}

test_claims_stand_where_the_settings_say if {
	settings := {"places": {"headers": ["headers"]}, "claims": {"path": ["a", "b"]}}
	claims.verified == {"sub": "s"} with input as {"a": {"b": {"sub": "s"}}} with data.iam.routes.settings as settings
	every document in [{}, {"a": 1}, {"a": {"b": "s"}}, {"a": {"b": null}}, [], 1] {
		claims.verified == {} with input as document with data.iam.routes.settings as settings
	}
}

test_there_are_no_claims_where_nobody_verifies_any if {
	settings := {"places": {"headers": ["headers"]}, "claims": {}}
	claims.verified == {} with input as {"claims": {"sub": "s"}} with data.iam.routes.settings as settings
}
