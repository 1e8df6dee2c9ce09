package iam.lib.gateway.query_test

import data.iam.lib.gateway.query

test_a_parameter_has_the_value_that_stands_once if {
	cases := {
		"/": null,
		"/a+b": null,
		"/?": null,
		"/?x=1": null,
		"/?A=1": null,
		"/?a": "",
		"/?a=": "",
		"/?a=b=c?d/e": "b=c?d/e",
		"/?x&a=b&&y=1": "b",
		"/?%61=%26%2B%2F%25%7E": "&+/%~",
		"/?a=%C3%A9%E2%82%AC%F0%9F%98%80": "é€😀",
	}
	every sent, value in cases {
		query.value(sent, "a") == value
	}
}

test_what_servers_read_in_different_ways_is_no_value if {
	cases := {
		"/?a=1&a=1", "/?a&%61", "/?a=b+c", "/?a=1;b=2", "/?a=%", "/?a=%zz", "/?%zz&a=1", "/?a=é", "/?a=b c", "/?a=b#c",
		"/?a=%00", "/?a=%1f", "/?a=%7F", "/?a=%C2%80", "/?a=%C0%AF", "/?a=%ED%A0%80",
	}
	every sent in cases {
		query.value(sent, "a") == {}
	}
}
