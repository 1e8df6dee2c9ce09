package iam.authz_test

import data.iam.authz

partitions := {
	"111111111111": {"authz": {"allow": true, "decision": {"decision": "allowed"}}},
	"111111111111_a": {"authz": {"allow": true, "decision": {"decision": "allowed"}}},
	"111111111111__": {"authz": {"allow": true, "decision": {"decision": "allowed"}}},
	"others": {"authz": {"allow": false, "decision": {"decision": "implicitDeny", "errors": []}}},
}

built(by, keys) := {"by": by, "partitions": {key: key | some key in keys}}

test_partition[note] if {
	some note, case in {
		"a user": {"by": "account", "principal": "arn:aws:iam::111111111111:user/alice", "want": "111111111111"},
		"a session": {"by": "account", "principal": "arn:aws:sts::111111111111:assumed-role/r/s", "want": "111111111111"},
		"the account": {"by": "account", "principal": "arn:aws:iam::111111111111:root", "want": "111111111111"},
		"an object": {"by": "account", "principal": {"arn": "arn:aws:iam::111111111111:user/alice"}, "want": "111111111111"},
		"another account": {"by": "account", "principal": "arn:aws:iam::999999999999:user/alice", "want": "others"},
		"a service": {"by": "account", "principal": {"Service": "ec2.amazonaws.com"}, "want": "others"},
		"nobody": {"by": "account", "principal": "*", "want": "others"},
		"no caller": {"by": "account", "principal": 1, "want": "others"},
		"a user by name": {"by": "initial", "principal": "arn:aws:iam::111111111111:user/path/Alice", "want": "111111111111_a"},
		"a session by name": {"by": "initial", "principal": "arn:aws:sts::111111111111:assumed-role/a/s", "want": "111111111111_a"},
		"a role by name": {"by": "initial", "principal": "arn:aws:iam::111111111111:role/path/a", "want": "111111111111_a"},
		"a federated user by the user's name": {
			"by": "initial",
			"principal": {
				"arn": "arn:aws:sts::111111111111:federated-user/f",
				"user_arn": "arn:aws:iam::111111111111:user/path/=a",
			},
			"want": "111111111111__",
		},
		"a federated user of another account (6a)": {
			"by": "account",
			"principal": {
				"arn": "arn:aws:sts::222222222222:federated-user/f",
				"user_arn": "arn:aws:iam::111111111111:user/a",
			},
			"want": "111111111111",
		},
		"a federated user of another account by the user's name (6a)": {
			"by": "initial",
			"principal": {
				"arn": "arn:aws:sts::222222222222:federated-user/f",
				"user_arn": "arn:aws:iam::111111111111:user/a",
			},
			"want": "111111111111_a",
		},
		"a federated user whose user is not told": {
			"by": "account",
			"principal": "arn:aws:sts::111111111111:federated-user/f",
			"want": "111111111111",
		},
		"a session whose user is told": {
			"by": "initial",
			"principal": {
				"arn": "arn:aws:sts::111111111111:assumed-role/a/s",
				"user_arn": "arn:aws:iam::111111111111:user/u",
			},
			"want": "111111111111_a",
		},
		"a session of another account whose user is told": {
			"by": "account",
			"principal": {
				"arn": "arn:aws:sts::222222222222:assumed-role/r/s",
				"user_arn": "arn:aws:iam::111111111111:user/u",
			},
			"want": "others",
		},
		"a letter that folds to another (N1, 6b)": {
			"by": "initial",
			"principal": "arn:aws:iam::111111111111:user/\u212ax",
			"want": "others",
		},
		"an odd name": {"by": "initial", "principal": "arn:aws:iam::111111111111:user/=", "want": "111111111111__"},
		"a name of another letter": {"by": "initial", "principal": "arn:aws:iam::111111111111:user/bob", "want": "others"},
		"an account by name": {"by": "initial", "principal": "arn:aws:iam::111111111111:root", "want": "others"},
	}
	request := {"principal": case.principal}
	built_now := built(case.by, object.keys(partitions) - {"others"})
	got := authz.partition with input as request with data.iam.partitioned as built_now
	got == case.want
}

test_allowed if {
	authz.allow with input.principal as "arn:aws:iam::111111111111:user/alice"
		with data.iam.partitioned as built("account", ["111111111111"])
		with data.iam.partitions as partitions
	answer := authz.decision with input.principal as "arn:aws:iam::111111111111:user/alice"
		with data.iam.partitioned as built("account", ["111111111111"])
		with data.iam.partitions as partitions
	answer == {"decision": "allowed"}
}

test_not_allowed if {
	answer := authz.allow with input.principal as "*"
		with data.iam.partitioned as built("account", ["111111111111"])
		with data.iam.partitions as partitions
	answer == false
}

test_not_here if {
	request := {"principal": "arn:aws:iam::222222222222:user/alice"}
	allow := authz.allow with input as request
		with data.iam.partitioned as built("account", ["222222222222"])
		with data.iam.partitions as partitions
	allow == false
	answer := authz.decision with input as request
		with data.iam.partitioned as built("account", ["222222222222"])
		with data.iam.partitions as partitions
	answer == {
		"decision": "implicitDeny",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": [],
		"errors": ["the partition `222222222222` is not here"],
	}
}
