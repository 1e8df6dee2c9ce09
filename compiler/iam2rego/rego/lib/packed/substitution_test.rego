package iam.lib.substitution_test

import data.iam.lib.substitution

a := {"key": "a"}

b := {"key": "b"}

missing := {"key": "missing"}

or_nothing := {"key": "missing", "otherwise": ""}

in_field(variable) := object.union(variable, {"bounded": true})

# The context has `x` as `a` and `y:z` as `b`.
test_matches[note] if {
	some note, case in {
		"V6/equal": {"text": "1x2", "pattern": ["equal", ["1", a, "2"]], "want": true},
		"V3/key in other case": {"text": "v", "pattern": ["equal", [{"key": "upper"}]], "want": true},
		"V6/not equal": {"text": "1y2", "pattern": ["equal", ["1", a, "2"]], "want": false},
		"V6/more than equal": {"text": "1x23", "pattern": ["equal", ["1", a, "2"]], "want": false},
		"V6/two variables": {"text": "xy:z", "pattern": ["equal", [a, b]], "want": true},
		"V7/unresolvable": {"text": "1", "pattern": ["equal", ["1", missing]], "want": false},
		"V4/default": {"text": "1d", "pattern": ["equal", ["1", {"key": "missing", "otherwise": "d"}]], "want": true},
		"V4/empty default": {"text": "1", "pattern": ["equal", ["1", or_nothing]], "want": true},
		"V4/value beats default": {"text": "x", "pattern": ["equal", [object.union(a, {"otherwise": "d"})]], "want": true},
		"V9/value in its field": {"text": "x", "pattern": ["equal", [in_field(a)]], "want": true},
		"V9/value with a colon": {"text": "y:z", "pattern": ["equal", [in_field(b)]], "want": false},
		"V9/colon where it may": {"text": "y:z", "pattern": ["equal", [b]], "want": true},
		"V6/starts": {"text": "1x2", "pattern": ["starts", ["1", a]], "want": true},
		"V6/does not start": {"text": "1y2", "pattern": ["starts", ["1", a]], "want": false},
		"V7/nothing starts": {"text": "1x2", "pattern": ["starts", [missing]], "want": false},
		"C12/folded": {"text": "ax", "pattern": ["folded", ["A", a]], "want": true},
		"C12/not folded": {"text": "bx", "pattern": ["folded", ["A", a]], "want": false},
		"V6/ends": {"text": "1x2", "pattern": ["ends", [a, "2"]], "want": true},
		"V6/does not end": {"text": "1x3", "pattern": ["ends", [a, "2"]], "want": false},
		"V6/holds": {"text": "1x2", "pattern": ["holds", [a]], "want": true},
		"V6/does not hold": {"text": "1y2", "pattern": ["holds", [a]], "want": false},
		"V7/nothing ends": {"text": "x", "pattern": ["ends", [missing]], "want": false},
		"V7/nothing holds": {"text": "x", "pattern": ["holds", [missing]], "want": false},
		"V6/a text": {"text": "1", "pattern": ["equal", "1"], "want": true},
		"V6/in order": {"text": "1-x-2", "pattern": ["ordered", ["1", [a], "2"]], "want": true},
		"V6/not in order": {"text": "1-y-2", "pattern": ["ordered", ["1", [a], "2"]], "want": false},
		"V6/with a question mark": {"text": "1-x.2", "pattern": ["ordered", ["1", {"texts": [[a], "2"]}]], "want": true},
		"V6/without its one character": {"text": "1-x2", "pattern": ["ordered", ["1", {"texts": [[a], "2"]}]], "want": false},
		"V7/unresolvable in order": {"text": "11", "pattern": ["ordered", ["", [missing], ""]], "want": false},
		"V7/unresolvable beside a question mark": {"text": "1a", "pattern": ["ordered", [{"texts": ["1", [missing]]}]], "want": false},
		"V4/empty default in order": {"text": "12", "pattern": ["ordered", ["1", [or_nothing], "2"]], "want": true},
		"C22/field by field": {"text": "arn:x:s:r:a:y", "pattern": ["fields", [["arn"], [[a]], ["s"], ["", "r"], ["a"], ["", "y"]]], "want": true},
		"C22/a star stays in its field": {"text": "arn:x:s:q:r:a:y", "pattern": ["fields", [["arn"], [[a]], ["s"], ["", "r"], ["a"], ["", "y"]]], "want": false},
		"R7/a star that ends a field": {"text": "arn:s:q:t:r:a:y", "pattern": ["resource", [["arn"], ["s"], ["q", ""], ["", "r"], ["a"], ["y"]], [2]], "want": true},
		"R7/a star that ends no field": {"text": "arn:s:q:q:r:a:y", "pattern": ["resource", [["arn"], ["s"], ["q"], ["", "r"], ["a"], ["y"]], []], "want": false},
		"V7/unresolvable in a field": {"text": "arn:s:q:r:a:y", "pattern": ["resource", [["arn"], ["s"], ["q"], ["", "r"], ["a"], [[missing]]], []], "want": false},
		"R12/star in a value is a character": {"text": "x", "pattern": ["equal", [{"key": "star"}]], "want": false},
	}
	got := count([1 | substitution.matches(case.text, case.pattern)]) > 0
		with input as {"context": {"a": "x", "b": "y:z", "star": "*", "Upper": "v"}}
	got == case.want
}
