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
		"C3/one of them": {"how": "in", "reader": "text", "text": "b", "wanted": ["a", "b"], "want": true},
		"C3/none of them": {"how": "in", "reader": "text", "text": "c", "wanted": ["a", "b"], "want": false},
		"C18/one of the dates": {"how": "in", "reader": "date", "text": "1970-01-01T00:00:01Z", "wanted": [[0, 0], [1, 0]], "want": true},
		"C13/prefix": {"how": "starts", "reader": "text", "text": "ab", "wanted": "a", "want": true},
		"C13/no prefix": {"how": "starts", "reader": "text", "text": "ba", "wanted": "a", "want": false},
		"C13/star crosses colons": {"how": "like", "reader": "text", "text": "a:b:c", "wanted": ["x", "a*c"], "want": true},
		"C13/no glob": {"how": "like", "reader": "text", "text": "a:b:d", "wanted": ["x", "a*c"], "want": false},
		"C22/star within its field": {"how": "arn_like", "reader": "text", "text": "a:b:c", "wanted": ["x", "a:*:c"], "want": true},
		"C22/star stays in its field": {"how": "arn_like", "reader": "text", "text": "a:b:b:c", "wanted": ["x", "a:*:c"], "want": false},
		"V6/second of several": {"how": "substituted", "reader": "text", "text": "u", "wanted": [of_text("x"), of_key], "want": true},
		"V6/none of several": {"how": "substituted", "reader": "text", "text": "v", "wanted": [of_text("x"), of_key], "want": false},
		"C21/in a range": {"how": "within", "reader": "text", "text": "10.1.2.3", "wanted": ["192.0.2.0/24", "10.0.0.0/8"], "want": true},
		"C21/in no range": {"how": "within", "reader": "text", "text": "11.1.2.3", "wanted": ["192.0.2.0/24", "10.0.0.0/8"], "want": false},
		"C16/one of the numbers": {"how": "numbers", "reader": "decimal", "text": "1.5", "wanted": ["1", "1.5"], "want": true},
		"C16/none of the numbers": {"how": "numbers", "reader": "decimal", "text": "1.25", "wanted": ["1", "1.5"], "want": false},
		"C16/less": {"how": "<", "reader": "decimal", "text": "9", "wanted": "10", "want": true},
		"C16/not less": {"how": "<", "reader": "decimal", "text": "10", "wanted": "10", "want": false},
		"C16/at most": {"how": "<=", "reader": "decimal", "text": "10", "wanted": "10", "want": true},
		"C16/not at most": {"how": "<=", "reader": "decimal", "text": "11", "wanted": "10", "want": false},
		"C16/greater": {"how": ">", "reader": "decimal", "text": "11", "wanted": "10", "want": true},
		"C16/not greater": {"how": ">", "reader": "decimal", "text": "10", "wanted": "10", "want": false},
		"C16/at least": {"how": ">=", "reader": "decimal", "text": "10", "wanted": "10", "want": true},
		"C16/not at least": {"how": ">=", "reader": "decimal", "text": "9", "wanted": "10", "want": false},
		"C18/before": {"how": "<", "reader": "date", "text": "1970-01-01T00:00:01Z", "wanted": [1, 1], "want": true},
		"C18/not before": {"how": "<", "reader": "date", "text": "1970-01-01T00:00:01.000000001Z", "wanted": [1, 1], "want": false},
	}
	got := count([1 | compare.compares(case.how, case.reader, case.text, case.wanted)]) > 0 with input as {"context": {"k": "u"}}
	got == case.want
}

of_text(text) := ["equal", [text]]

of_key := ["equal", [{"key": "k"}]]
