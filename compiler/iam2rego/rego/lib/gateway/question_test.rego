package iam.lib.gateway.question_test

import data.iam.lib.gateway.question

settings := {
	"places": {"method": ["m"], "path": ["p"], "headers": ["h"], "source_ip": ["s"]},
	"claims": {"path": ["c"]},
	"query": ["q"],
	"headers": ["x-a"],
	"forwarded_hops": 0,
}

document := {"m": "GET", "p": "/a/b?q=1", "h": {"x-a": "2"}, "s": "192.0.2.1", "c": {"sub": "u"}}

# What a route makes of what it is given, which a test looks at.
made := {{"principal": "arn", "context": {"absent": null, "present": "x"}}}

given := answer if {
	answer := question.facts with data.iam.routes.settings as settings with time.now_ns as 1700000000000000000
}

request(asked) := answer if {
	answer := question.request with input as asked with data.iam.routes as {"settings": settings, "made": made}
}

errors(asked, routes) := answer if {
	answer := question.errors with input as asked with data.iam.routes as {"settings": settings, "made": routes}
}

test_a_route_is_given_what_was_read if {
	given == {
		"method": "GET",
		"segments": ["a", "b"],
		"query": {"q": "1"},
		"headers": {"x-a": "2"},
		"claims": {"sub": "u"},
		"source_ip": "192.0.2.1",
		"time": "2023-11-14T22:13:20Z",
	} with input as document
}

test_what_is_absent_is_null if {
	given.source_ip == null with input as {"m": "GET", "p": "/"}
	given.headers == {"x-a": null} with input as {"m": "GET", "p": "/"}
	given.claims == {} with input as {"m": "GET", "p": "/"}
}

test_the_address_is_what_proxies_forward_where_they_are_trusted if {
	trusting := object.union(settings, {"forwarded_hops": 1})
	question.source_ip == "198.51.100.1" with data.iam.routes.settings as trusting
		with input as object.union(document, {"h": {"x-forwarded-for": "198.51.100.1"}})
}

test_the_request_has_no_context_key_that_is_absent if {
	request(document) == {"principal": "arn", "context": {"present": "x"}}
}

test_what_is_not_understood_is_no_request if {
	cases := {
		"the document is not an object": [[], 1, "x", null],
		"the document holds no method": [{"p": "/"}, {"m": 1, "p": "/"}],
		"the path is not understood": [{"m": "GET"}, {"m": "GET", "p": "/../"}, {"m": "GET", "p": 1}],
		"the headers are not understood": [{"m": "GET", "p": "/", "h": 1}, {"m": "GET", "p": "/", "h": null}],
		"a header asks for another method": [{"m": "GET", "p": "/", "h": {name: "PUT"}} |
			some name in {"X-HTTP-Method-Override", "x-http-method", "X-Method-Override"}
		],
	}
	every message, asked in cases {
		every each in asked {
			message in errors(each, made)
			not request(each)
		}
	}
}

test_no_document_is_no_request if {
	"the document is not an object" in question.errors with data.iam.routes as {"settings": settings, "made": made}
}

test_a_request_that_no_route_takes_says_so if errors(document, set()) == {"no route takes the request"}

test_nobody_who_is_verified_is_no_request if {
	every principal in [null, {}, 1] {
		errors(document, {{"principal": principal, "context": {}}}) == {"nothing that is verified says who asks"}
	}
}

test_a_good_question_has_no_errors if errors(document, made) == set()
