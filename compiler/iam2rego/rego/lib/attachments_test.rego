package iam.lib.attachments_test

import data.iam.lib.attachments

user := "arn:aws:iam::111111111111:user/p/u"

role := "arn:aws:iam::111111111111:role/p/r"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

federated_user := "arn:aws:sts::111111111111:federated-user/f"

root := "arn:aws:iam::111111111111:root"

stranger := "arn:aws:iam::222222222222:user/p/u"

exports := {
	"accounts": ["111111111111"],
	"users": {
		user: {"identity": {"allow": ["of_u"]}},
		stranger: {"identity": {"allow": ["of_stranger"]}},
	},
	"roles": {"111111111111": {"r": {
		"arn": role,
		"identity": {"allow": ["of_r"]},
		"permissions_boundary": {"allow": ["boundary_of_r"]},
	}}},
}

test_own[note] if {
	some note, case in {
		"user": {"by": user, "want": ["of_u"]},
		"user that is not held": {"by": "arn:aws:iam::111111111111:user/u", "want": []},
		"user of another account": {"by": stranger, "want": []},
		"session": {"by": session, "want": ["of_r"]},
		"session of a role that is not held": {"by": "arn:aws:sts::111111111111:assumed-role/q/s", "want": []},
		"session of another account": {"by": "arn:aws:sts::222222222222:assumed-role/r/s", "want": []},
		"role": {"by": role, "want": ["of_r"]},
		"session with its role": {"by": {"arn": session, "role_arn": role}, "want": ["of_r"]},
		"session with another role": {
			"by": {"arn": session, "role_arn": "arn:aws:iam::111111111111:role/r/q"},
			"want": [],
		},
		"federated-user session": {"by": federated_user, "want": []},
		"federated-user session of a user": {"by": {"arn": federated_user, "user_arn": user}, "want": ["of_u"]},
		"root": {"by": root, "want": []},
		"service": {"by": {"Service": "s"}, "want": []},
		"anonymous": {"by": "*", "want": []},
	}
	got := [name | some name in attachments.own.identity.allow] with input as {"principal": case.by}
		with data.iam.attachments as {"others": {"exports": exports}}
	got == case.want
}

test_limits[note] if {
	some note, case in {
		"none": {"by": user, "others": {}, "want": set()},
		"boundary of everybody": {
			"by": user,
			"others": {"limits": {"permissions_boundary": {"allow": []}}},
			"want": {"permissions_boundary"},
		},
		"boundary of the caller": {"by": session, "others": {"exports": exports}, "want": {"permissions_boundary"}},
		"no boundary of the caller": {"by": user, "others": {"exports": exports}, "want": set()},
		"session policies": {"by": user, "others": {"limits": {"session": {"allow": []}}}, "want": {"session"}},
		"E7/federated-user session": {"by": federated_user, "others": {}, "want": {"session"}},
	}
	got := attachments.limits with input as {"principal": case.by} with data.iam.attachments as {"others": case.others}
	bounded := [true | attachments.bounded] with input as {"principal": case.by}
		with data.iam.attachments as {"others": case.others}
	[got, count(bounded)] == [case.want, count(case.want & {"permissions_boundary"})]
}

holders := {"identity", "permissions_boundary", "session"}

always := {"resource", "vpc_endpoint"}

organization := {"resource_control", "service_control"}

test_takes_part[note] if {
	some note, case in {
		"user": {"by": user, "want": ((holders | always) | organization)},
		"session": {"by": session, "want": ((holders | always) | organization)},
		"federated-user session": {"by": federated_user, "want": ((holders | always) | organization)},
		"E8/root": {"by": root, "want": (always | organization)},
		"E10/service": {"by": {"Service": "s"}, "want": (always | {"resource_control"})},
		"E10/provider": {"by": {"Federated": "f"}, "want": (always | {"resource_control"})},
		"E10/anonymous": {"by": "*", "want": (always | {"resource_control"})},
		"E11/management account": {
			"by": {"arn": user, "management_account": true},
			"want": ((holders | always) | {"resource_control"}),
		},
		"E11/no management account": {
			"by": {"arn": user, "management_account": false, "service_linked_role": false},
			"want": ((holders | always) | organization),
		},
		"E11/service-linked role": {"by": {"arn": session, "service_linked_role": true}, "want": (holders | always)},
		"E12/resource in the management account": {
			"by": user,
			"request": {"resource_in_management_account": true},
			"want": ((holders | always) | {"service_control"}),
		},
		"E12/resource in no management account": {
			"by": user,
			"request": {"resource_in_management_account": false},
			"want": ((holders | always) | organization),
		},
		"E12/grants are retired": {
			"by": user,
			"request": {"action": "kms:retiregrant"},
			"want": ((holders | always) | {"service_control"}),
		},
		"E11/exported account": {
			"by": root,
			"others": {"exports": exports},
			"want": (always | organization),
		},
		"E11/other account than the exported": {
			"by": stranger,
			"others": {"exports": exports},
			"want": ((holders | always) | {"resource_control"}),
		},
	}
	request := object.union({"principal": case.by, "action": "s3:getobject"}, object.get(case, "request", {}))
	got := {type |
		some type in ((holders | always) | organization)
		attachments.takes_part(type)
	} with input as request
		with data.iam.attachments as {"others": object.get(case, "others", {})}
	got == case.want
}

single := {
	"arn:aws:s3:::b": "of_b",
	"arn:aws:s3:::b/k": "of_k",
	"arn:aws-cn:s3:::c": "of_c",
	"arn:aws:sqs:r:111111111111:q": "of_q",
	"arn:aws:s3:r:111111111111:a": "of_a",
}

test_resource_policy[note] if {
	some note, case in {
		"bucket": {"on": "arn:aws:s3:::b", "want": ["of_b"]},
		"object of a bucket": {"on": "arn:aws:s3:::b/x/y", "want": ["of_b"]},
		"object with a policy": {"on": "arn:aws:s3:::b/k", "want": ["of_k"]},
		"object of a bucket elsewhere": {"on": "arn:aws-cn:s3:::c/x", "want": ["of_c"]},
		"bucket whose name starts alike": {"on": "arn:aws:s3:::bb/x", "want": []},
		"bucket in another partition": {"on": "arn:aws:s3:::c", "want": []},
		"queue": {"on": "arn:aws:sqs:r:111111111111:q", "want": ["of_q"]},
		"nothing else has objects": {"on": "arn:aws:sqs:r:111111111111:q/x", "want": []},
		"no bucket has a region": {"on": "arn:aws:s3:r:111111111111:a/x", "want": []},
		"any": {"on": "*", "want": []},
		"E14/role, to take it on": {"on": role, "action": "sts:assumerole", "want": ["trust"]},
		"E14/role, for a provider": {"on": role, "action": "sts:assumerolewithsaml", "want": ["trust"]},
		"E14/role, to take root on": {"on": role, "action": "sts:assumeroot", "want": ["trust"]},
		"E14/role, to tag": {"on": role, "action": "sts:tagsession", "want": ["trust"]},
		"E14/role, to name a source": {"on": role, "action": "sts:setsourceidentity", "want": ["trust"]},
		"E14/role, other action": {"on": role, "action": "iam:getrole", "want": []},
		"E14/role without one": {"on": "arn:aws:iam::111111111111:role/q", "action": "sts:assumerole", "want": []},
	}
	request := {"resource": case.on, "action": object.get(case, "action", "s3:getobject")}
	got := [policy | policy := attachments.resource_policy] with input as request
		with data.iam.attachments as {"others": {"resource": {"single": single, "trust": {role: "trust"}}}}
	got == case.want
}

test_the_policy_of_whatever_resource_is_asked_for if {
	attachments.resource_policy == "p" with input as {"resource": "*", "action": "s3:getobject"}
		with data.iam.attachments as {"others": {"resource": {"every": "p"}}}
}

test_no_resource_policy if {
	not attachments.resource_policy with input as {"resource": "arn:aws:s3:::b/k", "action": "s3:getobject"}
		with data.iam.attachments as {"identity": {"allow": []}}
}

test_modules[note] if {
	some note, case in {
		"of everybody and of the role": {"by": session, "type": "identity", "want": {"everybodys", "of_r"}},
		"of everybody": {"by": federated_user, "type": "identity", "want": {"everybodys"}},
		"of the role": {"by": session, "type": "permissions_boundary", "want": {"boundary_of_r"}},
		"limits": {"by": user, "type": "session", "want": {"session"}},
		"guardrails": {"by": user, "type": "vpc_endpoint", "want": {"endpoint"}},
		"of the resource": {"by": user, "type": "resource", "want": {"of_b"}},
		"E8/root has none": {"by": root, "type": "identity", "want": set()},
		"not there": {"by": user, "type": "service_control", "want": set()},
	}
	request := {"principal": case.by, "action": "s3:getobject", "resource": "arn:aws:s3:::b"}
	got := attachments.modules(case.type, "allow") with input as request
		with data.iam.attachments as {
			"identity": {"allow": ["everybodys"]},
			"others": {
				"limits": {"session": {"allow": ["session"]}},
				"guardrails": {"vpc_endpoint": {"allow": ["endpoint"]}},
				"resource": {"single": {"arn:aws:s3:::b": {"allow": ["of_b"]}}},
				"exports": exports,
			},
		}
	got == case.want
}

test_allows[note] if {
	some note, case in {
		"of everybody": {"by": root, "want": {"everybodys"}},
		"of the user": {"by": user, "want": {"of_u"}},
		"of the role": {"by": session, "want": {"of_r", "boundary_of_r"}},
		"of nobody": {"by": session, "want": set()},
	}
	given := {"identity": {"allow": ["everybodys"]}, "others": {"exports": exports}}
	policies := {name: {"allow": {0}} | some name in case.want}
	identity := [true | attachments.identity_allows] with input as {"principal": case.by}
		with data.iam.attachments as given
		with data.iam.policies as policies
	boundary := [true | attachments.limit_allows("permissions_boundary")] with input as {"principal": case.by}
		with data.iam.attachments as given
		with data.iam.policies as policies
	[count(identity), count(boundary)] == [count(case.want - {"boundary_of_r"}), count(case.want & {"boundary_of_r"})]
}
