package iam.lib.requirements_test

import data.iam.lib.requirements

user := "arn:aws:iam::111111111111:user/u"

request := {
	"principal": user,
	"caller": {"kind": "user", "partition": "aws", "account": "111111111111", "arn": user},
	"action": "s3:getobject",
	"resource": "arn:aws:s3:::b/k",
	"context": {"k": "v", "n": "5", "list": ["v", "w"], "words": ["ten"], "empty": [], "blank": "", "blanks": ["", ""], "Upper": "v", "UPPERS": ["v"]},
}

with_number(quantifier, key) := [quantifier, key, "decimal", "<", "6"]

with_text(quantifier, key, prefix) := [quantifier, key, "text", "starts", prefix]

# A statement with one requirement.
test_a_requirement[note] if {
	some note, case in {
		"A5/action of any service": {"asks": ["action", "like", ["*:get*"]], "want": true},
		"A5/no action of any service": {"asks": ["action", "like", ["*:put*"]], "want": false},
		"A8/NotAction": {"asks": ["not_action", "like", ["*:put*"]], "want": true},
		"A8/excluded action": {"asks": ["not_action", "like", ["*:get*"]], "want": false},
		"R2/resource": {"asks": ["resource", "arn_like", ["arn:**:b/k"]], "want": true},
		"R2/another resource": {"asks": ["resource", "arn_like", ["arn:**:c/k"]], "want": false},
		"R4/one of the resources": {"asks": ["resource_in", ["arn:aws:s3:::b", "arn:aws:s3:::b/k"]], "want": true},
		"R4/none of the resources": {"asks": ["resource_in", ["arn:aws:s3:::b"]], "want": false},
		"R6/prefix": {"asks": ["resource_starts", "arn:aws:s3:::b/"], "want": true},
		"R6/no prefix": {"asks": ["resource_starts", "arn:aws:s3:::c/"], "want": false},
		"R6/glob": {"asks": ["resource_like", ["x", "arn:*/?"]], "want": true},
		"R6/no glob": {"asks": ["resource_like", ["x", "arn:*/??"]], "want": false},
		"R10/NotResource": {"asks": ["not_resource", "starts", "arn:aws:s3:::c/"], "want": true},
		"R10/excluded resource": {"asks": ["not_resource", "starts", "arn:aws:s3:::b/"], "want": false},
		"R10/variables with values": {"asks": ["resolved", ["k", "n"]], "want": true},
		"R10/a variable without a value": {"asks": ["resolved", ["k", "x"]], "want": false},
		"R10/a variable without text": {"asks": ["resolved", ["blank", "k"]], "want": false},
		"V8/a variable with a list": {"asks": ["resolved", ["list"]], "want": false},
		"P4/named": {"asks": ["include", {"arn": [user]}], "want": true},
		"P4/not named": {"asks": ["include", {"arn": ["x"]}], "want": false},
		"L2/not excluded": {"asks": ["exclude", {"arn": ["x"]}], "want": true},
		"L2/excluded": {"asks": ["exclude", {"arn": [user]}], "want": false},
		"P10/not exempt": {"asks": ["not_exempt", {"arn": [user]}], "want": true},
		"P10/exempt": {"asks": ["not_exempt", {"arn": [user], "account": ["111111111111"]}], "want": false},
		"P1/of some kind": {"asks": ["kind", {"account": ["111111111111"]}], "want": true},
		"P1/of no kind": {"asks": ["kind", {"account": ["222222222222"]}], "want": false},
		"C3/equal": {"asks": ["equals", "k", ["u", "v"]], "want": true},
		"C3/not equal": {"asks": ["equals", "k", ["u"]], "want": false},
		"C6/list is no text": {"asks": ["equals", "list", ["v", "w"]], "want": false},
		"C4/nothing is equal to a missing key": {"asks": ["equals", "x", ["v"]], "want": false},
		"C13/is": {"asks": with_text("is", "k", "v"), "want": true},
		"C13/is not": {"asks": with_text("is", "k", "w"), "want": false},
		"C4/missing": {"asks": with_text("is", "x", ""), "want": false},
		"C6/list": {"asks": with_text("is", "list", ""), "want": false},
		"C16/number": {"asks": with_number("is", "n"), "want": true},
		"C15/no number": {"asks": with_number("is", "k"), "want": false},
		"C4/IfExists, missing": {"asks": with_text("is_if_exists", "x", "v"), "want": true},
		"C5/IfExists, empty list": {"asks": with_text("is_if_exists", "empty", "v"), "want": true},
		"C4/IfExists, there": {"asks": with_text("is_if_exists", "k", "v"), "want": true},
		"C4/IfExists, other": {"asks": with_text("is_if_exists", "k", "w"), "want": false},
		"C4/negated, missing": {"asks": with_text("is_not", "x", "v"), "want": true},
		"C3/negated, other": {"asks": with_text("is_not", "k", "w"), "want": true},
		"C3/negated, the same": {"asks": with_text("is_not", "k", "v"), "want": false},
		"C6/negated, list": {"asks": with_text("is_not", "list", "x"), "want": false},
		"C15/negated, no number": {"asks": with_number("is_not", "k"), "want": false},
		"C16/negated, number": {"asks": ["is_not", "n", "decimal", "<", "5"], "want": true},
		"C7/all": {"asks": ["all", "list", "text", "in", ["v", "w"]], "want": true},
		"C7/not all": {"asks": ["all", "list", "text", "in", ["v"]], "want": false},
		"C7/all of none": {"asks": ["all", "x", "text", "in", ["v"]], "want": true},
		"C7/all of one": {"asks": ["all", "k", "text", "in", ["v"]], "want": true},
		"C8/all differ": {"asks": ["all_not", "list", "text", "in", ["x"]], "want": true},
		"C8/one does not differ": {"asks": ["all_not", "list", "text", "in", ["w"]], "want": false},
		"C8/none to differ": {"asks": ["all_not", "x", "text", "in", ["w"]], "want": true},
		"C15/all differ, no number": {"asks": with_number("all_not", "words"), "want": false},
		"C9/any": {"asks": ["any", "list", "text", "in", ["w"]], "want": true},
		"C9/not any": {"asks": ["any", "list", "text", "in", ["x"]], "want": false},
		"C9/any of none": {"asks": ["any", "x", "text", "in", ["x"]], "want": false},
		"C9/any differs": {"asks": ["any_not", "list", "text", "in", ["w"]], "want": true},
		"C9/none differs": {"asks": ["any_not", "list", "text", "in", ["v", "w"]], "want": false},
		"C9/none to differ": {"asks": ["any_not", "x", "text", "in", ["v"]], "want": false},
		"C15/any differs, no number": {"asks": with_number("any_not", "words"), "want": false},
		"C5/all of an empty text": {"asks": ["all", "blank", "text", "in", ["v"]], "want": true},
		"C5/all of empty texts": {"asks": ["all", "blanks", "text", "in", ["v"]], "want": true},
		"C5/all of an empty text differ": {"asks": ["all_not", "blank", "text", "in", [""]], "want": true},
		"C5/any of empty texts": {"asks": ["any", "blanks", "text", "in", [""]], "want": true},
		"C5/any of an empty text differs": {"asks": ["any_not", "blank", "text", "in", ["v"]], "want": true},
		"C5/an empty text is there": {"asks": ["present", "blank"], "want": true},
		"C5/empty texts are there": {"asks": ["absent", "blanks"], "want": false},
		"C5/null dataset": {"asks": ["null_dataset", "blank"], "want": true},
		"C5/null dataset, a value": {"asks": ["null_dataset", "k"], "want": false},
		"C5/no null dataset": {"asks": ["not_null_dataset", "list"], "want": true},
		"C5/no null dataset, an empty text": {"asks": ["not_null_dataset", "blank"], "want": false},
		"C5/no null dataset, missing": {"asks": ["not_null_dataset", "x"], "want": false},
		"C5/null, empty texts": {"asks": ["null", "blanks"], "want": true},
		"C5/null, missing": {"asks": ["null", "x"], "want": true},
		"C5/null, an empty text": {"asks": ["null", "blank"], "want": false},
		"C5/not null, an empty text": {"asks": ["not_null", "blank"], "want": true},
		"C5/not null, empty texts": {"asks": ["not_null", "blanks"], "want": false},
		"C5/not null, missing": {"asks": ["not_null", "x"], "want": false},
		"C11/absent": {"asks": ["absent", "x"], "want": true},
		"C11/not absent": {"asks": ["absent", "k"], "want": false},
		"C11/present": {"asks": ["present", "k"], "want": true},
		"C11/not present": {"asks": ["present", "empty"], "want": false},
		"C27/single": {"asks": ["single_if_exists", "k"], "want": true},
		"C27/missing": {"asks": ["single_if_exists", "x"], "want": true},
		"C27/list": {"asks": ["single_if_exists", "list"], "want": false},
		"C2/key in other case": {"asks": ["equals", "upper", ["v"]], "want": true},
		"C2/single, key in other case": {"asks": ["single_if_exists", "uppers"], "want": false},
		"C2/single, there in other case": {"asks": ["single_if_exists", "upper"], "want": true},
		"nothing is ever met": {"asks": ["never"], "want": false},
	}
	got := count([1 | requirements.hold("p", 0)]) > 0 with input as request
		with data.iam.policies as {"p": [[case.asks]]}
	got == case.want
}

holding := ["equals", "k", ["v"]]

failing := ["equals", "k", ["w"]]

of_nobody := ["include", {"arn": ["x"]}]

of_user := ["include", {"arn": [user]}]

test_all_requirements_of_a_statement[note] if {
	some note, case in {
		"E3/none": {"asks": [], "hold": true, "concern": true},
		"E3/both hold": {"asks": [of_user, holding], "hold": true, "concern": true},
		"E3/first fails": {"asks": [failing, holding], "hold": false, "concern": true},
		"E3/last fails": {"asks": [holding, failing], "hold": false, "concern": true},
		"D/another caller": {"asks": [holding, of_nobody], "hold": false, "concern": false},
		"D/another action": {"asks": [["action", "in", ["s3:putobject"]]], "hold": false, "concern": false},
		"D/an excluded action": {"asks": [["not_action", "in", ["s3:getobject"]]], "hold": false, "concern": false},
		"D/an excluded caller": {"asks": [["exclude", {"arn": [user]}]], "hold": false, "concern": false},
		"D/an exempt caller": {
			"asks": [["not_exempt", {"arn": [user], "account": ["111111111111"]}]],
			"hold": false,
			"concern": false,
		},
		"D/a caller of no kind": {"asks": [["kind", {"arn": ["x"]}]], "hold": false, "concern": false},
		"D/never, but about the caller": {"asks": [of_user, ["never"]], "hold": false, "concern": true},
	}
	policies := {"p": [[failing], case.asks]}
	holds := count([1 | requirements.hold("p", 1)]) > 0 with input as request with data.iam.policies as policies
	concerns := count([1 | requirements.concern("p", 1)]) > 0 with input as request with data.iam.policies as policies
	[holds, concerns] == [case.hold, case.concern]
}

test_no_statement_holds_that_is_not_there if {
	not requirements.hold("p", 1) with input as request with data.iam.policies as {"p": [[]]}
	not requirements.hold("q", 0) with input as request with data.iam.policies as {"p": [[]]}
}
