package iam.lib.context_test

import data.iam.lib.context

request(members) := {"context": members}

test_the_text_of_a_value[note] if {
	some note, case in {
		"C14/string": {"json": `"a"`, "want": "a"},
		"C14/empty string": {"json": `""`, "want": ""},
		"C14/number": {"json": "1e2", "want": "100"},
		"C14/true": {"json": "true", "want": "true"},
		"C14/false": {"json": "false", "want": "false"},
		"C14/list of strings": {"json": `["a", "b"]`, "want": ["a", "b"]},
		"C14/list of numbers": {"json": "[10.0, -0]", "want": ["10", "0"]},
		"C14/list of all kinds": {"json": `["a", 1, true, false]`, "want": ["a", "1", "true", "false"]},
		"C6/list of one": {"json": `["a"]`, "want": ["a"]},
	}
	got := context.texts.k with input as request({"k": json.unmarshal(case.json)})
	got == case.want
}

test_keys_are_folded[note] if {
	some note, case in {
		"C2/capitals": {"key": "aws:UserName", "folded": "aws:username"},
		"C2/after the slash": {"key": "ec2:ResourceTag/Owner:Of", "folded": "ec2:resourcetag/owner:of"},
		"N1/capital sigma at the end": {"key": "\u039f\u03a3", "folded": "\u03bf\u03c3"},
		"N1/capital I with dot above": {"key": "\u0130", "folded": "i"},
		"N1/Kelvin sign": {"key": "\u212a", "folded": "k"},
		"N1/sharp s": {"key": "\u1e9e", "folded": "\u00df"},
		"N1/beyond the basic plane": {"key": "\ud801\udc00", "folded": "\ud801\udc28"},
		"N1/long s stays": {"key": "\u017f", "folded": "\u017f"},
	}
	got := object.keys(context.texts) with input as request({case.key: "v"})
	got == {case.folded}
}

test_absent[note] if {
	some note, case in {
		"C4/no such key": {"context": {"other": "a"}, "want": true},
		"C5/empty list": {"context": {"k": []}, "want": true},
		"C5/empty string": {"context": {"k": ""}, "want": false},
		"C4/false is there": {"context": {"k": false}, "want": false},
		"C4/zero is there": {"context": {"k": 0}, "want": false},
		"C5/list of an empty string": {"context": {"k": [""]}, "want": false},
		"C2/other case": {"context": {"K": "a"}, "want": false},
	}
	got := count([1 | context.absent("k")]) == 1 with input as request(case.context)
	got == case.want
}

test_text[note] if {
	some note, case in {
		"C6/single-valued": {"context": {"k": "a"}, "want": ["a"]},
		"C5/empty string": {"context": {"k": ""}, "want": [""]},
		"C6/list": {"context": {"k": ["a"]}, "want": []},
		"C4/missing": {"context": {}, "want": []},
	}
	got := [value | value := context.text("k")] with input as request(case.context)
	got == case.want
}

test_values[note] if {
	some note, case in {
		"C7/single-valued": {"context": {"k": "a"}, "want": ["a"]},
		"C6/list": {"context": {"k": ["a", "b"]}, "want": ["a", "b"]},
		"C8/missing": {"context": {}, "want": []},
		"C5/empty list": {"context": {"k": []}, "want": []},
	}
	got := context.values("k") with input as request(case.context)
	got == case.want
}

# Whether the key counts as missing: for ForAllValues and for Null of multivalued keys, and for Null of other keys.
test_null_datasets[note] if {
	some note, case in {
		"C4/missing": {"context": {}, "want": [true, true]},
		"C5/empty list": {"context": {"k": []}, "want": [true, true]},
		"C5/empty string": {"context": {"k": ""}, "want": [true, false]},
		"C5/list of an empty string": {"context": {"k": [""]}, "want": [true, true]},
		"C5/list of empty strings": {"context": {"k": ["", ""]}, "want": [true, true]},
		"C5/an empty string beside a value": {"context": {"k": ["", "a"]}, "want": [false, false]},
		"C5/a value": {"context": {"k": "a"}, "want": [false, false]},
		"C5/a list": {"context": {"k": ["a"]}, "want": [false, false]},
		"C5/white space": {"context": {"k": [" "]}, "want": [false, false]},
		"C14/false": {"context": {"k": false}, "want": [false, false]},
		"C14/zero": {"context": {"k": [0]}, "want": [false, false]},
	}
	of_lists := [true | context.is_null_dataset("k")] with input as request(case.context)
	of_values := [true | context.is_null("k")] with input as request(case.context)
	[of_lists == [true], of_values == [true]] == case.want
}

test_dataset[note] if {
	some note, case in {
		"C4/missing": {"context": {}, "want": []},
		"C5/empty list": {"context": {"k": []}, "want": []},
		"C5/empty string": {"context": {"k": ""}, "want": []},
		"C5/list of an empty string": {"context": {"k": [""]}, "want": []},
		"C5/an empty string beside a value": {"context": {"k": ["", "a"]}, "want": ["", "a"]},
		"C7/single-valued": {"context": {"k": "a"}, "want": ["a"]},
		"C14/number": {"context": {"k": 0}, "want": ["0"]},
	}
	got := context.dataset("k") with input as request(case.context)
	got == case.want
}

test_variable[note] if {
	some note, case in {
		"V6/value": {"context": {"k": "a*"}, "want": ["a*"]},
		"C14/number": {"context": {"k": 7}, "want": ["7"]},
		"V7/missing": {"context": {}, "want": []},
		"V7/empty string": {"context": {"k": ""}, "want": []},
		"V7/empty list": {"context": {"k": []}, "want": []},
		"V8/list": {"context": {"k": ["a"]}, "want": []},
	}
	got := [value | value := context.variable("k")] with input as request(case.context)
	got == case.want
}

test_variable_with_default[note] if {
	some note, case in {
		"V4/value": {"context": {"k": "a"}, "fallback": "d", "want": "a"},
		"V4/missing": {"context": {}, "fallback": "d", "want": "d"},
		"V4/empty string": {"context": {"k": ""}, "fallback": "d", "want": "d"},
		"V8/list": {"context": {"k": ["a"]}, "fallback": "d", "want": "d"},
		"V4/empty default": {"context": {}, "fallback": "", "want": ""},
	}
	got := context.variable_or("k", case.fallback) with input as request(case.context)
	got == case.want
}

test_variable_in_a_field[note] if {
	some note, case in {
		"V9/value": {"context": {"k": "a"}, "want": ["a", "a"]},
		"V9/value with a colon": {"context": {"k": "a:b"}, "want": []},
		"V4/missing": {"context": {}, "want": ["d"]},
		"V7/missing": {"context": {"k": []}, "want": ["d"]},
	}
	got := array.concat(
		[value | value := context.field_variable("k")],
		[value | value := context.field_variable_or("k", "d")],
	) with input as request(case.context)
	got == case.want
}

test_default_with_a_colon_in_a_field if {
	not context.field_variable_or("k", "d:e") with input as request({})
}
