package iam.lib.gateway.question_test

import data.iam.lib.gateway.question

documents := {
	"http": {"m": "GET", "p": "/"},
	"storage": {"action": "s3:GetObject"},
	"authzen": {"subject": {"type": "t", "id": "u"}, "action": {"name": "n"}, "resource": {"type": "t", "id": "r"}},
}

places := {
	"http": {"method": ["m"], "path": ["p"], "headers": ["h"], "source_ip": ["s"]},
	"storage": {
		"account": ["account"],
		"claims": ["claims"],
		"is_owner": ["owner"],
		"action": ["action"],
		"bucket": ["bucket"],
		"object": ["object"],
		"conditions": ["conditions"],
		"only_denied": ["denyOnly"],
	},
	"authzen": {},
}

made := {{"principal": "arn", "context": {"absent": null, "present": "x"}}}

asked(kind, routes, document) := answer if {
	settings := {"kind": kind, "places": places[kind], "claims": {}, "query": [], "headers": [], "forwarded_hops": 0}
	answer := question with input as document with data.iam.routes as {"settings": settings, "made": routes}
}

test_the_request_has_no_context_key_that_is_absent if {
	every kind, document in documents {
		given := asked(kind, made, document)
		given.request == {"principal": "arn", "context": {"present": "x"}}
		given.errors == set()
		given.only_denied == false
	}
}

test_what_is_not_understood_is_no_request if {
	cases := {
		"http": [{"m": "GET", "p": "//"}, {"the path is not understood"}],
		"storage": [{"owner": 1}, {"the document does not say whether the owner asks"}],
		"authzen": [object.remove(documents.authzen, ["action"]), {"the action is not understood"}],
	}
	every kind, case in cases {
		given := asked(kind, made, case[0])
		given.errors == case[1]
		not given.request
	}
}

test_routes_read_what_is_asked if {
	object.keys(asked("http", made, documents.http).facts) & {"segments", "query"} == {"segments", "query"}
	"conditions" in object.keys(asked("storage", made, documents.storage).facts)
	"subject" in object.keys(asked("authzen", made, documents.authzen).facts)
}

test_what_is_no_object_is_no_request if {
	every kind, _ in documents {
		every document in [[], 1, "x", null] {
			given := asked(kind, made, document)
			given.errors == {"the document is not an object"}
			not given.request
		}
	}
}

test_no_document_is_no_request if question.errors == {"the document is not an object"} with data.iam.routes as {"settings": {}}

test_a_question_that_no_route_takes_says_so if {
	asked("http", set(), documents.http).errors == {"no route takes the request"}
}

test_nobody_who_is_verified_is_no_request if {
	every principal in [null, {}, 1] {
		given := asked("http", {{"principal": principal, "context": {}}}, documents.http)
		given.errors == {"nothing that is verified says who asks"}
		given.caller_is_unknown
		not given.request
	}
}

test_an_object_store_may_want_to_know_of_a_deny_only if {
	asked("storage", made, {"action": "s3:GetObject", "denyOnly": true}).only_denied
}
