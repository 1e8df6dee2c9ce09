package iam.lib.gateway.http_test

import data.iam.lib.gateway.http

settings := {
	"places": {"method": ["m"], "path": ["p"], "headers": ["h"], "source_ip": ["s"]},
	"claims": {"path": ["c"]},
	"query": ["q"],
	"headers": ["x-a"],
	"forwarded_hops": 0,
}

document := {"m": "GET", "p": "/a/b?q=1", "h": {"x-a": "2"}, "s": "192.0.2.1", "c": {"sub": "u"}}

facts := answer if {
	answer := http.facts with data.iam.routes.settings as settings with time.now_ns as 1700000000000000000
}

errors := answer if {
	answer := http.errors with data.iam.routes.settings as settings
}

test_a_route_is_given_what_was_read if {
	facts == {
		"method": "GET",
		"segments": ["a", "b"],
		"query": {"q": "1"},
		"headers": {"x-a": "2"},
		"claims": {"sub": "u"},
		"source_ip": "192.0.2.1",
		"time": "2023-11-14T22:13:20Z",
	} with input as document
	errors == set() with input as document
}

test_what_is_absent_is_null if {
	facts.source_ip == null with input as {"m": "GET", "p": "/"}
	facts.headers == {"x-a": null} with input as {"m": "GET", "p": "/"}
	facts.claims == {} with input as {"m": "GET", "p": "/"}
}

test_the_address_is_what_proxies_forward_where_they_are_trusted if {
	trusting := object.union(settings, {"forwarded_hops": 1})
	http.source_ip == "198.51.100.1" with data.iam.routes.settings as trusting
		with input as object.union(document, {"h": {"x-forwarded-for": "198.51.100.1"}})
}

test_what_is_not_understood_says_why if {
	cases := {
		"the document holds no method": [{"p": "/"}, {"m": 1, "p": "/"}],
		"the path is not understood": [{"m": "GET"}, {"m": "GET", "p": "/../"}, {"m": "GET", "p": 1}],
		"the headers are not understood": [{"m": "GET", "p": "/", "h": 1}, {"m": "GET", "p": "/", "h": null}, {"m": "GET", "p": "/", "h": {"x-\u212a": "1"}}],
		"a header asks for another method": [{"m": "GET", "p": "/", "h": {name: "PUT"}} |
			some name in {"X-HTTP-Method-Override", "x-http-method", "X-Method-Override"}
		],
		"a header asks for another path": [{"m": "GET", "p": "/", "h": {name: "/"}} | some name in {"X-Original-URL", "x-rewrite-url"}],
	}
	every message, asked in cases {
		every each in asked {
			errors == {message} with input as each
		}
	}
}
