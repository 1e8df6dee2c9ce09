package iam.lib.gateway.response_test

import data.iam.lib.gateway.response

statement := {"policy": "p", "sid": "S", "index": 1, "effect": "Deny", "policy_type": "identity"}

denied := {"decision": "explicitDeny", "denied_by": ["identity"], "matched_statements": [statement], "errors": []}

answer(decision, explain, unknown) := given if {
	given := response.response(decision) with data.iam.routes.settings as {"kind": "http", "explain": explain}
		with data.iam.lib.gateway.question.caller_is_unknown as unknown
}

test_what_is_allowed_is_let_through if {
	answer({"decision": "allowed"}, true, false) == {"allowed": true, "decision": {"decision": "allowed"}}
}

test_what_is_denied_is_not_explained_unless_it_is_wanted if {
	answer(denied, false, false) == {
		"allowed": false,
		"http_status": 403,
		"headers": {"content-type": "application/json"},
		"body": `{"message":"forbidden"}`,
		"decision": denied,
	}
}

test_an_explanation_names_the_statements if {
	json.unmarshal(answer(denied, true, false).body) == {
		"message": "forbidden",
		"decision": "explicitDeny",
		"denied_by": ["identity"],
		"statements": [{"policy": "p", "sid": "S", "index": 1}],
		"errors": [],
	}
}

test_who_is_unknown_is_asked_for_a_token if {
	given := answer(denied, false, true)
	given.http_status == 401
	given.headers == {"content-type": "application/json", "www-authenticate": "Bearer"}
}

test_object_stores_and_services_are_told_the_decision if {
	stores := {"kind": "storage"}
	response.response({"decision": "allowed"}) == {"allow": true, "decision": {"decision": "allowed"}} with data.iam.routes.settings as stores
	response.response(denied) == {"allow": false, "decision": denied} with data.iam.routes.settings as stores
	services := {"kind": "authzen"}
	response.response({"decision": "allowed"}) == {"decision": true, "context": {"decision": "allowed"}} with data.iam.routes.settings as services
	response.response(denied) == {"decision": false, "context": denied} with data.iam.routes.settings as services
}
