package iam.lib.description_test

import data.iam.lib.description

test_in_order if {
	told := [["A", 2, 5, 4, 6, []], ["é\n", 4, 8, 4, 20, ["K"]]]
	matched := {["resource", "P", 1, "p"], ["identity", "P", 0, "p"]}
	got := description.of(matched, "Deny") with data.iam.statements as {"p": {"policy": "P", "statements": told}}
	got == [
		{
			"policy": "P",
			"policy_type": "identity",
			"sid": "A",
			"index": 0,
			"effect": "Deny",
			"start": {"line": 2, "column": 5},
			"end": {"line": 4, "column": 6},
		},
		{
			"policy": "P",
			"policy_type": "resource",
			"sid": "é\n",
			"index": 1,
			"effect": "Deny",
			"start": {"line": 4, "column": 8},
			"end": {"line": 4, "column": 20},
		},
	]
}
