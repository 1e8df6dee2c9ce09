package iam.lib.decide_test

import data.iam.lib.decide
import data.iam.lib.document

user := "arn:aws:iam::111111111111:user/u"

root := "arn:aws:iam::111111111111:root"

only(use) := object.union({"allow": [], "deny": [], "reads_context": []}, {use: ["p"]})

exports := {"exports": {"accounts": ["111111111111"], "users": {user: {"identity": only("deny")}}, "roles": {}}}

boundary := {"limits": {"permissions_boundary": only("deny")}}

# Whose only policy denies, by where it is attached; without the Deny every request is allowed but that of a service.
denies := {
	"E1/identity": {"by": user, "others": {}, "identity": "deny", "want": ["explicitDeny", ["identity"]]},
	"E1/identity of the caller": {"by": user, "others": exports, "want": ["explicitDeny", ["identity"]]},
	"E8/identity of root": {"by": root, "others": {}, "identity": "deny", "want": ["allowed", []]},
	"E1/boundary": {"by": user, "others": boundary, "want": ["explicitDeny", ["permissions_boundary"]]},
	"E8/boundary of root": {"by": root, "others": boundary, "want": ["allowed", []]},
	"E1/session": {
		"by": user,
		"others": {"limits": {"session": only("deny")}},
		"want": ["explicitDeny", ["session"]],
	},
	"E1/resource": {"by": root, "others": {"resource": {"every": only("deny")}}, "want": ["explicitDeny", ["resource"]]},
	"E1/resource, service": {
		"by": {"Service": "s"},
		"others": {"resource": {"every": only("deny")}},
		"want": ["explicitDeny", ["resource"]],
	},
	"E11/service control": {
		"by": root,
		"others": {"guardrails": {"service_control": {"levels": [["q"]], "deny": ["p"]}}},
		"want": ["explicitDeny", ["service_control"]],
	},
	"E11/service control of a service": {
		"by": {"Service": "s"},
		"others": {"guardrails": {"service_control": {"levels": [["q"]], "deny": ["p"]}}},
		"want": ["implicitDeny", ["resource"]],
	},
	"E11/service control does not allow": {
		"by": root,
		"others": {"guardrails": {"service_control": {"levels": [[]], "deny": []}}},
		"want": ["implicitDeny", ["service_control"]],
	},
	"E12/resource control": {
		"by": {"Service": "s"},
		"others": {"guardrails": {"resource_control": {"deny": ["p"], "reads_context": []}}},
		"want": ["explicitDeny", ["resource_control"]],
	},
	"E13/endpoint": {
		"by": root,
		"others": {"guardrails": {"vpc_endpoint": {"levels": [["q"]], "deny": ["p"], "reads_context": []}}},
		"want": ["explicitDeny", ["vpc_endpoint"]],
	},
	"E13/endpoint does not allow": {
		"by": root,
		"others": {"guardrails": {"vpc_endpoint": {"levels": [[]], "deny": [], "reads_context": []}}},
		"want": ["implicitDeny", ["vpc_endpoint"]],
	},
	"E1/all types": {
		"by": user,
		"identity": "deny",
		"others": {
			"limits": {"permissions_boundary": only("deny"), "session": only("deny")},
			"resource": {"every": only("deny")},
			"guardrails": {
				"service_control": {"levels": [], "deny": ["p"]},
				"resource_control": {"deny": ["p"]},
				"vpc_endpoint": {"levels": [[]], "deny": ["p"]},
			},
		},
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

asked(case) := {"principal": case.by, "action": "s3:getobject", "resource": "arn:aws:s3:::b", "context": {}}

attached(case) := {"identity": only(object.get(case, "identity", "allow")), "others": case.others}

policies := {"p": {"allow": {0}, "deny": {1}}, "q": {"allow": {0}, "deny": set()}}

written := {"sid": "", "effect": "Deny", "start": {}, "end": {}, "context_keys": []}

test_denies[note] if {
	some note, case in denies
	answer := document.document with input as asked(case)
		with data.iam.attachments as attached(case)
		with data.iam.policies as policies
		with data.iam.statements as {"p": {"policy": "P", "statements": [written, written]}}
	matched := [match.policy_type | some match in answer.matched_statements; answer.decision == "explicitDeny"]
	[answer.decision, answer.denied_by] == case.want
	matched == [type | some type in case.want[1]; case.want[0] == "explicitDeny"]
}

test_allow_agrees_with_the_document[note] if {
	some note, case in denies
	allow := decide.allow with input as asked(case)
		with data.iam.attachments as attached(case)
		with data.iam.policies as policies
	allow == object.get({"allowed": true}, case.want[0], false)
}
