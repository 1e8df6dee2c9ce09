package iam.lib.fast_decision_test

import data.iam.lib.fast_decision

test_allow[note] if {
	some note, case in {
		"E5/allowed": {"own": {"identity": {"allow": [["silent", "allows"]]}}, "want": true},
		"E5/nothing allows": {"own": {"identity": {"allow": [["silent"]]}}, "want": false},
		"E5/nothing attached": {"own": {}, "want": false},
		"E1/denied": {"own": {"identity": {"allow": [["allows"]]}, "deny": [["silent", "denies"]]}, "want": false},
		"E1/not denied": {"own": {"identity": {"allow": [["allows"]]}, "deny": [["silent"]]}, "want": true},
		"E5/boundary allows": {
			"own": {"identity": {"allow": [["allows"]]}, "permissions_boundary": {"allow": [["silent", "allows"]]}},
			"want": true,
		},
		"E5/boundary does not allow": {
			"own": {"identity": {"allow": [["allows"]]}, "permissions_boundary": {"allow": [["silent"]]}},
			"want": false,
		},
		"E5/boundary without an Allow": {
			"own": {"identity": {"allow": [["allows"]]}, "permissions_boundary": {}},
			"want": false,
		},
		"E5/boundary alone": {"own": {"permissions_boundary": {"allow": [["allows"]]}}, "want": false},
	}
	every attached in [
		{"principals": {"h": case.own}, "everybody": {}},
		{"principals": {}, "everybody": case.own},
	] {
		answer := fast_decision.allow with input as {"action": "s3:getobject", "holder": "h"}
			with data.iam.attachments as attached
			with data.iam.policies as {"allows": [[]], "denies": [[]], "silent": [[["never"]]]}
			with data.iam.actions as {"attached": {
				"allow": {"services": {"s3": {"names": {"getobject": {"allows": 0, "silent": 0}}}}},
				"deny": {"services": {"s3": {"names": {"getobject": {"denies": 0, "silent": 0}}}}},
			}}
		answer == case.want
	}
}
