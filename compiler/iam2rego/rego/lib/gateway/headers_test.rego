package iam.lib.gateway.headers_test

import data.iam.lib.gateway.headers

test_a_header_has_the_value_that_was_sent_once if {
	headers.value({"x-a": "1", "y": "2"}, "x-a") == "1"
	headers.value({"X-A": "1"}, "x-a") == "1"
	headers.value({"x-a": ["1"]}, "x-a") == "1"
	headers.value({"x-a": ""}, "x-a") == ""
	headers.value({"x-ab": "1"}, "x-a") == null
	headers.value({"x-a": []}, "x-a") == null
	headers.value([], "x-a") == null
}

test_a_header_that_was_sent_twice_is_no_value if {
	every sent in [{"x-a": "1,2"}, {"x-a": ["1", "2"]}, {"x-a": "1", "X-a": "1"}, {"x-a": 1}, {"x-a": null}, {"x-a": [["1"]]}] {
		headers.value(sent, "x-a") == {}
	}
}

test_the_forwarded_address_is_counted_from_the_end if {
	sent := {"X-Forwarded-For": "spoofed, 192.0.2.1 ,192.0.2.2"}
	headers.forwarded(sent, 1) == "192.0.2.2"
	headers.forwarded(sent, 2) == "192.0.2.1"
	headers.forwarded({"x-forwarded-for": ["a", "b"]}, 2) == "a"
	headers.forwarded({"x-forwarded-for": "a"}, 1) == "a"
}

test_where_too_few_proxies_have_forwarded_there_is_no_address if {
	headers.forwarded({}, 1) == {}
	headers.forwarded({"x-forwarded-for": []}, 1) == {}
	headers.forwarded({"x-forwarded-for": "a"}, 2) == {}
	headers.forwarded({"x-forwarded-for": 1}, 1) == {}
	headers.forwarded({"x-forwarded-for": "a", "X-Forwarded-For": "b"}, 1) == {}
}
