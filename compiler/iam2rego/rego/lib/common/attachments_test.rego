package iam.lib.attachments_test

import data.iam.lib.attachments
import data.iam.lib.principal

user := "arn:aws:iam::111111111111:user/p/u"

service_linked_role := "arn:aws:iam::111111111111:role/aws-service-role/s/R"

role := "arn:aws:iam::111111111111:role/p/r"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

federated_user := "arn:aws:sts::111111111111:federated-user/f"

root := "arn:aws:iam::111111111111:root"

stranger := "arn:aws:iam::222222222222:user/p/u"

principals := {
	user: {"identity": {"allow": ["of_u"]}},
	"arn:aws:sts::111111111111:assumed-role/r/": {
		"arn": role,
		"identity": {"allow": ["of_r"]},
		"permissions_boundary": {"allow": ["boundary_of_r"]},
	},
}

exported := {"accounts": ["111111111111"], "principals": principals}

asked(by) := {"principal": by, "action": "s3:getobject", "resource": "arn:aws:s3:::b", "caller": caller} if {
	caller := principal.caller with input as {"principal": by}
}

test_own[note] if {
	some note, case in {
		"user": {"by": user, "want": ["of_u"]},
		"user that is not held": {"by": "arn:aws:iam::111111111111:user/u", "want": []},
		"user of another account": {"by": stranger, "want": []},
		"session": {"by": session, "want": ["of_r"]},
		"session in another partition": {"by": "arn:aws-cn:sts::111111111111:assumed-role/r/s", "want": []},
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
		"federated-user session of another account": {
			"by": {"arn": "arn:aws:sts::222222222222:federated-user/f", "user_arn": user},
			"want": [],
		},
		"user with a user": {"by": {"arn": "arn:aws:iam::111111111111:user/u", "user_arn": user}, "want": []},
		"root": {"by": root, "want": []},
		"service": {"by": {"Service": "s"}, "want": []},
		"anonymous": {"by": "*", "want": []},
	}
	got := [name | some name in attachments.own.identity.allow] with input as asked(case.by)
		with data.iam.attachments as object.union({"everybody": {}}, exported)
	got == case.want
}

# The types that take part, each with its first module that allows.
taking_part(by, change, attached) := {[type, modules.allow[0]] | some [type, modules] in parts} if {
	parts := attachments.taking_part with input as object.union(asked(by), change)
		with data.iam.attachments as object.union({"accounts": [], "principals": {}, "everybody": {}}, attached)
}

everything := {"others": {
	"everybody": {
		"identity": {"allow": ["identity"]},
		"permissions_boundary": {"allow": ["boundary"]},
		"session": {"allow": ["session"]},
	},
	"resource": {"every": {"allow": ["resource"]}},
	"guardrails": {
		"service_control": {"allow": ["scp"]},
		"resource_control": {"allow": ["rcp"]},
		"vpc_endpoint": {"allow": ["endpoint"]},
	},
}}

holders := {"identity", "permissions_boundary", "session"}

always := {"resource", "vpc_endpoint"}

organization := {"resource_control", "service_control"}

test_types_that_take_part[note] if {
	some note, case in {
		"user": {"by": user, "want": ((holders | always) | organization)},
		"session": {"by": session, "want": ((holders | always) | organization)},
		"federated-user session": {"by": federated_user, "want": ((holders | always) | organization)},
		"E8/root": {"by": root, "want": ((always | organization) | {"session"})},
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
			"change": {"resource_in_management_account": true},
			"want": ((holders | always) | {"service_control"}),
		},
		"E12/resource in no management account": {
			"by": user,
			"change": {"resource_in_management_account": false},
			"want": ((holders | always) | organization),
		},
		"E12/grants are retired": {
			"by": user,
			"change": {"action": "kms:retiregrant"},
			"want": ((holders | always) | {"service_control"}),
		},
		"E12/a service takes on a service-linked role": {
			"by": {"Service": "s"},
			"change": {"action": "sts:assumerole", "resource": service_linked_role},
			"want": always,
		},
		"E12/a service takes on a service-linked role elsewhere": {
			"by": {"Service": "s"},
			"change": {"action": "sts:assumerole", "resource": "arn:aws-cn:iam::222222222222:role/aws-service-role/s/R"},
			"want": always,
		},
		"E12/a service takes on another role": {
			"by": {"Service": "s"},
			"change": {"action": "sts:assumerole", "resource": role},
			"want": (always | {"resource_control"}),
		},
		"E12/a service takes on a role of nearly that path": {
			"by": {"Service": "s"},
			"change": {"action": "sts:assumerole", "resource": "arn:aws:iam::111111111111:role/p/aws-service-role/s/R"},
			"want": (always | {"resource_control"}),
		},
		"E12/a service takes on a role whose path starts alike": {
			"by": {"Service": "s"},
			"change": {"action": "sts:assumerole", "resource": "arn:aws:iam::111111111111:role/aws-service-roles/R"},
			"want": (always | {"resource_control"}),
		},
		"E12/a resource that ends in a service-linked role": {
			"by": {"Service": "s"},
			"change": {"action": "sts:assumerole", "resource": sprintf("arn:aws:x:::%s", [service_linked_role])},
			"want": (always | {"resource_control"}),
		},
		"E12/a service does something else with a service-linked role": {
			"by": {"Service": "s"},
			"change": {"action": "sts:tagsession", "resource": service_linked_role},
			"want": (always | {"resource_control"}),
		},
		"E12/a user takes on a service-linked role": {
			"by": user,
			"change": {"action": "sts:assumerole", "resource": service_linked_role},
			"want": ((holders | always) | organization),
		},
		"E11/exported account": {"by": root, "attached": exported, "want": ((always | organization) | {"session"})},
		"E11/other account than the exported": {
			"by": stranger,
			"attached": exported,
			"want": ((holders | always) | {"resource_control"}),
		},
	}
	parts := taking_part(case.by, object.get(case, "change", {}), object.union(everything, object.get(case, "attached", {})))
	{type | some [type, _] in parts} == case.want
}

test_policies_that_take_part[note] if {
	some note, case in {
		"of everybody": {"by": user, "attached": {"everybody": {"identity": {"allow": ["all"]}}}, "want": {["identity", "all"]}},
		"of everybody, not of root": {
			"by": root,
			"attached": {"everybody": {"identity": {"allow": ["all"]}}},
			"want": set(),
		},
		"E8/of root": {
			"by": root,
			"attached": {"others": {"everybody": {"identity": {"allow": ["all"]}, "session": {"allow": ["task"]}}}},
			"want": {["session", "task"]},
		},
		"of the caller": {
			"by": session,
			"attached": exported,
			"want": {["identity", "of_r"], ["permissions_boundary", "boundary_of_r"]},
		},
		"of the caller and of everybody": {
			"by": user,
			"attached": object.union(exported, {"others": {"everybody": {"identity": {"allow": ["all"]}}}}),
			"want": {["identity", "of_u"], ["identity", "all"]},
		},
		"of nobody": {"by": stranger, "attached": exported, "want": set()},
	}
	taking_part(case.by, {}, case.attached) == case.want
}
