package iam.authz_test

import data.iam.authz

root := {
	"principal": "arn:aws:iam::111111111111:root",
	"action": "s3:GetObject",
	"resource": "*",
	"context": {},
}

test_a_granted_request_is_allowed if {
	authz.allow with input as root
	authz.decision == {
		"decision": "allowed",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": [],
		"errors": [],
	} with input as root
}

test_the_case_of_the_action_is_folded if {
	assuming := object.union(root, {"action": "STS:AssumeRole"})
	authz.allow == false with input as assuming
	authz.decision.denied_by == ["resource"] with input as assuming
}

test_a_malformed_request_is_never_allowed if {
	malformed := object.union(root, {"context": {"k": null}})
	authz.allow == false with input as malformed
	authz.decision == {
		"decision": "implicitDeny",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": [],
		"errors": [`the context key "k" holds an unusable value`],
	} with input as malformed
}

test_no_request_is_never_allowed if {
	authz.allow == false
	authz.decision.decision == "implicitDeny"
	count(authz.decision.errors) > 0
}
