package iam.lib.gateway.path_test

import data.iam.lib.gateway.path

test_segments_are_decoded_once_and_by_themselves if {
	cases := {
		"/": [],
		"/?": [],
		"/a": ["a"],
		"/a.b/-/_~Z/0..": ["a.b", "-", "_~Z", "0.."],
		"/a/b?/../c": ["a", "b"],
		"/a%20b/!$&'()*+,:=@~-._": ["a b", "!$&'()*+,:=@~-._"],
		"/%61/%2A/%3F%3a/%5b/%7e": ["a", "*", "?:", "[", "~"],
		"/.../a.": ["...", "a."],
		"/%C2%A0%DF%bf": ["\u00a0\u07ff"],
		"/%E0%A0%80%E2%82%AC%ED%9F%BF%EE%80%80%EF%BF%BF": ["\u0800€\ud7ff\ue000\uffff"],
		"/%F0%90%80%80%f3%bf%bf%bf%F4%8F%BF%BF": ["𐀀\udbbf\udfff\udbff\udfff"],
	}
	every sent, segments in cases {
		path.segments(sent) == segments
	}
}

test_what_servers_read_in_different_ways_has_no_segments if {
	cases := {
		"", "*", "a", "ab", "ab/c", "http://h/a", "?/a", "//", "/a/", "//a", "/a//b", "/a\n", "/a/\n", "a/b", "/a\n/b",
		"/.", "/..", "/a/../b", "/%2e", "/%2E.", "/.%2e/a", "/a%2Fb", "/a%2fb", `/a\b`, "/a%5Cb", "/a%5cb",
		"/a;b", "/a%3Bb", "/a%3bb", "/a#b", "/a%25b", "/a%252Fb", "/a b", `/a"b`, "/a|b", "/é", "/a%", "/a%2", "/a%zz",
		"/%00", "/%0A", "/%1F", "/%7F", "/%C2%80", "/%C2%9F",
		"/%80", "/%C0%AF", "/%C1%BF", "/%C2", "/%C2a", "/%E0%80%AF", "/%E0%9F%BF", "/%E2%82", "/%ED%A0%80", "/%ED%BF%BF",
		"/%F0%8F%BF%BF", "/%F0%90%80", "/%F4%90%80%80", "/%F5%80%80%80", "/%FF",
	}
	every sent in cases {
		not path.segments(sent)
	}
}

test_what_is_no_text_has_no_segments if {
	every sent in {null, 1, true, [], {}} {
		not path.segments(sent)
	}
}
