package iam.lib.fast_path_test

import data.iam.lib.fast_path

user := "arn:aws:iam::111111111111:user/p/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

queue := "arn:aws:sqs:r:111111111111:q"

asking := {"principal": user, "action": "SQS:SendMessage", "resource": queue, "context": {"k": "v"}}

attachments := {
	"accounts": ["111111111111"],
	"principals": {
		user: {"identity": {"allow": ["u"]}},
		"arn:aws:sts::111111111111:assumed-role/r/": {"identity": {"allow": ["r"]}},
	},
	"everybody": {},
}

of_everybody := {"accounts": [], "principals": {}, "everybody": {"identity": {"allow": ["e"]}}}

asked(change) := object.union(asking, change)

allowing(name) := {each: {"allow": {0 | each == name}, "deny": set()} | some each in ["u", "r", "e"]}

# How a plain request is read; each case has its differences from the first one, and the policy that decides.
test_plain_requests[note] if {
	some note, case in {
		"E5/user": {"change": {}, "want": "u"},
		"E5/user of everybody": {"change": {}, "attached": of_everybody, "want": "e"},
		"E5/user whom no export holds": {"change": {"principal": "arn:aws:iam::111111111111:user/u"}, "want": "nobody"},
		"E5/user of another account": {
			"change": {"principal": "arn:aws:iam::222222222222:user/p/u", "resource": "*"},
			"want": "nobody",
		},
		"E6/session": {"change": {"principal": session}, "want": "r"},
		"E6/session of everybody": {"change": {"principal": session}, "attached": of_everybody, "want": "e"},
		"E6/session of a role that no export holds": {
			"change": {"principal": "arn:aws:sts::111111111111:assumed-role/q/r"},
			"want": "nobody",
		},
		"E4/resource of no account": {"change": {"resource": "arn:aws:s3:::b"}, "want": "u"},
		"E4/any resource": {"change": {"resource": "*"}, "want": "u"},
		"N3/colons and slashes": {"change": {"resource": "arn:aws:s3:::b/:/"}, "want": "u"},
		"V6/braces and quotes": {"change": {"context": {"k": "}\n\"{"}}, "want": "u"},
	}
	answers := {name: answer |
		some name in ["u", "r", "e"]
		answer := fast_path.allow with input as asked(case.change)
			with data.iam.attachments as object.get(case, "attached", attachments)
			with data.iam.policies as allowing(name)
	}
	answers == {name: is_wanted | some name in ["u", "r", "e"]; is_wanted := name == case.want}
}

test_a_request_without_context_keys_is_plain if {
	fast_path.allow with input as object.union(object.remove(asking, ["context"]), {"context": {}})
		with data.iam.attachments as attachments
		with data.iam.policies as allowing("u")
}

longest := sprintf("%016000d", [0])

test_a_long_request_is_plain if {
	fast_path.allow with input as asked({"context": {"k": longest}})
		with data.iam.attachments as attachments
		with data.iam.policies as allowing("u")
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
		"N3/colons in the name": {"principal": concat(":", [user, "x"])},
		"N3/colons in the role": {"principal": "arn:aws:sts::111111111111:assumed-role/r:/s"},
		"E4/account of another in the name": {
			"principal": concat(":", [user, "222222222222", "x"]),
			"resource": "arn:aws:sqs:r:222222222222:q",
		},
		"N3/lines in the caller": {"principal": concat("\n", [user, "*"])},
		"N3/lines in the session": {"principal": concat("\n", [session, "*"])},
		"N3/action": {"action": "SendMessage"},
		"N3/lines in the action": {"action": concat("\n", ["s3:GetObject", user])},
		"E14/STS": {"action": "STS:AssumeRole"},
		"N3/resource": {"resource": "b"},
		"N3/resource of five fields": {"resource": "arn:aws:sqs:r:111111111111"},
		"N3/lines in caller and resource": {
			"principal": concat("\n", [user, queue]),
			"resource": "{",
		},
		"N3/lines in the resource": {"resource": "arn:aws:s3:::b\n"},
		"E4/resource of another account": {"resource": "arn:aws:sqs:r:222222222222:q"},
		"E4/resource of no account's digits": {"resource": "arn:aws:iam::aws:policy/X"},
		"E4/resource of an account that is the partition's name": {
			"principal": "arn:333333333333:iam::111111111111:user/p/u",
			"resource": "arn:333333333333:sqs:r:333333333333:q",
		},
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
	answers := [answer | answer := fast_path.allow] with input as asked(change)
		with data.iam.attachments as attachments
		with data.iam.policies as allowing("u")
	answers == []
}

test_a_context_of_another_type[note] if {
	some note, context in {"list": [], "text": "", "number": 1, "texts": ["k"]}
	request := object.union(object.remove(asking, ["context"]), {"context": context})
	answers := [answer | answer := fast_path.allow] with input as request
		with data.iam.attachments as attachments
		with data.iam.policies as allowing("u")
	answers == []
}

test_where_other_policies_are if {
	answers := [answer | answer := fast_path.allow] with input as asking
		with data.iam.attachments as object.union(attachments, {"others": {}})
		with data.iam.policies as allowing("u")
	answers == []
}
