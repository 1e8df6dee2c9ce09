package iam.lib.principal_test

import data.iam.lib.principal

user := "arn:aws:iam::111111111111:user/u"

role := "arn:aws:iam::111111111111:role/r"

identity := "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"

test_caller[note] if {
	some note, case in {
		"N3/anonymous": {"principal": "*", "want": [{"kind": "anonymous"}]},
		"N3/user": {"principal": user, "want": [of("user", "aws")]},
		"N3/user with path": {"principal": "arn:aws:iam::111111111111:user/p/q/u", "want": [of("user", "aws")]},
		"N3/user of another partition": {
			"principal": "arn:aws-cn:iam::111111111111:user/u",
			"want": [of("user", "aws-cn")],
		},
		"N3/user name with a newline": {"principal": "arn:aws:iam::111111111111:user/a\nb", "want": [of("user", "aws")]},
		"N3/user name with a colon": {"principal": "arn:aws:iam::111111111111:user/a:b", "want": [of("user", "aws")]},
		"P5/role": {"principal": role, "want": [of("session", "aws")]},
		"N3/session": {
			"principal": "arn:aws:sts::111111111111:assumed-role/r/s",
			"want": [of("session", "aws")],
		},
		"N3/federated user": {
			"principal": "arn:aws:sts::111111111111:federated-user/f",
			"want": [of("fedsession", "aws")],
		},
		"N3/root": {"principal": "arn:aws:iam::111111111111:root", "want": [of("root", "aws")]},
		"N3/service": {"principal": {"Service": "ecs-tasks.amazonaws.com"}, "want": [{"kind": "service"}]},
		"N3/service with names": {
			"principal": {"Service": "s.amazonaws.com", "service_names": ["a", "b"]},
			"want": [{"kind": "service"}],
		},
		"E10/origin access identity": {"principal": identity, "want": [{"kind": "service"}]},
		"E10/origin access identity in an object": {
			"principal": {"arn": identity},
			"want": [{"kind": "service"}],
		},
		"E10/origin access identity with more": {"principal": {"arn": identity, "unique_id": "AIDAX"}, "want": []},
		"E10/role of cloudfront": {"principal": "arn:aws:iam::cloudfront:role/r", "want": []},
		"E10/origin access identity without a name": {"principal": "arn:aws:iam::cloudfront:user/", "want": []},
		"N3/provider": {"principal": {"Federated": "accounts.google.com"}, "want": [{"kind": "federated"}]},
		"N3/object": {"principal": {"arn": user}, "want": [of("user", "aws")]},
		"N3/object with all members": {
			"principal": {
				"arn": "arn:aws:sts::111111111111:assumed-role/r/s",
				"role_arn": role,
				"user_arn": user,
				"unique_id": "AROAEXAMPLE",
				"canonical_user": "79a59df900b949e5",
				"service_linked_role": true,
				"management_account": false,
			},
			"want": [of("session", "aws")],
		},
		"N3/account of zeros, user": {"principal": "arn:aws:iam::000000000000:user/u", "want": [of_zeros("user")]},
		"N3/account of zeros, role": {"principal": "arn:aws:iam::000000000000:role/r", "want": [of_zeros("session")]},
		"N3/account of zeros, root": {"principal": "arn:aws:iam::000000000000:root", "want": [of_zeros("root")]},
		"N3/account of zeros, session": {
			"principal": "arn:aws:sts::000000000000:assumed-role/r/s",
			"want": [of_zeros("session")],
		},
		"N3/account of zeros, federated user": {
			"principal": "arn:aws:sts::000000000000:federated-user/f",
			"want": [of_zeros("fedsession")],
		},
		"N3/empty string": {"principal": "", "want": []},
		"N3/other text": {"principal": "u", "want": []},
		"N3/group": {"principal": "arn:aws:iam::111111111111:group/g", "want": []},
		"N3/other ARN": {"principal": "arn:aws:s3:::b", "want": []},
		"N3/root of sts": {"principal": "arn:aws:sts::111111111111:root", "want": []},
		"N3/user without a name": {"principal": "arn:aws:iam::111111111111:user/", "want": []},
		"N3/role without a name": {"principal": "arn:aws:iam::111111111111:role/", "want": []},
		"N3/account of eleven digits": {"principal": "arn:aws:iam::11111111111:user/u", "want": []},
		"N3/account of thirteen digits": {"principal": "arn:aws:iam::1111111111111:user/u", "want": []},
		"N3/account of other digits": {
			"principal": "arn:aws:iam::\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661:user/u",
			"want": [],
		},
		"N3/region": {"principal": "arn:aws:iam:us-east-1:111111111111:user/u", "want": []},
		"N3/no partition": {"principal": "arn::iam::111111111111:user/u", "want": []},
		"N3/root and more": {"principal": "arn:aws:iam::111111111111:root\n", "want": []},
		"N3/session without a name": {"principal": "arn:aws:sts::111111111111:assumed-role/r/", "want": []},
		"N3/session with a path": {"principal": "arn:aws:sts::111111111111:assumed-role/p/r/s", "want": []},
		"N3/session without a role": {"principal": "arn:aws:sts::111111111111:assumed-role//s", "want": []},
		"N3/federated user without a name": {"principal": "arn:aws:sts::111111111111:federated-user/", "want": []},
		"N3/null": {"principal": null, "want": []},
		"N3/number": {"principal": 1, "want": []},
		"N3/list": {"principal": [user], "want": []},
		"N3/empty object": {"principal": {}, "want": []},
		"N3/object without arn": {"principal": {"role_arn": role}, "want": []},
		"N3/object with a number as arn": {"principal": {"arn": 1}, "want": []},
		"N3/object with a star as arn": {"principal": {"arn": "*"}, "want": []},
		"N3/unknown member": {"principal": {"arn": user, "name": "u"}, "want": []},
		"N3/service and arn": {"principal": {"arn": user, "Service": "s.amazonaws.com"}, "want": []},
		"N3/service and provider": {"principal": {"Federated": "f", "Service": "s.amazonaws.com"}, "want": []},
		"N3/role_arn of a user": {"principal": {"arn": user, "role_arn": user}, "want": []},
		"N3/role_arn is no string": {"principal": {"arn": user, "role_arn": 1}, "want": []},
		"N3/user_arn of a role": {"principal": {"arn": user, "user_arn": role}, "want": []},
		"N3/unknown member that is a boolean": {"principal": {"arn": user, "admin": true}, "want": []},
		"N3/service_names is an object": {"principal": {"Service": "s", "service_names": {"a": "b"}}, "want": []},
		"N3/unique_id is no string": {"principal": {"arn": user, "unique_id": null}, "want": []},
		"N3/canonical_user is no string": {"principal": {"arn": user, "canonical_user": ["a"]}, "want": []},
		"N3/service_linked_role is no boolean": {
			"principal": {"arn": user, "service_linked_role": "true"},
			"want": [],
		},
		"N3/management_account is no boolean": {"principal": {"arn": user, "management_account": 1}, "want": []},
		"N3/service is no string": {"principal": {"Service": ["s.amazonaws.com"]}, "want": []},
		"N3/service_names without service": {"principal": {"service_names": ["a"]}, "want": []},
		"N3/service_names is no list": {"principal": {"Service": "s", "service_names": "a"}, "want": []},
		"N3/service_names holds a number": {"principal": {"Service": "s", "service_names": ["a", 1]}, "want": []},
		"N3/service of wrong case": {"principal": {"service": "s.amazonaws.com"}, "want": []},
		"N3/provider is no string": {"principal": {"Federated": 1}, "want": []},
		"N3/provider and more": {"principal": {"Federated": "f", "arn": user}, "want": []},
	}
	got := [object.remove(caller, {"arn", "path"}) | caller := principal.caller] with input as {"principal": case.principal}
	got == case.want
}

test_arn_and_path[note] if {
	some note, case in {
		"user": {"principal": user, "want": [user, ["user", "u"]]},
		"object": {"principal": {"arn": user}, "want": [user, ["user", "u"]]},
		"role with path": {
			"principal": "arn:aws:iam::111111111111:role/p/r",
			"want": ["arn:aws:iam::111111111111:role/p/r", ["role", "p", "r"]],
		},
		"root": {"principal": "arn:aws:iam::111111111111:root", "want": ["arn:aws:iam::111111111111:root", ["root"]]},
	}
	caller := principal.caller with input as {"principal": case.principal}
	[caller.arn, caller.path] == case.want
}

test_an_origin_access_identity_has_an_arn if {
	principal.caller == {"kind": "service", "arn": identity} with input as {"principal": identity}
}

test_which_callers_have_policies[note] if {
	some note, case in {
		"E5/user": {"principal": user, "want": true},
		"E6/session": {"principal": "arn:aws:sts::111111111111:assumed-role/r/s", "want": true},
		"E7/federated user": {"principal": "arn:aws:sts::111111111111:federated-user/f", "want": true},
		"E8/root": {"principal": "arn:aws:iam::111111111111:root", "want": false},
		"P7/service": {"principal": {"Service": "s"}, "want": false},
	}
	caller := principal.caller with input as {"principal": case.principal}
	has := [true | principal.has_policies] with input.caller as caller
	has == [true] == case.want
}

test_no_principal_is_no_caller if not principal.caller with input as {}

of(kind, partition) := {"kind": kind, "partition": partition, "account": "111111111111"}

of_zeros(kind) := {"kind": kind, "partition": "aws", "account": "000000000000"}
