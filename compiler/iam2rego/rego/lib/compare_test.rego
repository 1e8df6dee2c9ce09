package iam.lib.compare_test

import data.iam.lib.compare

test_read[note] if {
	some note, case in {
		"C12/as it is": {"reader": "text", "text": "aB", "want": ["aB"]},
		"C12/in lower case": {"reader": "folded", "text": "aB", "want": ["ab"]},
		"C16/decimal": {"reader": "decimal", "text": "1e1", "want": [10]},
		"C15/no decimal": {"reader": "decimal", "text": "ten", "want": []},
		"C18/date": {"reader": "date", "text": "1970-01-02", "want": [[86400, 0]]},
		"C15/no date": {"reader": "date", "text": "today", "want": []},
		"C19/boolean": {"reader": "boolean", "text": "TRUE", "want": ["true"]},
		"C15/no boolean": {"reader": "boolean", "text": "1", "want": []},
		"C20/binary": {"reader": "binary", "text": "QR==", "want": ["QQ=="]},
		"C15/no binary": {"reader": "binary", "text": "Q", "want": []},
		"C21/address": {"reader": "address", "text": "10.1.2.3", "want": ["10.1.2.3"]},
		"C15/no address": {"reader": "address", "text": "10.1.2", "want": []},
		"C22/ARN": {"reader": "arn", "text": "arn:aws:s3:::b", "want": ["arn:aws:s3:::b"]},
		"C15/no ARN": {"reader": "arn", "text": "b", "want": []},
	}
	got := [value | value := compare.read(case.reader, case.text)]
	got == case.want
}

test_compares[note] if {
	some note, case in {
		"C3/one of them": {"how": "in", "value": "b", "wanted": ["a", "b"], "want": true},
		"C3/none of them": {"how": "in", "value": "c", "wanted": ["a", "b"], "want": false},
		"C18/one of the dates": {"how": "in", "value": [1, 0], "wanted": [[0, 0], [1, 0]], "want": true},
		"C13/prefix": {"how": "starts", "value": "ab", "wanted": "a", "want": true},
		"C13/no prefix": {"how": "starts", "value": "ba", "wanted": "a", "want": false},
		"C13/star crosses colons": {"how": "like", "value": "a:b:c", "wanted": ["x", "a*c"], "want": true},
		"C13/no glob": {"how": "like", "value": "a:b:d", "wanted": ["x", "a*c"], "want": false},
		"C22/star within its field": {"how": "arn_like", "value": "a:b:c", "wanted": ["x", "a:*:c"], "want": true},
		"C22/star stays in its field": {"how": "arn_like", "value": "a:b:b:c", "wanted": ["x", "a:*:c"], "want": false},
		"V6/second of several": {"how": "substituted", "value": "u", "wanted": [of_text("x"), of_key], "want": true},
		"V6/none of several": {"how": "substituted", "value": "v", "wanted": [of_text("x"), of_key], "want": false},
		"C21/in a range": {"how": "within", "value": "10.1.2.3", "wanted": ["192.0.2.0/24", "10.0.0.0/8"], "want": true},
		"C21/in no range": {"how": "within", "value": "11.1.2.3", "wanted": ["192.0.2.0/24", "10.0.0.0/8"], "want": false},
		"C16/one of the numbers": {"how": "numbers", "value": 1.5, "wanted": ["1", "1.5"], "want": true},
		"C16/none of the numbers": {"how": "numbers", "value": 1.25, "wanted": ["1", "1.5"], "want": false},
		"C16/less": {"how": "<", "value": 9, "wanted": "10", "want": true},
		"C16/not less": {"how": "<", "value": 10, "wanted": "10", "want": false},
		"C16/at most": {"how": "<=", "value": 10, "wanted": "10", "want": true},
		"C16/not at most": {"how": "<=", "value": 11, "wanted": "10", "want": false},
		"C16/greater": {"how": ">", "value": 11, "wanted": "10", "want": true},
		"C16/not greater": {"how": ">", "value": 10, "wanted": "10", "want": false},
		"C16/at least": {"how": ">=", "value": 10, "wanted": "10", "want": true},
		"C16/not at least": {"how": ">=", "value": 9, "wanted": "10", "want": false},
		"C18/before": {"how": "<", "value": [1, 0], "wanted": [1, 1], "want": true},
		"C18/not before": {"how": "<", "value": [1, 1], "wanted": [1, 1], "want": false},
	}
	got := count([1 | compare.compares(case.how, case.value, case.wanted)]) > 0 with input as {"context": {"k": "u"}}
	got == case.want
}

of_text(text) := ["equal", [text]]

of_key := ["equal", [{"key": "k"}]]
