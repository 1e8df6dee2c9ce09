package iam.lib.document_test

import data.iam.lib.decide
import data.iam.lib.document
import data.iam.lib.request

user := "arn:aws:iam::111111111111:user/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

federated_user := "arn:aws:sts::111111111111:federated-user/f"

root := "arn:aws:iam::111111111111:root"

object_of_nobody := "arn:aws:s3:::b/k"

nothing := {"allow": set(), "deny": set(), "reads_context": set()}

allows := object.union(nothing, {"allow": {0}})

denies := object.union(allows, {"deny": {1}})

# A request by `by` for `action` on `on`, decided by one policy whose statements apply as `applies` says.
cases := {
	"E2/user, allowed": {"by": user, "applies": allows, "want": ["allowed", []]},
	"E2/user, not allowed": {"by": user, "applies": nothing, "want": ["implicitDeny", ["identity"]]},
	"E1/user, denied": {"by": user, "applies": denies, "want": ["explicitDeny", ["identity"]]},
	"E6/session, allowed": {"by": session, "applies": allows, "want": ["allowed", []]},
	"E6/session, denied": {"by": session, "applies": denies, "want": ["explicitDeny", ["identity"]]},
	"P5/role, allowed": {"by": "arn:aws:iam::111111111111:role/r", "applies": allows, "want": ["allowed", []]},
	"E7/federated user, allowed": {"by": federated_user, "applies": allows, "want": ["implicitDeny", ["session"]]},
	"E7/federated user, not allowed": {
		"by": federated_user,
		"applies": nothing,
		"want": ["implicitDeny", ["identity", "session"]],
	},
	"E7/federated user, denied": {"by": federated_user, "applies": denies, "want": ["explicitDeny", ["identity"]]},
	"E8/root, no policy": {"by": root, "applies": nothing, "want": ["allowed", []]},
	"E8/root has no identity policies": {"by": root, "applies": denies, "want": ["allowed", []]},
	"E8/root assumes no role": {
		"by": root,
		"applies": allows,
		"action": "sts:assumerole",
		"want": ["implicitDeny", ["resource"]],
	},
	"E9/root in another account": {
		"by": root,
		"applies": allows,
		"account": "222222222222",
		"want": ["implicitDeny", ["resource"]],
	},
	"E9/another account, allowed": {
		"by": user,
		"applies": allows,
		"account": "222222222222",
		"want": ["implicitDeny", ["resource"]],
	},
	"E9/another account, not allowed": {
		"by": user,
		"applies": nothing,
		"account": "222222222222",
		"want": ["implicitDeny", ["identity", "resource"]],
	},
	"E1/another account, denied": {
		"by": user,
		"applies": denies,
		"account": "222222222222",
		"want": ["explicitDeny", ["identity"]],
	},
	"E9/another partition": {
		"by": user,
		"applies": allows,
		"on": "arn:aws-cn:s3:::b/k",
		"want": ["implicitDeny", ["resource"]],
	},
	"E10/service": {"by": {"Service": "s"}, "applies": denies, "want": ["implicitDeny", ["resource"]]},
	"E10/provider": {"by": {"Federated": "f"}, "applies": denies, "want": ["implicitDeny", ["resource"]]},
	"E10/anonymous": {"by": "*", "applies": denies, "want": ["implicitDeny", ["resource"]]},
	"E4/service is of no account": {
		"by": {"Service": "s"},
		"applies": allows,
		"account": "111111111111",
		"want": ["implicitDeny", ["resource"]],
	},
	"E14/user assumes a role of which no trust policy is given": {
		"by": user,
		"applies": allows,
		"action": "sts:assumerole",
		"want": ["implicitDeny", ["resource"]],
	},
	"E16/user asks who it is": {"by": user, "applies": denies, "action": "sts:getcalleridentity", "on": "*", "want": ["allowed", []]},
	"E16/session asks who it is": {"by": session, "applies": nothing, "action": "sts:getcalleridentity", "on": "*", "want": ["allowed", []]},
	"E16/federated user asks who it is": {
		"by": federated_user,
		"applies": nothing,
		"action": "sts:getcalleridentity",
		"on": "*",
		"want": ["allowed", []],
	},
	"E16/root asks who it is": {"by": root, "applies": nothing, "action": "sts:getcalleridentity", "on": "*", "want": ["allowed", []]},
	"E16/root of another account asks who it is": {
		"by": root,
		"applies": nothing,
		"action": "sts:getcalleridentity",
		"account": "222222222222",
		"want": ["allowed", []],
	},
	"E16/service is nobody": {
		"by": {"Service": "s"},
		"applies": allows,
		"action": "sts:getcalleridentity",
		"want": ["implicitDeny", ["resource"]],
	},
	"E16/nobody is nobody": {"by": "*", "applies": allows, "action": "sts:getcalleridentity", "want": ["implicitDeny", ["resource"]]},
	"E16/user asks for a session": {"by": user, "applies": denies, "action": "sts:getsessiontoken", "on": "*", "want": ["allowed", []]},
	"E16/root asks for a session": {"by": root, "applies": nothing, "action": "sts:getsessiontoken", "on": "*", "want": ["allowed", []]},
	"E16/session asks for a session": {
		"by": session,
		"applies": nothing,
		"action": "sts:getsessiontoken",
		"on": "*",
		"want": ["implicitDeny", ["identity"]],
	},
	"E16/session that is denied a session": {
		"by": session,
		"applies": denies,
		"action": "sts:getsessiontoken",
		"on": "*",
		"want": ["explicitDeny", ["identity"]],
	},
	"E16/simulated, who it is": {
		"by": user,
		"applies": denies,
		"action": "sts:getcalleridentity",
		"on": "*",
		"simulated": true,
		"want": ["explicitDeny", ["identity"]],
	},
	"E16/simulated, a session": {
		"by": user,
		"applies": nothing,
		"action": "sts:getsessiontoken",
		"on": "*",
		"simulated": true,
		"want": ["implicitDeny", ["identity"]],
	},
	"E14/role by SAML": {
		"by": user,
		"applies": allows,
		"action": "sts:assumerolewithsaml",
		"want": ["implicitDeny", ["resource"]],
	},
	"E14/role by web identity": {
		"by": session,
		"applies": allows,
		"action": "sts:assumerolewithwebidentity",
		"want": ["implicitDeny", ["resource"]],
	},
	"E4/any resource is the caller's": {"by": user, "applies": allows, "on": "*", "want": ["allowed", []]},
	"E4/account of the ARN": {
		"by": user,
		"applies": allows,
		"on": "arn:aws:sqs:r:222222222222:q",
		"want": ["implicitDeny", ["resource"]],
	},
	"E4/account of the ARN has zeros": {
		"by": user,
		"applies": allows,
		"on": "arn:aws:sqs:r:000000000000:q",
		"want": ["implicitDeny", ["resource"]],
	},
	"E4/account of the ARN is the caller's": {
		"by": user,
		"applies": allows,
		"on": "arn:aws:sqs:r:111111111111:q",
		"want": ["allowed", []],
	},
	"E4/account field of other form": {
		"by": user,
		"applies": allows,
		"on": "arn:aws:iam::aws:policy/X",
		"want": ["allowed", []],
	},
	"E4/account field of thirteen digits": {
		"by": user,
		"applies": allows,
		"on": "arn:aws:sqs:r:2222222222222:q",
		"want": ["allowed", []],
	},
	"E4/the request's word counts first": {
		"by": user,
		"applies": allows,
		"on": "arn:aws:sqs:r:222222222222:q",
		"account": "111111111111",
		"want": ["allowed", []],
	},
}

asked(case) := normal if {
	account := {"resource_account": given | given := case.account}
	normal := request.normal with input as object.union(account, {
		"principal": case.by,
		"action": object.get(case, "action", "s3:getobject"),
		"resource": object.get(case, "on", object_of_nobody),
		"context": {},
	})
}

of_everybody(modules) := {"accounts": [], "principals": {}, "everybody": {"identity": modules}}

attached := of_everybody({"allow": ["p"], "deny": ["p"], "reads_context": ["p"]})

attached_in(case) := object.union(attached, {"simulated": true | case.simulated})

statement(sid) := {
	"sid": sid,
	"start": {"line": 1, "column": 2},
	"end": {"line": 3, "column": 4},
	"context_keys": [],
}

policy(name, statements) := {"policy": name, "statements": statements}

statements := {"p": policy("dir/P", [statement("A"), statement("D"), statement("")])}

test_decision[note] if {
	some note, case in cases
	answer := document.document with input as asked(case)
		with data.iam.policies as {"p": case.applies}
		with data.iam.attachments as attached_in(case)
		with data.iam.statements as statements
	[answer.decision, answer.denied_by] == case.want
}

test_allow_agrees_with_the_decision[note] if {
	some note, case in cases
	allow := decide.allow with input as asked(case)
		with data.iam.policies as {"p": case.applies}
		with data.iam.attachments as attached_in(case)
		with data.iam.statements as statements
	allow == object.get({"allowed": true}, case.want[0], false)
}

matched(by, applies) := answer.matched_statements if {
	answer := document.document with input as asked({"by": by})
		with data.iam.policies as {"p": applies}
		with data.iam.attachments as attached
		with data.iam.statements as statements
}

test_statements_that_allow_are_matched_in_order if {
	matched(user, object.union(nothing, {"allow": {2, 0}})) == [
		{
			"policy": "dir/P",
			"policy_type": "identity",
			"sid": "A",
			"index": 0,
			"effect": "Allow",
			"start": {"line": 1, "column": 2},
			"end": {"line": 3, "column": 4},
		},
		{
			"policy": "dir/P",
			"policy_type": "identity",
			"sid": "",
			"index": 2,
			"effect": "Allow",
			"start": {"line": 1, "column": 2},
			"end": {"line": 3, "column": 4},
		},
	]
}

test_only_statements_that_deny_are_matched_by_a_deny if {
	[match.sid | some match in matched(user, denies)] == ["D"]
}

test_an_implicit_deny_matches_nothing if matched(federated_user, allows) == []

test_root_matches_nothing if matched(root, allows) == []

test_what_no_policy_controls_matches_nothing_and_misses_keys_all_the_same if {
	answer := document.document with input as asked({"by": user, "action": "sts:getcalleridentity"})
		with data.iam.policies as {"p": object.union(denies, {"reads_context": {0}})}
		with data.iam.attachments as attached
		with data.iam.statements as {"p": policy("P", [reading(["k"]), statement("D")])}
	answer == {
		"decision": "allowed",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": ["k"],
		"errors": [],
	}
}

test_policies_are_matched_in_the_order_of_their_names if {
	answer := document.document with input as asked({"by": user})
		with data.iam.policies as {"z": allows, "a": allows, "other": allows}
		with data.iam.attachments as of_everybody({"allow": ["a", "z"]})
		with data.iam.statements as {
			"z": policy("A", [statement("")]),
			"a": policy("B", [statement("")]),
		}
	[match.policy | some match in answer.matched_statements] == ["A", "B"]
}

test_what_is_not_attached_takes_no_part if {
	answer := document.document with input as asked({"by": user})
		with data.iam.policies as {"p": object.union(denies, {"reads_context": {0}})}
		with data.iam.attachments as of_everybody({})
		with data.iam.statements as {"p": policy("P", [reading(["k"])])}
	answer == {
		"decision": "implicitDeny",
		"matched_statements": [],
		"denied_by": ["identity"],
		"missing_context_keys": [],
		"errors": [],
	}
}

reading(keys) := object.union(statement(""), {"context_keys": keys})

missing(by, context, reads) := answer.missing_context_keys if {
	answer := document.document with input as object.union(asked({"by": by}), {"context": context})
		with data.iam.policies.p as object.union(nothing, {"reads_context": reads})
		with data.iam.policies.q as object.union(nothing, {"reads_context": {0}})
		with data.iam.attachments as of_everybody({"reads_context": ["p", "q"]})
		with data.iam.statements as {
			"p": policy("B", [reading(["aws:username", "z:z"]), reading(["AWS:UserName", "Z:a"])]),
			"q": policy("A", [reading(["aws:USERNAME"])]),
		}
}

test_missing_context_keys[note] if {
	some note, case in {
		"D5/all missing": {"by": user, "context": {}, "reads": {0, 1}, "want": ["Z:a", "aws:USERNAME", "z:z"]},
		"D5/not about the action": {"by": user, "context": {}, "reads": {0}, "want": ["aws:USERNAME", "z:z"]},
		"D5/present in other case": {"by": user, "context": {"AWS:username": "u"}, "reads": {0}, "want": ["z:z"]},
		"C5/empty list is missing": {"by": user, "context": {"z:z": []}, "reads": {0}, "want": ["aws:USERNAME", "z:z"]},
		"C5/empty string is present": {"by": user, "context": {"z:z": ""}, "reads": {0}, "want": ["aws:USERNAME"]},
		"D5/none missing": {"by": user, "context": {"aws:username": "u", "z:z": 1}, "reads": {0}, "want": []},
		"E8/root has no identity policies": {"by": root, "context": {}, "reads": {0, 1}, "want": []},
	}
	got := missing(case.by, case.context, case.reads)
	got == case.want
}
