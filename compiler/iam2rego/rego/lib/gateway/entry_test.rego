package iam.gateway_test

import data.iam.gateway

root := {"principal": "arn:aws:iam::111111111111:root", "action": "s3:GetObject", "resource": "*", "context": {}}

settings := {"kind": "http", "explain": false}

answer(request) := given if {
	given := data.iam.gateway with input as {} with data.iam.routes as {"settings": settings, "request": request, "errors": set()}
}

unread := {"settings": settings, "errors": {"the path is not understood"}}

test_a_question_is_decided_as_the_request_that_it_becomes if {
	given := answer(root)
	given.allow
	given.decision.decision == "allowed"
	given.request == root
	given.response == {"allowed": true, "decision": given.decision, "request": root}
}

test_what_no_policy_allows_is_denied if {
	given := answer(user)
	given.allow == false
	given.decision.decision == "implicitDeny"
	given.decision.denied_by == ["identity"]
}

test_a_request_that_is_malformed_is_denied if {
	given := answer(object.union(root, {"action": "none"}))
	given.allow == false
	given.decision.errors == ["`action` is not of the form `service:Name`"]
	given.response.allowed == false
}

test_a_question_that_becomes_no_request_is_denied_and_says_why if {
	given := data.iam.gateway with input as {} with data.iam.routes as unread
	given.allow == false
	given.decision == {
		"decision": "implicitDeny",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": [],
		"errors": ["the path is not understood"],
	}
	given.response.http_status == 403
	not given.request
	not given.response.request
}

test_no_question_is_denied if {
	gateway.allow == false with data.iam.routes as {"settings": settings, "request": root, "errors": set()}
	count(gateway.decision.errors) > 0 with data.iam.routes as {"settings": settings, "request": root, "errors": set()}
}

user := object.union(root, {"principal": "arn:aws:iam::111111111111:user/u"})

store(request) := {"settings": {"kind": "storage"}, "request": request, "errors": set(), "only_denied": true}

only_denied(request) := given if {
	given := data.iam.gateway with input as {} with data.iam.routes as store(request)
}

test_where_only_a_deny_counts_nothing_needs_an_allow if {
	given := only_denied(user)
	given.allow
	given.decision == {
		"decision": "allowed",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": [],
		"errors": [],
	}
}

test_where_only_a_deny_counts_a_malformed_request_is_denied if {
	given := only_denied(object.union(user, {"resource": null}))
	given.allow == false
	count(given.decision.errors) > 0
}

test_where_only_a_deny_counts_a_deny_counts if {
	denied := {
		"decision": "explicitDeny",
		"matched_statements": [],
		"denied_by": ["identity"],
		"missing_context_keys": [],
		"errors": [],
	}
	given := data.iam.gateway with input as {}
		with data.iam.routes as store(user)
		with data.iam.authz.decision as denied
		with data.iam.authz.allow as false
	given.allow == false
	given.decision == denied
}
