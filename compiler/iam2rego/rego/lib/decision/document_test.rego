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

statement(sid) := [sid, 1, 2, 3, 4, []]

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
