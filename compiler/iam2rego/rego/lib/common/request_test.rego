package iam.lib.request_test

import data.iam.lib.request

good := {
	"principal": "arn:aws:iam::111111111111:user/u",
	"action": "s3:GetObject",
	"resource": "arn:aws:s3:::b/k",
	"context": {},
}

no_principal := "`principal` names no caller"

no_action := "`action` is not of the form `service:Name`"

no_resource := "`resource` is neither `*` nor an ARN of six fields"

surrogate(member) := sprintf("%q holds a lone surrogate", [member])

too_long(member) := sprintf("%q holds text of more than 64 KiB", [member])

no_account := "`resource_account` is not an account of twelve digits"

no_management := "`resource_in_management_account` is not a boolean"

no_context := "`context` is not an object"

empty_key := "`context` has an empty key"

unusable_value := `the context key "k" holds an unusable value`

same_key := "two context keys differ only in case"

longest := sprintf("%065536d", [0])

# 32,768 characters
half := sprintf("%032768d", [0])

# 16,384 characters
quarter := sprintf("%016384d", [0])

longest_arn := sprintf("arn:::::%065528d", [0])

# The errors of a document; undefined if its normal form contradicts them.
told(document) := errors if {
	errors := request.errors with input as document
	has_none := count(errors) == 0
	is_valid(document) == has_none
}

default is_valid(_) := false

is_valid(document) if request.normal with input as document

test_a_changed_member[note] if {
	some note, case in {
		"N3/as it is": {"change": {}, "want": set()},
		"N3/any resource": {"change": {"resource": "*"}, "want": set()},
		"N3/account": {"change": {"resource_account": "222222222222"}, "want": set()},
		"N3/management account": {"change": {"resource_in_management_account": true}, "want": set()},
		"N3/action of all characters": {"change": {"action": "a.B-9:C.d_e-9"}, "want": set()},
		"N3/resource with empty fields": {"change": {"resource": "arn:::::"}, "want": set()},
		"N3/resource with more colons": {"change": {"resource": "arn:aws:sns:r:1:t:s"}, "want": set()},
		"N3/resource with a newline": {"change": {"resource": "arn:aws:s3:::b/\n"}, "want": set()},
		"R12/resource with a star": {"change": {"resource": "arn:aws:s3:::b/*"}, "want": set()},
		"N3/resource of 64 KiB": {"change": {"resource": longest_arn}, "want": set()},
		"N3/unknown member": {"change": {"actions": []}, "want": {`unknown member "actions"`}},
		"N3/member in other case": {"change": {"Action": "s3:GetObject"}, "want": {`unknown member "Action"`}},
		"N3/hostile member": {"change": {"\"\n": 1}, "want": {`unknown member "\"\n"`}},
		"N3/principal is null": {"change": {"principal": null}, "want": {no_principal}},
		"N3/principal is a group": {"change": {"principal": "arn:aws:iam::111111111111:group/g"}, "want": {no_principal}},
		"A1/wildcard in the action": {"change": {"action": "s3:*"}, "want": {no_action}},
		"N3/action without prefix": {"change": {"action": "GetObject"}, "want": {no_action}},
		"N3/action with an empty prefix": {"change": {"action": ":GetObject"}, "want": {no_action}},
		"N3/action with an empty name": {"change": {"action": "s3:"}, "want": {no_action}},
		"N3/action with two colons": {"change": {"action": "s3:Get:Object"}, "want": {no_action}},
		"N3/action with underscore in the prefix": {"change": {"action": "s_3:GetObject"}, "want": {no_action}},
		"N3/action with a space": {"change": {"action": "s3:GetObject "}, "want": {no_action}},
		"N3/action with a newline": {"change": {"action": "s3:GetObject\n"}, "want": {no_action}},
		"N3/action of other letters": {"change": {"action": "s3:G\u00e9t"}, "want": {no_action}},
		"N3/action is a number": {"change": {"action": 1}, "want": {no_action}},
		"N3/action is a list": {"change": {"action": ["s3:GetObject"]}, "want": {no_action}},
		"N3/action of more than 64 KiB": {"change": {"action": concat("", ["s3:", longest])}, "want": {too_long("action")}},
		"N3/resource of five fields": {"change": {"resource": "arn:aws:s3::b"}, "want": {no_resource}},
		"N3/resource of two stars": {"change": {"resource": "**"}, "want": {no_resource}},
		"N3/resource in capitals": {"change": {"resource": "ARN:aws:s3:::b"}, "want": {no_resource}},
		"N3/resource after a space": {"change": {"resource": " arn:aws:s3:::b"}, "want": {no_resource}},
		"N3/empty resource": {"change": {"resource": ""}, "want": {no_resource}},
		"N3/resource is null": {"change": {"resource": null}, "want": {no_resource}},
		"N3/resource with a lone surrogate": {"change": {"resource": "arn:aws:s3:::\ufffd"}, "want": {surrogate("resource")}},
		"N3/resource of more than 64 KiB": {"change": {"resource": concat("", ["arn:::::", longest])}, "want": {too_long("resource")}},
		"N3/account of eleven digits": {"change": {"resource_account": "11111111111"}, "want": {no_account}},
		"N3/account of thirteen digits": {"change": {"resource_account": "1111111111111"}, "want": {no_account}},
		"N3/account is a number": {"change": {"resource_account": 111111111111}, "want": {no_account}},
		"N3/account is null": {"change": {"resource_account": null}, "want": {no_account}},
		"N3/account with a newline": {"change": {"resource_account": "111111111111\n"}, "want": {no_account}},
		"N3/management account is text": {"change": {"resource_in_management_account": "true"}, "want": {no_management}},
		"N3/management account is null": {"change": {"resource_in_management_account": null}, "want": {no_management}},
		"N3/context is null": {"change": {"context": null}, "want": {no_context}},
		"N3/context is a list": {"change": {"context": []}, "want": {no_context}},
		"N3/context is text": {"change": {"context": "k"}, "want": {no_context}},
	}
	got := told(object.union(good, case.change))
	got == case.want
}

test_a_missing_member[note] if {
	some note, want in {
		"principal": {no_principal},
		"action": {no_action},
		"resource": {no_resource},
		"context": {no_context},
	}
	got := told(object.remove(good, {note}))
	got == want
}

test_context[note] if {
	some note, case in {
		"N3/text": {"json": `{"k": "a"}`, "want": set()},
		"N3/empty text": {"json": `{"k": ""}`, "want": set()},
		"N3/number": {"json": `{"k": 1e39}`, "want": set()},
		"N3/boolean": {"json": `{"k": false}`, "want": set()},
		"N3/list": {"json": `{"k": ["a", 1, true]}`, "want": set()},
		"N3/empty list": {"json": `{"k": []}`, "want": set()},
		"N3/null": {"json": `{"k": null}`, "want": {unusable_value}},
		"N3/object": {"json": `{"k": {}}`, "want": {unusable_value}},
		"N3/null in a list": {"json": `{"k": ["a", null]}`, "want": {unusable_value}},
		"N3/list in a list": {"json": `{"k": [["a"]]}`, "want": {unusable_value}},
		"N3/object in a list": {"json": `{"k": [{}]}`, "want": {unusable_value}},
		"N2/number of too many digits": {"json": `{"k": 1e40}`, "want": {unusable_value}},
		"N2/number beyond a double": {"json": `{"k": 1e309}`, "want": {unusable_value}},
		"N2/number of too many digits in a list": {"json": `{"k": [1e-41]}`, "want": {unusable_value}},
		"N3/lone surrogate": {"json": `{"k": "\ufffd"}`, "want": {surrogate("context")}},
		"N3/lone surrogate in a list": {"json": `{"k": ["\ufffd"]}`, "want": {surrogate("context")}},
		"N3/lone surrogate in a key": {"json": `{"\ufffd": "a"}`, "want": {surrogate("context")}},
		"N3/empty key": {"json": `{"": "a"}`, "want": {empty_key}},
		"C2/keys that fold to one": {"json": `{"k": "a", "K": "b"}`, "want": {same_key}},
		"C2/keys that fold to one, of one value": {"json": `{"aws:UserName": "a", "aws:username": "a"}`, "want": {same_key}},
		"N1/capital I with dot above folds to i": {"json": `{"\u0130": "a", "i": "a"}`, "want": {same_key}},
		"N1/final sigma does not fold": {"json": `{"\u03c3": "a", "\u03c2": "a"}`, "want": set()},
		"N3/several faults": {"json": `{"": null, "k": null}`, "want": {
			empty_key,
			unusable_value,
			`the context key "" holds an unusable value`,
		}},
	}
	got := told(object.union(good, {"context": json.unmarshal(case.json)}))
	got == case.want
}

test_long_text_in_the_context[note] if {
	some note, case in {
		"N3/value of 64 KiB": {"context": {"k": longest}, "want": 0},
		"N3/value of more": {"context": {"k": concat("", [longest, "0"])}, "want": 1},
		"N3/item of more": {"context": {"k": [concat("", [longest, "0"])]}, "want": 1},
		"N3/value of 64 KiB, two bytes each": {"context": {"k": replace(half, "0", "\u00e9")}, "want": 0},
		"N3/value of one byte more than that": {"context": {"k": concat("", [replace(half, "0", "\u00e9"), "0"])}, "want": 1},
		"N3/value of 64 KiB, four bytes each": {"context": {"k": replace(quarter, "0", "\ud83d\ude00")}, "want": 0},
		"N3/value of four bytes more": {"context": {"k": replace(concat("", [quarter, "0"]), "0", "\ud83d\ude00")}, "want": 1},
		"N3/key of 64 KiB": {"context": {longest: "a"}, "want": 0},
		"N3/key of more": {"context": {concat("", [longest, "0"]): "a"}, "want": 1},
	}
	got := count(told(object.union(good, {"context": case.context})))
	got == case.want
}

test_a_request_that_is_no_object[note] if {
	some note, value in {"list": [], "text": "a", "number": 1, "boolean": true, "null": null}
	"the request is not an object" in told(value)
}

test_the_items_of_a_list_are_no_members if {
	not `unknown member 0` in request.errors with input as ["a"]
}

test_no_request_is_refused if {
	"the request is not an object" in request.errors
	not request.normal
}

test_the_normal_form_says_who_asks_and_folds_the_action if {
	normal := request.normal with input as object.union(good, {"action": "S3:Get\u004fbject"})
	normal == object.union(good, {
		"action": "s3:getobject",
		"caller": {
			"kind": "user",
			"partition": "aws",
			"account": "111111111111",
			"arn": "arn:aws:iam::111111111111:user/u",
			"path": ["user", "u"],
		},
	})
}

test_the_refusal_lists_the_errors_in_order if {
	request.refusal == {
		"decision": "implicitDeny",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": [],
		"errors": [no_action, no_resource],
	} with input as object.union(good, {"action": "", "resource": ""})
}
