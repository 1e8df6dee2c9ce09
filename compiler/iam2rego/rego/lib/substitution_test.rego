package iam.lib.substitution_test

import data.iam.lib.substitution

a := {"key": "a"}

b := {"key": "b"}

missing := {"key": "missing"}

or_nothing := {"key": "missing", "otherwise": ""}

in_field(variable) := object.union(variable, {"bounded": true})

any_run := ["like", "*"]

empty := ["like", ""]

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
		"V6/cut without variables": {"text": "abc", "pattern": ["cut", [["like", "a*c"]]], "want": true},
		"V6/cut without variables, no match": {"text": "abd", "pattern": ["cut", [["like", "a*c"]]], "want": false},
		"V6/between globs": {"text": "1-x-2", "pattern": ["cut", [["like", "1*"], a, ["like", "*2"]]], "want": true},
		"V6/not between globs": {"text": "1-y-2", "pattern": ["cut", [["like", "1*"], a, ["like", "*2"]]], "want": false},
		"V6/first glob does not match": {"text": "2-x", "pattern": ["cut", [["like", "1*"], a, empty]], "want": false},
		"V6/last glob does not match": {"text": "x-1", "pattern": ["cut", [empty, a, ["like", "*2"]]], "want": false},
		"V6/second occurrence": {"text": "x1x2", "pattern": ["cut", [any_run, a, ["like", "2*"]]], "want": true},
		"V6/variables side by side": {"text": "xy:z.", "pattern": ["cut", [empty, a, empty, b, ["like", "?"]]], "want": true},
		"V6/in their order": {"text": "y:z-x", "pattern": ["cut", [empty, a, any_run, b, empty]], "want": false},
		"V6/not twice from one": {"text": "x", "pattern": ["cut", [any_run, a, any_run, a, any_run]], "want": false},
		"V6/twice": {"text": "x-x", "pattern": ["cut", [any_run, a, any_run, a, any_run]], "want": true},
		"V7/unresolvable among globs": {"text": "11", "pattern": ["cut", [any_run, missing, any_run]], "want": false},
		"V4/empty default among globs": {"text": "12", "pattern": ["cut", [["like", "1"], or_nothing, ["like", "2"]]], "want": true},
		"R7/star before stays in its field": {"text": "a:bx", "pattern": ["cut", [["arn_like", "a*"], a, any_run]], "want": false},
		"R7/star before in its field": {"text": "abx", "pattern": ["cut", [["arn_like", "a*"], a, any_run]], "want": true},
		"R12/star in a value is a character": {"text": "x", "pattern": ["equal", [{"key": "star"}]], "want": false},
	}
	got := count([1 | substitution.matches(case.text, case.pattern)]) > 0
		with input as {"context": {"a": "x", "b": "y:z", "star": "*", "Upper": "v"}}
	got == case.want
}
