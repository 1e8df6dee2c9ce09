package iam.lib.gateway.token_test

import data.iam.lib.gateway.token

# Signed once with a discarded key; the tests set the time.
key_set := {"keys": [{"kty": "EC", "crv": "P-256", "x": "Y24Mo15o0VCXwEt8eMuL3ggAv8DVzAiwXOspfEG4OvQ", "y": "9bQ13-oZVdtOB8sTFD3uBLkyipSJGYn8wXrIGrzgrHY"}]}

taken := {
	"plain": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.PVyBBDTHzmDA1mBg1VkSf9kQnt4aMziYInlqWJXuzTpKk-fgaWvp0AsvJ7_ww9Ry83r8OJ-5z-qOhexezvZ4ew",
	"many brackets": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6W3t9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LHt9LDFdfQ.eZVHNieLymqsrS-yNgAm3m9cnKZuooRLCxGLhGt4l2risPyq52LcUkFrZ1eR8-qZwdAz414afZG_LCsTE_RPsA",
	"replacement character": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6Iu-_vSJ9.95sWODzcivU1MEzkw_gWcVK7yipRh55epeJzOePg1sHP0ljIg-wBPvYay0J9yt2CSojS2COuM0EHN4oMYf1L5Q",
}

refused := {
	"b64": "eyJhbGciOiJFUzI1NiIsImI2NCI6ZmFsc2V9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.DlDma6LXpTO2NRJY9VBMlEFGEFaf4xJZBeppREaR4N-IxHKrma6y9XuoX3lhq3pyWmvaxb0Io4ry7JfrnTdWiQ",
	"critical": "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsieCJdLCJ4IjoxfQ.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.IxluP2b3J_tFs1qZrnbA9M9-BUDMmPIovEUGHgY1jy7NBGpjjpRKHWOirnlLUOcKFUJf-4lg_Hn6KNQqlNQqdw",
	"token within a token": "eyJhbGciOiJFUzI1NiIsImN0eSI6IkpXVCJ9.ZXlKaGJHY2lPaUpGVXpJMU5pSjkuZXlKcGMzTWlPaUpwSWl3aVlYVmtJam9pWVNJc0ltVjRjQ0k2TWpBd01IMC5QVnlCQkRUSHptREExbUJnMVZrU2Y5a1FudDRhTXppWUlubHFXSlh1elRwS2stZmdhV3ZwMEFzdko3X3d3OVJ5ODNyOE9KLTV6LXFPaGV4ZXp2WjRldw.I4qzvxW27GUG4S-hSp5YIwcKYCNqNuEHXwlz5IZV3Nes2g6lDnS9eb1P5flI6yP-9Yr-hKObJiEkG_YYE0j2Zg",
	"unused bit": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.PVyBBDTHzmDA1mBg1VkSf9kQnt4aMziYInlqWJXuzTpKk-fgaWvp0AsvJ7_ww9Ry83r8OJ-5z-qOhexezvZ4ex",
	"padding": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.PVyBBDTHzmDA1mBg1VkSf9kQnt4aMziYInlqWJXuzTpKk-fgaWvp0AsvJ7_ww9Ry83r8OJ-5z-qOhexezvZ4ew==",
	"octet that is no UTF-8": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6Iv8ifQ.7frZeUumiPM5JYda3E7Y50O-vAYFyw1a3U_izgZeyD2XbBg4w5o4jNKkk6KtLq_D8sPZJWvLR_RyC-rZwkV43A",
	"octets around the replacement character": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6IsPvv72pIn0.R1J8WnToTECdsZAcBosFpP9aOOFB77eCqhKXp4_cZ-Gza8JIzrnWCp1fkfgpMZhaB8SA7xlDVvuXfxH1TSsWdQ",
	"too deep": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMCwieCI6W1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tdXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXX0.EfcvIPjmIapSh98L0EoJS3HRQO2OJX1T9wq_aW4r2wAwEeZVE7tTsOzikRMER8AArq6C3zeL5BPxQpuoh3CPlQ",
	"header with an octet that is no UTF-8": "eyJhbGciOiJFUzI1NiIsIngiOiL_In0.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.pnETELDwXlgInDz8qzpl-5cwzKIu5ZpO9PmXrocAaPvxVhaMXV_ez4R-4KkIdyf7MipXpHwLBisDehr7qgjWEA",
	"header too deep": "eyJhbGciOiJFUzI1NiIsIngiOltbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV19.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.uAHsF3XkFdB8c-NL1i26Itv7z4sZBH5ujIqwiB3VWI9tRWOyBSeg-t2MnPC6DoefLjBMuNCTL4axM_DpUU3UJQ",
	"unused bit in the header": "eyJhbGciOiJFUzI1NiJ9ICB.eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.A5MqqNnNsO1LOwMVb3S-U5x_WE5sbatfEeJMLfxrJz3wr-KGty0WzIfc8bJU7EJ8hhz5qFdmYgZtBj1_9b5uSA",
	"no end": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYSJ9.hSLvx1LJ5NlRBCVDAcVbSEiZnRuzBJIs9Hha987VTQ6TbtC7jkG4YrQZ6POlT-ijpVa1Pd99990eoeEsv8q_2A",
	"another issuer": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqIiwiYXVkIjoiYSIsImV4cCI6MjAwMH0.e4ZKXbug2vBj2PRcqA9iDiVjU1XwCmD2rohvsO263cTiKk7-_z7bKgipFWZNdVD3xFqYSvoH6Bqd2-PFdPKFFg",
	"issuer that is no text": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOjEsImF1ZCI6ImEiLCJleHAiOjIwMDB9.qJoG4tudfYeRLzXeCKHzuTpCIulEdi76zWuIq-hbFEICCi713UIcRU5-mi9Na3zHkTxGZJGeLprveeIqXo3eGQ",
	"another audience": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJpIiwiYXVkIjoiYiIsImV4cCI6MjAwMH0.3R636of6yyaSmffYCQrGl0XeZoquT5xiUz8u_rMNTekpkzi9RA4rbn2d5ziQ3Kxfbf8QAbgzS1xKMX4EUFUYjA",
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
	filled := sprintf("[%s,[],[]]", [replace(nested(199), "[]", "[1]")])
	token.is_understood(filled, json.unmarshal(filled))
	innermost := replace(nested(201), "[]", "{}")
	not token.is_understood(innermost, json.unmarshal(innermost))
}

nested(depth) := concat("", [brackets("[", depth), brackets("]", depth)])

brackets(bracket, count) := concat("", [bracket | some _ in numbers.range(1, count)])
