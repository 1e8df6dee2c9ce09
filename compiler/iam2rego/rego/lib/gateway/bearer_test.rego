package iam.lib.gateway.bearer_test

import data.iam.lib.gateway.bearer

# Signed once with a discarded key; the tests set the time.
tokens := {
	"good": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.hpxJ42uLP6GgdjFKn93KyerON5xDozoG3_zZ8S2PyjfvqVVl-QzFVAR5CTfIUgqiISCXh0CmZNlnPKdRvCIGIESveVXxRPcLjFmgboLnGQK0oYw17PT-fzhyL8C_Nx8AK0G9p2N-FYdmn6y23jdeC-dSUf_vGQyfBCd6qOpZtqdxSwM6VgUyvtP_QtUPui12k4YqAS5KDoMqrhhiYI3RlTufatSZUth6qA8x7oa8S0v1WMs4AQWvHozH2tkwtRm8fTWtCcclge-3ozD69Bm5LCK8yxDZ5Q3euxBsyDGV-O76ZbwTxvahUouaVRyzUJZs3cXKSPgXul7tjo6q69uBGw",
	"eternal": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMifQ.K1EFLUNAPlfwWoxeRrLB1l6QzOeh9JosfahYirxiE11DmkIKy9TtuuuR1xlndORwE9RKawYrGe3RSOpZwy8aCkBDrYxnx1fgtV84RsB_NHESkhv4hCdI1we9ENCEmY88xN2gkoTnE_WZV-a3PhFpdKf14I_Brv4cElSNdDefKj-xpiaDh3kPcNo4vRLcxK34FF3RcrVzwfFDm0UVtFfXayl_Rz4bgS__7AxxYsMhr5YsHp-RqlhwmmEcPEUmpceS5DoSp9GWvwJJ-9NOx8iVHlrOJXz_BKRkXhAxM37yuIh8BkxgkN3b0Bx_Ml9ZCXyjRZx6j6Br1wZyg8uVYSBW_g",
	"audience": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYiIsInN1YiI6InMiLCJleHAiOjIwMDB9.htXEfUzhkjEA57aogCfpzl-5hA6haQleUifxyn8Mz839lWy4dZRtdcpbRpwHGF5_inZG8k3cVNL5qoIef12J6av2cJ_nlscWLojIpOOghPeI9Qjoet4A7Bl2oQUGdOnWysy3-CPrhzMcqCsxLDEfDHRo8M3X63AFT02lv5nsM6uRra8ARxBjbuVQ2T0YbrcX10ptuAWX_5HrLvDKqKOdX01967qTJVUiRpYUxY_dTtXVmqMrDc-9Ll3cztUVoboJq2y8CbI0YsygEhszYVXbWd6767biYFT1ETMmA8gW0DBSS4zyXBq1vn4N-qxmv9kefs_ZgBb0E5p2IoyhWdUAsg",
	"key": "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.EkdPaiXpHmSq7cKex8zydiShhZMoQtCCnmHFW2s430gIEBwwcJLLbZKMkyz6SP8nW2CsGeuuRUp9Tw9hUacqI17sBcVobvGk7YSXT0329RXWOzieGoLmprkrZIbqPJDxAKowMPzcb_dpHxakIhkZ-QhKP47VPBC5UlQpdi2xmGEhxZ0_AgSbZYdqry8cKdncXF-RQ-_Dmg6B_3oKVOi7YET1SvuCESa8biBJR5tPgCKSpGjf-a_Ve28l2qCYgtpu6Jidn9vqzbNuYorriO_5rMDl4U24Us2qyV8uw6OoYvKPtAqT91wJDBmfxj3Cz1zCTxZHgyDep3lAfOnBHq6VAA",
	"critical": "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYjY0Il0sInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.PmanvG4mPA-bZIp5K7HiZteArcdAWtcFs4DY1pgyiTVnxN9s8cSUh_eRA15a_67anRNnRS3vKsRoJTxNZlzJJxF9Q8Je9nFeNLaags_Tc95ICu0JJmhMxMcItIPuTOdrtmS-C5EigltDnnLhRMDxQiUTMLVO2_TE2oxn8Ltay5qlwxY-ngq1gm6WU9wXU7iniKRqqTIR-S82vRopYxB8vlOZilgEZ65i3rYjCSsgZQRQJZqz48XfVxY4tQKF3RQKfr_BhxTyvxCh2yewrGq9FVyVSeQiQjKAXbYxUhs6YX6nId7m7qKbAyoQERLfsogf6x-Nfbi6KsETPkB0MuA9fg",
	"typed": "eyJhbGciOiJSUzI1NiIsImN0eSI6IngiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.Ij8tXLaaK6owhZVbvt4g6r07kaZP-JJY7qCvdxeSUt9y2FHak3Jgah4doVa0wyBBDiQNWcEnHQ3hwC1AhYY-bKs7KnyQktUj3Z8LD0xFlhUeRGCIRt07rWuZxH9QCEiDIwEKJK9VImTbeYjyD9gggRtPg6xb1PyeZYxHPRSbA9FwwGrj5e4a0ex8-aS1yuFP48QARBpF-VlsyDfegjxv8Tmx7d0RGlDq0eB_ks8jTNPTTi5cbEBFrHUR38j4gImPJO-0w8z231eMV_bE6ypKw52G8e5qh_ZsXIesSEOSB1BQgmNWNfBjsorIxFVwnf3nsXM-cM_5D_CJcEI3xEGo6A",
	"algorithm": "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJleHAiOjIwMDB9.Rsl8_QyoycZNNEfFPOw7M_zR1jJsnkSywIObbqkviKEx2J8a5OdEomhCZrMvrIEItSJzchBgiWXWc2oMYTrK_wUf2s2iqnSDNsv6COTMvhNjc5G0UB3hOWrb1PyIU6c08A56FwOaNAjBXHcshdbbyJUxQcSaxtqmJ_ZH-GUieoGsL5cejcOzImZjmRjM4mDejtteLevyH_vpX7TRx1hdVlQhJBScq6vrMsYmG14vu9aVB24_wyt4da8Qei2vQCrpo9LpsFfdgGfURTiROGD8nhwzj7pcQpNTlv4T6y1qT7zidJ_Gd5SFqEvKmeMDM44lXyIOzl3WUofdEq7EPrFC8Q",
}

key_set := {"keys": [{
	"kty": "RSA",
	"kid": "k",
	"e": "AQAB",
	"n": "r6ObhFC4IFB9dl1cqR-XCRN4pdPmY5jTGDE404Kzm7opvzwPruP5fVsDmIHxAn7BmqkZz6ZGn9HtVEHujycUPM8_ySIRPV528Avtz54D6XIXWO_obv17ksibvuEaU0QBqzhfSd26RP63A8fK5IMoHa94DxRaZOvH5Ix10RWQTFj6BlM6N_cRcxK0fY8d3hPG_TGSjhehcjiZVPjGf_lRst_kYpRyL7mJCucD7Qhl3WoSy3veKDOj5YSJwjgipvhTTcu7mQD_uvxJ3OFjSPuRJ2XuqMjBzypPrXSiYq_eCYxcUg4OJ2nzIPpz2I3mLvWNuFPmsbKh3JBsaGSpipfv2Q",
}]}

settings := {"token": {"header": "authorization", "issuer": "i", "pinned": {"alg": "RS256", "aud": "a"}}}

claims(wanted, header, seconds) := answer if {
	answer := bearer.claims with data.iam.routes as {"settings": wanted, "key_set": key_set, "headers": {"Authorization": header}}
		with time.now_ns as seconds * 1000000000
}

test_a_token_in_its_time_tells_claims if {
	every scheme in {"Bearer", "bearer", "BEARER"} {
		claims(settings, concat(" ", [scheme, tokens.good]), 1999) == {"iss": "i", "aud": "a", "sub": "s", "exp": 2000}
	}
}

test_a_token_after_its_time_tells_nothing if not claims(settings, concat(" ", ["Bearer", tokens.good]), 2000)

test_any_other_token_tells_nothing if {
	every name in {"eternal", "audience", "key", "critical", "typed", "algorithm"} {
		not claims(settings, concat(" ", ["Bearer", tokens[name]]), 1999)
	}
}

test_a_token_of_another_issuer_tells_nothing if {
	another := json.patch(settings, [{"op": "replace", "path": "/token/issuer", "value": "j"}])
	not claims(another, concat(" ", ["Bearer", tokens.good]), 1999)
}

test_any_other_header_tells_nothing if {
	every header in {tokens.good, concat("", ["Bearer  ", tokens.good]), concat(" ", ["Basic", tokens.good]), "Bearer x", "", null, 1} {
		not claims(settings, header, 1999)
	}
}
