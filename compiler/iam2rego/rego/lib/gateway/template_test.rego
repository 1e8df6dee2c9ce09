package iam.lib.gateway.template_test

import data.iam.lib.gateway.template

test_text_is_joined if {
	template.joined(["a", "", "b"]) == "ab"
	template.joined(["a"]) == "a"
}

test_what_is_absent_makes_the_whole_absent if {
	template.joined(["a", null]) == null
	template.joined(["a", null, {}]) == null
}

test_what_is_no_text_makes_the_whole_no_value if {
	every part in [1, true, ["b"], {}] {
		template.joined(["a", part]) == {}
	}
}

test_the_time_is_in_utc_to_the_second if template.now == "2023-11-14T22:13:20Z" with time.now_ns as 1700000000999999999

test_a_name_stays_within_its_field if {
	every name in {"a", "a b", ".", "..", "é", "a\nb", "{a}", "|"} {
		template.name(name) == name
	}
	every name in {"", "a:b", "a/b", "*", "a*", "?", "$", "${a}", `a\b`, 1, true, [], {}} {
		template.name(name) == {}
	}
	template.name(null) == null
}
