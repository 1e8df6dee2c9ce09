package iam.lib.gateway.http_test

import data.iam.lib.gateway.http

sent := {"method": "GET", "path": "/a/b?q=1", "headers": {"x-a": "2", "X-Forwarded-For": "192.0.2.1, 192.0.2.2"}}

read(routes) := answer if {
	answer := http with data.iam.routes as routes
}

test_routes_are_told_apart_by_the_method_and_the_segments if {
	read(sent).asked == ["GET", "a", "b"]
	read(sent).errors == set()
	read(object.union(sent, {"path": "/"})).asked == ["GET"]
	read(object.union(sent, {"method": "GET/a"})).asked == ["GET/a", "a", "b"]
}

test_a_value_is_read_from_where_it_was_sent if {
	http.header("x-a") == "2" with data.iam.routes as sent
	http.header("x-b") == null with data.iam.routes as sent
	http.forwarded(1) == "192.0.2.2" with data.iam.routes as sent
	http.forwarded(2) == "192.0.2.1" with data.iam.routes as sent
	http.parameter("q") == "1" with data.iam.routes as sent
	http.parameter("r") == null with data.iam.routes as sent
}

test_headers_that_say_nothing_about_the_request_are_understood if {
	names := {
		"x", "!~", "x-http-methods", "ax-http-method", "x-http-method-override-", "method-override", "-x-method-override",
		"x-original-url2", "x-rewrite-urls", "x-original", "x-http", "x-method", "x_http_method", "x-http-method|y", "y|x-rewrite-url",
	}
	every name in names {
		given := read(object.union(sent, {"headers": {name: "", "x-a": "2"}}))
		given.asked == ["GET", "a", "b"]
		given.errors == set()
	}
}

test_what_is_not_understood_says_why if {
	odd_names := {"x-\u212a", "x y", "x\ny", "x\n", "\nx-http-method", "x\u007f", "x\u0000"}
	cases := {
		"the document holds no method": [{"method": odd} | some odd in [null, 1, true, [], {}, ["GET"]]],
		"the path is not understood": [{"path": odd} | some odd in [null, 1, "", "/../", "//"]],
		"the headers are not understood": array.concat(
			[{"headers": odd} | some odd in [null, 1, "", [], ["x"], true]],
			[{"headers": {name: "1"}} | some name in odd_names],
		),
		"a header asks for another method": [{"headers": {name: "PUT", "a": "", "z": ""}} |
			some name in {"X-HTTP-Method-Override", "x-http-method", "X-Method-Override", "x-http-method-override", "x-method-override"}
		],
		"a header asks for another path": [{"headers": {name: "/", "a": "", "z": ""}} |
			some name in {"X-Original-URL", "x-rewrite-url", "x-original-url", "X-REWRITE-URL"}
		],
	}
	every message, changes in cases {
		every change in changes {
			given := read(object.union(object.remove(sent, object.keys(change)), change))
			given.errors == {message}
			not given.asked
		}
	}
}
