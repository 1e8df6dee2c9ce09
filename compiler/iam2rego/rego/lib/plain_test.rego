package iam.lib.plain_test

import data.iam.lib.plain

user := "arn:aws:iam::111111111111:user/p/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

queue := "arn:aws:sqs:r:111111111111:q"

asking := {"principal": user, "action": "SQS:SendMessage", "resource": queue, "context": {"k": "v"}}

attachments := {
	"accounts": {"111111111111": {user: {"identity": {"allow": ["u"]}}, "r": {"identity": {"allow": ["r"]}}}},
	"everybody": {"identity": {"allow": ["e"]}},
}

asked(change) := object.union(asking, change)

# How a plain request is read; a case says what is otherwise than in the first one.
test_plain_requests[note] if {
	some note, case in {
		"E5/user": {"change": {}, "want": {}},
		"E5/user whom no export holds": {"change": {"principal": "arn:aws:iam::111111111111:user/u"}, "want": {"own": "e"}},
		"E5/user of another account": {
			"change": {"principal": "arn:aws:iam::222222222222:user/p/u", "resource": "*"},
			"want": {"own": "e", "resource": "*"},
		},
		"E6/session": {"change": {"principal": session}, "want": {"own": "r"}},
		"E6/session of a role that no export holds": {
			"change": {"principal": "arn:aws:sts::111111111111:assumed-role/q/r"},
			"want": {"own": "e"},
		},
		"E4/resource of no account": {"change": {"resource": "arn:aws:s3:::b"}, "want": {"resource": "arn:aws:s3:::b"}},
		"E4/any resource": {"change": {"resource": "*"}, "want": {"resource": "*"}},
		"N3/colons and slashes": {"change": {"resource": "arn:aws:s3:::b/:/"}, "want": {"resource": "arn:aws:s3:::b/:/"}},
		"N3/no context": {"change": {"context": {}}, "want": {"context": {}}},
	}
	request := object.remove(asked(case.change), ["context"])
	plain.request == object.union(
		{
			"action": "sqs:sendmessage",
			"resource": queue,
			"context": object.get(case.change, "context", {"k": "v"}),
			"own": {"identity": {"allow": [object.get(case.want, "own", "u")]}},
		},
		object.remove(case.want, ["own", "context"]),
	) with input as object.union(request, {"context": object.get(case.change, "context", {"k": "v"})})
		with data.iam.attachments as attachments
}

longest := sprintf("%016000d", [0])

test_a_long_request_is_plain if {
	plain.request with input as asked({"context": {"k": longest}})
		with data.iam.attachments as attachments
}

# These are for `request` to read, or to refuse.
test_other_requests[note] if {
	some note, change in {
		"E8/root": {"principal": "arn:aws:iam::111111111111:root"},
		"P5/role": {"principal": "arn:aws:iam::111111111111:role/r"},
		"E7/federated user": {"principal": "arn:aws:sts::111111111111:federated-user/u"},
		"E10/anonymous": {"principal": "*"},
		"N3/more is known of the caller": {"principal": {"arn": user}},
		"N3/user of sts": {"principal": "arn:aws:sts::111111111111:user/u"},
		"N3/session of iam": {"principal": "arn:aws:iam::111111111111:assumed-role/r/s"},
		"N3/no partition": {"principal": "arn::iam::111111111111:user/u"},
		"N3/account": {"principal": "arn:aws:iam::11111111111:user/u"},
		"N3/account of a session": {"principal": "arn:aws:sts::11111111111:assumed-role/r/s"},
		"N3/no name": {"principal": "arn:aws:iam::111111111111:user/"},
		"N3/no role": {"principal": "arn:aws:sts::111111111111:assumed-role//s"},
		"N3/no session": {"principal": "arn:aws:sts::111111111111:assumed-role/r/"},
		"N3/lines in the caller": {"principal": concat("\n", [user, "*"])},
		"N3/lines in the session": {"principal": concat("\n", [session, "*"])},
		"N3/action": {"action": "SendMessage"},
		"N3/lines in the action": {"action": concat("\n", ["s3:GetObject", user])},
		"E14/STS": {"action": "STS:AssumeRole"},
		"N3/resource": {"resource": "b"},
		"N3/resource of five fields": {"resource": "arn:aws:sqs:r:111111111111"},
		"N3/lines in the resource": {"resource": "arn:aws:s3:::b\n"},
		"E4/resource of another account": {"resource": "arn:aws:sqs:r:222222222222:q"},
		"E4/resource of no account's digits": {"resource": "arn:aws:iam::aws:policy/X"},
		"E9/resource of another partition": {"resource": "arn:aws-cn:sqs:r:111111111111:q"},
		"E9/resource of no partition": {"resource": "arn::sqs:r:111111111111:q"},
		"E4/account of the resource": {"resource_account": "111111111111"},
		"N3/lists": {"context": {"k": ["v"]}},
		"N3/numbers": {"context": {"k": "v", "n": 1}},
		"N3/empty key": {"context": {"": "v"}},
		"C2/keys that fold to one": {"context": {"k": "v", "K": "v"}},
		"N3/lone surrogate": {"context": {"k": "\ufffd"}},
		"N3/lone surrogate in a key": {"context": {"\ufffd": "v"}},
		"N3/too long": {"context": {"k": concat("", [longest, longest])}},
	}
	not plain.request with input as asked(change)
		with data.iam.attachments as attachments
}

test_a_context_of_another_type[note] if {
	some note, context in {"list": [], "text": "", "number": 1, "texts": ["k"]}
	not plain.request with input as object.union(object.remove(asking, ["context"]), {"context": context})
		with data.iam.attachments as attachments
}

test_where_other_policies_are if {
	not plain.request with input as asking
		with data.iam.attachments as object.union(attachments, {"others": {}})
}
