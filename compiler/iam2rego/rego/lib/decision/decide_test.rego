package iam.lib.decide_test

import data.iam.lib.decide
import data.iam.lib.document
import data.iam.lib.request

user := "arn:aws:iam::111111111111:user/u"

root := "arn:aws:iam::111111111111:root"

of_user(use) := {"accounts": ["111111111111"], "principals": {user: {"identity": {use: ["p"]}}}, "everybody": {}}

of_everybody(types) := {"accounts": [], "principals": {}, "everybody": {type: {"deny": ["p"]} | some type in types}}

with_others(others) := {"accounts": [], "principals": {}, "everybody": {"identity": {"allow": ["p"]}}, "others": others}

# A policy that denies, by where it is attached; without the Deny, every request except a service's is allowed.
denies := {
	"E1/identity": {"by": user, "attached": of_everybody(["identity"]), "want": ["explicitDeny", ["identity"]]},
	"E1/identity of the caller": {"by": user, "attached": of_user("deny"), "want": ["explicitDeny", ["identity"]]},
	"E8/identity of root": {"by": root, "attached": of_everybody(["identity"]), "want": ["allowed", []]},
	"E1/boundary": {
		"by": user,
		"attached": of_everybody(["permissions_boundary"]),
		"want": ["explicitDeny", ["permissions_boundary"]],
	},
	"E8/boundary of root": {"by": root, "attached": of_everybody(["permissions_boundary"]), "want": ["allowed", []]},
	"E1/session": {
		"by": user,
		"attached": with_others({"everybody": {"session": {"deny": ["p"]}}}),
		"want": ["explicitDeny", ["session"]],
	},
	"E1/resource": {
		"by": root,
		"attached": with_others({"resource": {"every": {"deny": ["p"]}}}),
		"want": ["explicitDeny", ["resource"]],
	},
	"E1/resource, service": {
		"by": {"Service": "s"},
		"attached": with_others({"resource": {"every": {"deny": ["p"]}}}),
		"want": ["explicitDeny", ["resource"]],
	},
	"E11/service control": {
		"by": root,
		"attached": with_others({"guardrails": {"service_control": {"levels": [["q"]], "deny": ["p"]}}}),
		"want": ["explicitDeny", ["service_control"]],
	},
	"E11/service control of a service": {
		"by": {"Service": "s"},
		"attached": with_others({"guardrails": {"service_control": {"levels": [["q"]], "deny": ["p"]}}}),
		"want": ["implicitDeny", ["resource"]],
	},
	"E11/service control does not allow": {
		"by": root,
		"attached": with_others({"guardrails": {"service_control": {"levels": [[]]}}}),
		"want": ["implicitDeny", ["service_control"]],
	},
	"E12/resource control": {
		"by": {"Service": "s"},
		"attached": with_others({"guardrails": {"resource_control": {"deny": ["p"]}}}),
		"want": ["explicitDeny", ["resource_control"]],
	},
	"E13/endpoint": {
		"by": root,
		"attached": with_others({"guardrails": {"vpc_endpoint": {"levels": [["q"]], "deny": ["p"]}}}),
		"want": ["explicitDeny", ["vpc_endpoint"]],
	},
	"E13/endpoint does not allow": {
		"by": root,
		"attached": with_others({"guardrails": {"vpc_endpoint": {"levels": [[]]}}}),
		"want": ["implicitDeny", ["vpc_endpoint"]],
	},
	"E16/no guardrail controls who root is": {
		"by": root,
		"action": "sts:GetCallerIdentity",
		"attached": with_others({"guardrails": {"service_control": {"levels": [[]], "deny": ["p"]}}}),
		"want": ["allowed", []],
	},
	"E16/no guardrail controls a session of root": {
		"by": root,
		"action": "sts:GetSessionToken",
		"attached": with_others({"guardrails": {"service_control": {"levels": [[]], "deny": ["p"]}}}),
		"want": ["allowed", []],
	},
	"E16/guardrails control other actions of sts": {
		"by": root,
		"action": "sts:GetFederationToken",
		"attached": with_others({"guardrails": {"service_control": {"levels": [["q"]], "deny": ["p"]}}}),
		"want": ["explicitDeny", ["service_control"]],
	},
	"E1/all types": {
		"by": user,
		"attached": with_others({
			"everybody": {
				"identity": {"deny": ["p"]},
				"permissions_boundary": {"deny": ["p"]},
				"session": {"deny": ["p"]},
			},
			"resource": {"every": {"deny": ["p"]}},
			"guardrails": {
				"service_control": {"levels": [], "deny": ["p"]},
				"resource_control": {"deny": ["p"]},
				"vpc_endpoint": {"levels": [[]], "deny": ["p"]},
			},
		}),
		"want": ["explicitDeny", [
			"identity",
			"permissions_boundary",
			"resource",
			"resource_control",
			"service_control",
			"session",
			"vpc_endpoint",
		]],
	},
}

asked(case) := normal if {
	normal := request.normal with input as {
		"principal": case.by,
		"action": object.get(case, "action", "s3:GetObject"),
		"resource": "arn:aws:s3:::b",
		"context": {},
	}
}

policies := {"p": {"allow": {0}, "deny": {1}}, "q": {"allow": {0}, "deny": set()}}

written := ["", 1, 2, 3, 4, []]

test_denies[note] if {
	some note, case in denies
	answer := document.document with input as asked(case)
		with data.iam.attachments as case.attached
		with data.iam.policies as policies
		with data.iam.statements as {"p": {"policy": "P", "statements": [written, written]}}
	matched := [match.policy_type | some match in answer.matched_statements; answer.decision == "explicitDeny"]
	[answer.decision, answer.denied_by] == case.want
	matched == [type | some type in case.want[1]; case.want[0] == "explicitDeny"]
}

test_allow_agrees_with_the_document[note] if {
	some note, case in denies
	allow := decide.allow with input as asked(case)
		with data.iam.attachments as case.attached
		with data.iam.policies as policies
	allow == object.get({"allowed": true}, case.want[0], false)
}
