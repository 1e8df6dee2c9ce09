package iam.lib.grants_test

import data.iam.lib.decide
import data.iam.lib.document
import data.iam.lib.grants
import data.iam.lib.ordinary_grants_test.ordinary
import data.iam.lib.request
import data.iam.lib.strict_grants_test.strict

bucket := "arn:aws:s3:::b"

asked(case) := normal if {
	owner := {"resource_account": given | given := case.of}
	normal := request.normal with input as object.union(owner, {
		"principal": case.by,
		"action": object.get(case, "action", "s3:getobject"),
		"resource": object.get(case, "on", bucket),
		"context": {},
	})
}

attached(case) := object.union({"simulated": true | case.simulated}, {
	"accounts": [],
	"principals": {},
	"everybody": {},
	"others": object.union(resource(case), {"everybody": held(case)}),
})

held(case) := {type: {"allow": [name]} |
	some type, name in {"identity": "i", "permissions_boundary": "B", "session": "S"}
	name in ({"i"} | object.keys(case))
}

resource(case) := {"resource": {"every": {"allow": ["r"]}}} if case.RB

resource(case) := {} if not case.RB

policies(case) := {
	"i": {"allow": members(case.I)},
	"B": {"allow": members(object.get(case, "B", false))},
	"S": {"allow": members(object.get(case, "S", false))},
	"r": {"allow": {[index, kind] | some index, kind in object.get(case, "RB", [])}},
}

members(true) := {0}

members(false) := set()

statements(case) := {
	"i": {"policy": "i", "statements": [named("identity")]},
	"r": {"policy": "r", "statements": [named(sprintf("resource %s", [kind])) | some kind in object.get(case, "RB", [])]},
}

named(sid) := [sid, 1, 2, 3, 4, []]

test_grants[note] if {
	some note, case in object.union(ordinary, strict)
	answer := document.document with input as asked(case)
		with data.iam.attachments as attached(case)
		with data.iam.policies as policies(case)
		with data.iam.statements as statements(case)
	[answer.decision, [match.sid | some match in answer.matched_statements], answer.denied_by] == case.want
}

test_allow_agrees_with_the_document[note] if {
	some note, case in object.union(ordinary, strict)
	allow := decide.allow with input as asked(case)
		with data.iam.attachments as attached(case)
		with data.iam.policies as policies(case)
	allow == object.get({"allowed": true}, case.want[0], false)
}

test_between[note] if {
	some note, case in {
		"E4/any resource": {"resource": "*", "want": "nothing"},
		"E4/no account": {"resource": "arn:aws:s3:::b", "want": "nothing"},
		"E4/account": {"resource": "arn:aws:sqs:r:222222222222:q", "want": "account"},
		"E9/partition": {"resource": "arn:aws-cn:s3:::b", "want": "partition"},
		"E9/partition and account": {"resource": "arn:aws-cn:sqs:r:222222222222:q", "want": "partition"},
	}
	grants.between == case.want with input as {
		"resource": case.resource,
		"caller": {"partition": "aws", "account": "111111111111", "arn": "arn:aws:iam::111111111111:user/u"},
	}
}

test_every_resource_is_of_another_account_than_a_service if {
	grants.between == "account" with input as {"resource": "*", "caller": {"kind": "service"}}
}
