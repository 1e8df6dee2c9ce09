package iam.authz_test

import data.iam.authz

user := "arn:aws:iam::111111111111:user/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

root := "arn:aws:iam::111111111111:root"

asking := {"principal": user, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}

of_everybody := {"accounts": [], "principals": {}, "everybody": {"identity": {"allow": ["p"]}}}

principals := {
	user: {"identity": {"allow": ["p"]}},
	"arn:aws:iam::111111111111:user/none": {},
	"arn:aws:iam::111111111111:user/denied": {
		"identity": {"allow": ["p"], "deny": ["denies"]},
		"deny": ["denies"],
	},
	"arn:aws:iam::111111111111:user/not_denied": {
		"identity": {"allow": ["p"], "deny": ["p"]},
		"deny": ["p"],
	},
	"arn:aws:iam::111111111111:user/bounded": {
		"identity": {"allow": ["p"]},
		"permissions_boundary": {"allow": ["silent"]},
	},
	"arn:aws:iam::111111111111:user/bounded_by_nothing": {
		"identity": {"allow": ["p"]},
		"permissions_boundary": {},
	},
	"arn:aws:iam::111111111111:user/within_bounds": {
		"identity": {"allow": ["p"]},
		"permissions_boundary": {"allow": ["p"]},
	},
	"arn:aws:sts::111111111111:assumed-role/r/": {
		"arn": "arn:aws:iam::111111111111:role/p/r",
		"identity": {"allow": ["p"]},
	},
}

exported := {"accounts": ["111111111111"], "principals": principals, "everybody": {}}

policies := {
	"p": {"allow": {0}, "deny": set()},
	"denies": {"allow": set(), "deny": {0}},
	"silent": {"allow": set(), "deny": set()},
}

statements := {name: {"policy": name, "statements": [["", 1, 2, 3, 4, []]]} |
	some name, _ in policies
}

# The answer of both entry points, which must agree.
decided(request, attached) := decision if {
	decision := authz.decision.decision with input as request
		with data.iam.attachments as attached
		with data.iam.policies as policies
		with data.iam.statements as statements
	allow := authz.allow with input as request
		with data.iam.attachments as attached
		with data.iam.policies as policies
	is_allowed := decision == "allowed"
	allow == is_allowed
}

of(name) := sprintf("arn:aws:iam::111111111111:user/%s", [name])

test_requests_of_users_and_roles[note] if {
	some note, case in {
		"E5/user": {"change": {}, "want": "allowed"},
		"E5/user with a path": {"change": {"principal": of("p/u")}, "want": "implicitDeny"},
		"E5/user without policies": {"change": {"principal": of("none")}, "want": "implicitDeny"},
		"E5/nobody of the account": {"change": {"principal": of("u2")}, "want": "implicitDeny"},
		"E5/of another account": {"change": {"principal": "arn:aws:iam::222222222222:user/u"}, "want": "implicitDeny"},
		"E1/user with a Deny": {"change": {"principal": of("denied")}, "want": "explicitDeny"},
		"E1/user with a Deny of something else": {"change": {"principal": of("not_denied")}, "want": "allowed"},
		"E5/boundary does not allow": {"change": {"principal": of("bounded")}, "want": "implicitDeny"},
		"E5/boundary without an Allow": {"change": {"principal": of("bounded_by_nothing")}, "want": "implicitDeny"},
		"E5/boundary allows": {"change": {"principal": of("within_bounds")}, "want": "allowed"},
		"E6/session": {"change": {"principal": session}, "want": "allowed"},
		"E6/session of another role": {
			"change": {"principal": "arn:aws:sts::111111111111:assumed-role/q/s"},
			"want": "implicitDeny",
		},
		"E4/any resource": {"change": {"resource": "*"}, "want": "allowed"},
		"E4/resource of the account": {"change": {"resource": "arn:aws:sqs:r:111111111111:q"}, "want": "allowed"},
		"E4/resource of another": {"change": {"resource": "arn:aws:sqs:r:222222222222:q"}, "want": "implicitDeny"},
		"E4/resource of no account": {"change": {"resource": "arn:aws:iam::aws:policy/X"}, "want": "allowed"},
		"E9/another partition": {"change": {"resource": "arn:aws-cn:s3:::b/k"}, "want": "implicitDeny"},
		"E9/no partition": {"change": {"resource": "arn::s3:::b/k"}, "want": "implicitDeny"},
		"E4/as the request says": {
			"change": {"resource": "arn:aws:sqs:r:222222222222:q", "resource_account": "111111111111"},
			"want": "allowed",
		},
		"E8/root": {"change": {"principal": root}, "want": "allowed"},
		"E14/role for SAML": {
			"change": {"action": "sts:AssumeRoleWithSAML", "resource": "arn:aws:iam::111111111111:role/r"},
			"want": "implicitDeny",
		},
		"C14/strings and booleans": {"change": {"context": {"a": "x", "B": true, "c": false}}, "want": "allowed"},
		"C14/numbers and lists": {"change": {"context": {"a": 1, "b": ["x", true]}}, "want": "allowed"},
		"V6/quotes": {"change": {"context": {"a": "\"}, \"b\": \"\\"}}, "want": "allowed"},
	}
	request := object.union(asking, case.change)
	decided(request, exported) == case.want
}

test_policies_of_everybody[note] if {
	some note, case in {
		"E5/user": {"change": {}, "want": "allowed"},
		"E6/session": {"change": {"principal": session}, "want": "allowed"},
		"E10/service": {"change": {"principal": {"Service": "s"}}, "want": "implicitDeny"},
	}
	request := object.union(asking, case.change)
	decided(request, of_everybody) == case.want
}

test_other_policies_are_asked[note] if {
	some note, case in {
		"E11/service control": {"others": {"guardrails": {"service_control": {"levels": []}}}, "want": "implicitDeny"},
		"E6/session policies": {"others": {"everybody": {"session": {}}}, "want": "implicitDeny"},
		"E1/resource": {"others": {"resource": {"every": {"deny": ["denies"]}}}, "want": "explicitDeny"},
		"E5/none that decides": {"others": {"resource": {"single": {}}}, "want": "allowed"},
	}
	decided(asking, object.union(exported, {"others": case.others})) == case.want
}

test_the_case_of_the_action_is_folded if {
	decided(object.union(asking, {"principal": root}), of_everybody) == "allowed"
	decided({"principal": root, "action": "STS:AssumeRole", "resource": "*", "context": {}}, of_everybody) == "implicitDeny"
}

# A text of the maximum length.
longest := sprintf("%065536d", [0])

test_malformed_requests_are_never_allowed[note] if {
	some note, change in {
		"N3/null in the context": {"context": {"k": null}},
		"N3/empty key": {"context": {"": "a"}},
		"C2/keys that fold to one": {"context": {"k": "a", "K": "a"}},
		"N3/lone surrogate": {"context": {"k": "\ufffd"}},
		"N3/too long": {"context": {"k": concat("", [longest, "0"])}},
		"N3/unknown member": {"Action": "s3:GetObject"},
		"N3/action": {"action": "s3:GetObject\n"},
		"N1/action of a letter that folds to k": {"action": "\u212ams:Decrypt"},
		"N3/principal": {"principal": "arn:aws:iam::111111111111:user/"},
		"N3/user of sts": {"principal": "arn:aws:sts::111111111111:user/u"},
		"N3/session without a name": {"principal": "arn:aws:sts::111111111111:assumed-role/r/"},
		"N3/resource of five fields": {"resource": "arn:aws:s3::b"},
		"N3/resource is no ARN": {"resource": "s3:aws:s3:::b"},
		"N3/account": {"resource_account": "1"},
	}
	request := object.union(asking, change)
	authz.allow == false with input as request
		with data.iam.attachments as of_everybody
		with data.iam.policies as policies
	decision := authz.decision with input as request
		with data.iam.attachments as of_everybody
		with data.iam.policies as policies
	decision.decision == "implicitDeny"
	count(decision.errors) > 0
}

test_a_long_request_is_decided if {
	decided(object.union(asking, {"context": {"k": longest}}), of_everybody) == "allowed"
}

test_no_request_is_never_allowed if {
	authz.allow == false
	authz.decision.decision == "implicitDeny"
	count(authz.decision.errors) > 0
}
