package iam.lib.gateway.question_test

import data.iam.lib.gateway.question

made := {"principal": "arn", "context": {"k": "x"}}

asked(document, routes) := answer if {
	answer := question with input as document with data.iam.routes as routes
}

test_the_request_is_that_of_the_route if {
	given := asked({}, {"request": made, "errors": set()})
	given.request == made
	given.errors == set()
	not given.caller_is_unknown
	given.only_denied == false
}

test_what_is_not_understood_says_why if {
	given := asked({}, {"errors": {"odd"}})
	given.errors == {"odd"}
	not given.caller_is_unknown
	not given.request
}

test_what_is_no_object_is_no_request if {
	every document in [[], 1, "x", null] {
		every principal in ["arn", null] {
			given := asked(document, {"request": {"principal": principal}, "errors": {"odd"}})
			given.errors == {"the document is not an object"}
			not given.caller_is_unknown
			not given.request
		}
	}
}

test_no_document_is_no_request if {
	question.errors == {"the document is not an object"} with data.iam.routes as {"request": made, "errors": set()}
	not question.request with data.iam.routes as {"request": made, "errors": set()}
}

test_a_question_that_no_route_takes_says_so if {
	given := asked({}, {"errors": set()})
	given.errors == {"no route takes the request"}
	not given.caller_is_unknown
	not given.request
}

test_nobody_who_is_verified_is_no_request if {
	every principal in [null, {}, 1, ["arn"]] {
		given := asked({}, {"request": {"principal": principal, "context": {}}, "errors": set()})
		given.errors == {"nothing that is verified says who asks"}
		given.caller_is_unknown
		not given.request
	}
}

test_an_object_store_may_want_to_know_of_a_deny_only if {
	asked({}, {"request": made, "errors": set(), "only_denied": true}).only_denied
	asked({}, {"request": made, "errors": set(), "only_denied": false}).only_denied == false
}
