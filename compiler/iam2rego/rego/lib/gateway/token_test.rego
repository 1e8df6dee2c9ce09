package iam.lib.gateway.token_test

import data.iam.lib.gateway.token

# Made once, of a key that nobody has: the time is what a test says it is.
key_set := {"keys": [{"kty": "EC", "crv": "P-256", "x": "d1SwvJBWHMdsbx28uiovjapnvfELzQhKzxqz60Ws6hM", "y": "l7Sjc7cRN0A2tNO8g24pAugkf387VJXT4cUzW8orUYo"}]}

taken := {
	"plain": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.V_BflkKlOrjgIZcLafRFyI-WbTz2wa68i6h81_ZJVErrMuwDW__h22AFUMHg0xwhL6cw5CI2abN3N7cf4kBxPQ",
	"many brackets": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6W3t9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LDFdfQ.UXRJQdl6wFBAtngFwv-oBmyoIbTQvEqG9LJg_Mzw-B0taNn754cOtKFFYEeOtAG036tJ7wDNdmJDJP125pWIGA",
	"replacement character": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6Iu-_vSJ9.r6rV38m3ehzi-mNDODYr3wr5IsPcZn8u4I2yAXRSpReyK6Nvcj3kPR5CoEFU32bB5DK_1JYG8bwcGJXAk2_NkQ",
}

refused := {
	"b64": "eyJhbGciOiJFUzI1NiIsImI2NCI6ZmFsc2V9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.iV6wYQ2Lb_06TKzlduxS3XLFrFksFDyugCeEAjwb3KZuy647uwDy5UQIlrEylxexkRMnKdh7CmEpEJG4304ODQ",
	"critical": "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsieCJdLCJ4IjoxfQ.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.7Gh5lfNaWbX87D6PgBULShh9vh6Ru1UpR74xbLnhuV2Sd5AHNaW1wwK4Ey9lUCWTiFuYEnUfjFWbxWFM0GHzrg",
	"token within a token": "eyJhbGciOiJFUzI1NiIsImN0eSI6IkpXVCJ9.ZXlKaGJHY2lPaUpGVXpJMU5pSjkuZXlKcGMzTWlPaUpwSWl3aVlYVmtJam9pWVNJc0ltVjRjQ0k2TWpBd01IMC5WX0JmbGtLbE9yamdJWmNMYWZSRnlJLVdiVHoyd2E2OGk2aDgxX1pKVkVyck11d0RXX19oMjJBRlVNSGcweHdoTDZjdzVDSTJhYk4zTjdjZjRrQnhQUQ.4az9tdXVZTJKBe94tnWxO0qoB8zTtGlTaS5uqVHJsDsim3-lInZPLgJTZtmJXxR8pUAC37JjYPUSzgNqXPnxdA",
	"unused bit": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.V_BflkKlOrjgIZcLafRFyI-WbTz2wa68i6h81_ZJVErrMuwDW__h22AFUMHg0xwhL6cw5CI2abN3N7cf4kBxPR",
	"padding": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.V_BflkKlOrjgIZcLafRFyI-WbTz2wa68i6h81_ZJVErrMuwDW__h22AFUMHg0xwhL6cw5CI2abN3N7cf4kBxPQ==",
	"octet that is no UTF-8": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6Iv8ifQ.yJFdynAx7Lef7UYh_cRn_8fcR-OMz6Y_fapa6Vdi0LZpRBF_Xn0CCRaJgDKoy5TWrHMeE-OWW4xCgXaxD23AjQ",
	"octets around the replacement character": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6IsPvv72pIn0.XbNcQyHduvvY23WdqKSjvVi5Rl7b6j_YKjiUldmxzTMUvBqtuhtY-4KFX6BgDCz15xZD9xZfsmw1k6Rs2xstGw",
	"too deep": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6W1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tdXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXX0.3C8IfGD0EV_ogRlF2JNNV-Uchq6xBUhVEIRIql5do-O2PRpzhIFel5YT86EOHYguMA_rhf9YxVWX2tbqc31aSg",
	"no end": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSJ9.1x0OdZUhQX7dJvvcikwp1IxzvDF_dxFkn2Xh940H0VTJyTpioWorjHdVLDgjyu_GzE_3ypJ4vKrYtu9q8BNQ_Q",
	"another issuer": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.Xtxzr4Klg8UeivDR-FAJk1I6k-0xGMPUuysW1IPMlnAErl7v206YvcArLQUNJXQ3neQlSMlAic_cRd87jrOnPQ",
	"issuer that is no text": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOjEsImF1ZCI6ImEiLCJleHAiOjIwMDB9.76WjeW_Ee38A53Of6DtDSpPZLx8ktt6YIWXIFc5opXuzVqrg9EETlWMJHQi7f2DKIwdjAgKSr0SO79aOBeC1FQ",
	"another audience": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYiIsImV4cCI6MjAwMH0.KlvWycqWASZSyIDrZSOn04J2BcHbLZaNG-vAKmDs4JE1XoM5xvE0FhsoHAtUHP6Fj13IvBCAC7PCtfxuC6bMmg",
}

wanted := {"issuer": "i", "pinned": {"alg": "ES256", "aud": "a"}}

claims(text) := answer if {
	answer := token.claims(text, wanted, key_set) with time.now_ns as 1999000000000
}

test_a_token_that_says_all_it_has_to_is_taken if {
	every text in taken {
		claims(text).iss == "i"
	}
}

test_a_token_of_several_readings_is_refused if {
	every text in refused {
		not claims(text)
	}
}

test_two_hundred_arrays_and_objects_may_be_in_each_other if {
	every form in {"[%s]", `{"a": %s}`} {
		deep := sprintf(form, [nested(199)])
		token.is_understood(deep, json.unmarshal(deep))
		deeper := sprintf(form, [nested(200)])
		not token.is_understood(deeper, json.unmarshal(deeper))
	}
	innermost := replace(nested(201), "[]", "{}")
	not token.is_understood(innermost, json.unmarshal(innermost))
}

nested(depth) := concat("", [brackets("[", depth), brackets("]", depth)])

brackets(bracket, count) := concat("", [bracket | some _ in numbers.range(1, count)])
