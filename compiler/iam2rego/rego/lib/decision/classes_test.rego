package iam.classes_test

import data.iam.authz
import data.iam.lib.fast_path

user := "arn:aws:iam::111111111111:user/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

form := concat("", [
	`^\{"action": "[A-Za-z0-9.-]+:[A-Za-z0-9._-]+", "context": \{(?:"[^"\\]+": (?:"[^"\\]*"|true|[0-9]+|\["[^"\\]*"\])(?:, )?)*\}, `,
	`"principal": "[^"\\/]+(?:/+[^"\\/]+)*", "resource": "(?:\*|arn:aws:[^:"]*:[^:"]*:(?:111111111111)?:[^"\\]*)"`,
	`(?:, "resource_account": "111111111111")?\}$`,
])

classes := {"s3:granted": "|g|", "s3:open": "|o|", "s3:never": "|n|"}

# The policies say the opposite of the rows, so it is seen which of them decide.
policies := {"denies": {"allow": set(), "deny": {0}}, "allows": {"allow": {0}, "deny": set()}}

attachments := {
	"accounts": ["111111111111"],
	"principals": {holder: {"identity": {"allow": ["allows"]}} |
		some holder in [user, "arn:aws:sts::111111111111:assumed-role/r/"]
	},
	"everybody": {},
}

asking := {"principal": user, "action": "S3:Granted", "resource": "arn:aws:s3:::b", "context": {"k": "v"}}

answered(request, attached) := allowed if {
	allowed := authz.allow with input as request
		with data.iam.classes as classes
		with data.iam.callers as {user: "row", "arn:aws:sts::111111111111:assumed-role/r/": "row"}
		with data.iam.rows as {"row": ["|x|g|", "|y|o|=t|", "|a|b|*s|", form]}
		with data.iam.enough as {"|o|": {"k": {"enough": "|=t|", "another's": "|=u|", "1": "|=t|"}, "l": {"v": "|=t|"}}}
		with data.iam.prefixes as {"s3": {"": {"": "|w|"}, "g": {"get": "|a|", "gi": "|v|"}}, "ec2": {"": {"": "|a|"}}}
		with data.iam.globs as {"s3": {"*list": "|b|", "*put": "|v|"}}
		with data.iam.attachments as attached
		with data.iam.policies as policies
}

# Whether rows alone decide: the answer is the same whatever policies say.
by_rows(request) := allowed if {
	allowed := answered(request, attachments)
	denying := json.patch(attachments, [{"op": "replace", "path": sprintf("/principals/%s", [key]), "value": {
		"identity": {"allow": ["allows"], "deny": ["denies"]},
		"deny": ["denies"],
	}} |
		some holder in object.keys(attachments.principals)
		key := replace(holder, "/", "~1")
	])
	allowed == answered(request, denying)
} else := "policies"

test_what_rows_decide[note] if {
	some note, case in {
		"E5/granted": {"change": {}, "want": true},
		"N2/granted, not plain": {"change": {"resource_in_management_account": true}, "want": "policies"},
		"E5/open": {"change": {"action": "s3:Open"}, "want": "policies"},
		"C3/open, enough": {"change": {"action": "s3:Open", "context": {"k": "enough"}}, "want": true},
		"C3/open, another key is enough": {"change": {"action": "s3:Open", "context": {"k": "v", "l": "v"}}, "want": true},
		"C3/open, enough for another caller": {"change": {"action": "s3:Open", "context": {"k": "another's"}}, "want": "policies"},
		"C2/open, enough under another spelling": {"change": {"action": "s3:Open", "context": {"K": "enough"}}, "want": "policies"},
		"C14/open, enough as a list": {"change": {"action": "s3:Open", "context": {"k": ["enough"]}}, "want": "policies"},
		"C14/open, enough as a text": {"change": {"action": "s3:Open", "context": {"k": 1}}, "want": "policies"},
		"C2/open, enough, keys that fold to one": {
			"change": {"action": "s3:Open", "context": {"k": "enough", "K": "v"}},
			"want": false,
		},
		"E4/open, enough, another account": {
			"change": {"action": "s3:Open", "context": {"k": "enough"}, "resource_account": "222222222222"},
			"want": false,
		},
		"N3/open, enough, unknown member": {
			"change": {"action": "s3:Open", "context": {"k": "enough"}, "more": 1},
			"want": false,
		},
		"E6/session, open, enough": {
			"change": {"principal": session, "action": "s3:Open", "context": {"k": "enough"}},
			"want": true,
		},
		"E6/session, open, enough for another caller": {
			"change": {"principal": session, "action": "s3:Open", "context": {"k": "another's"}},
			"want": "policies",
		},
		"C2/session, open, enough, keys that fold to one": {
			"change": {"principal": session, "action": "s3:Open", "context": {"k": "enough", "K": "v"}},
			"want": false,
		},
		"C14/open, list": {"change": {"action": "s3:Open", "context": {"k": ["v"]}}, "want": "policies"},
		"E4/open, another account": {"change": {"action": "s3:Open", "resource_account": "222222222222"}, "want": false},
		"C2/open, keys that fold to one": {"change": {"action": "s3:Open", "context": {"k": "v", "K": "v"}}, "want": false},
		"N3/open, too long": {"change": {"action": "s3:Open", "context": {"k": sprintf("%065537d", [0])}}, "want": false},
		"E5/never": {"change": {"action": "s3:Never"}, "want": false},
		"E5/never, malformed": {"change": {"action": "s3:Never", "context": null, "more": 1}, "want": false},
		"E6/session, granted": {"change": {"principal": session}, "want": true},
		"E6/session, open": {"change": {"principal": session, "action": "s3:Open"}, "want": "policies"},
		"E6/session, never": {"change": {"principal": session, "action": "s3:Never"}, "want": false},
		"E5/nobody": {"change": {"principal": "arn:aws:iam::111111111111:user/x"}, "want": false},
		"E4/account": {"change": {"resource_account": "111111111111"}, "want": true},
		"E4/another account": {"change": {"resource_account": "222222222222"}, "want": false},
		"E4/of another account": {"change": {"resource": "arn:aws:sqs:r:222222222222:q"}, "want": false},
		"E9/another partition": {"change": {"resource": "arn:aws-cn:s3:::b"}, "want": false},
		"C14/list": {"change": {"context": {"k": ["v"]}}, "want": true},
		"C14/number and boolean": {"change": {"context": {"k": 1, "l": true}}, "want": true},
		"C2/known key": {"change": {"context": {"aws:SourceIp": "v"}}, "want": true},
		"C2/other key": {"change": {"context": {"aws:SourceIp": "v", "k": "v"}}, "want": true},
		"C2/keys that fold to one": {"change": {"context": {"aws:SourceIp": "v", "aws:sourceip": "v"}}, "want": false},
		"C2/session, keys that fold to one": {"change": {"principal": session, "context": {"k": "v", "K": "v"}}, "want": false},
		"N3/not an object": {"change": {"context": null}, "want": false},
		"N3/session without a name": {"change": {"principal": "arn:aws:sts::111111111111:assumed-role/r/"}, "want": false},
		"N3/too long": {"change": {"context": {"k": sprintf("%065537d", [0])}}, "want": false},
		"N3/session, too long": {"change": {"principal": session, "context": {"k": sprintf("%065537d", [0])}}, "want": false},
		"N1/action of a letter that folds": {"change": {"action": "\u017f3:Granted"}, "want": false},
	}
	by_rows(object.union(object.remove(asking, {"context"} & object.keys(case.change)), case.change)) == case.want
}

test_rows_decide_up_to_a_length[note] if {
	some note, case in {
		"N3/user, in the limit": {"principal": user, "length": 16384, "want": true},
		"N3/user, beyond": {"principal": user, "length": 16385, "want": "policies"},
		"N3/session, in the limit": {"principal": session, "length": 16384, "want": true},
		"N3/session, beyond": {"principal": session, "length": 16385, "want": "policies"},
	}
	request := object.union(asking, {"principal": case.principal})
	missing := case.length - count(sprintf("%v", [request]))
	longer := object.union(request, {"context": {"k": concat("", ["v", sprintf("%0*d", [missing, 0])])}})
	count(sprintf("%v", [longer])) == case.length
	by_rows(longer) == case.want
}

test_what_rows_say_of_actions_that_no_policy_names[note] if {
	some note, case in {
		"A3/prefix that may allow": {"action": "S3:GetObject", "want": "policies"},
		"A3/another's prefix": {"action": "s3:GiveObject", "want": false},
		"A3/no prefix": {"action": "s3:Object", "want": false},
		"A5/service": {"action": "ec2:RunInstances", "want": "policies"},
		"A3/glob that may allow": {"action": "s3:MyList", "want": "policies"},
		"A3/another's glob": {"action": "s3:MyPut", "want": false},
		"A3/another service": {"action": "sqs:GetQueue", "want": false},
	}
	every caller in [user, session] {
		by_rows(object.union(asking, {"action": case.action, "principal": caller})) == case.want
	}
}

test_rows_say_nothing_of_sts if {
	answers := [answer | answer := fast_path.allow] with input as object.union(asking, {"action": "sts:GetCallerIdentity"})
		with data.iam.callers as {user: "row"}
		with data.iam.rows as {"row": ["", "", "", form]}
	answers == []
}

test_any_action_of_a_wide_statement if {
	answers := [answer | answer := fast_path.allow] with input as object.union(asking, {"action": "x:Y", "resource": "b"})
		with data.iam.callers as {user: "row"}
		with data.iam.rows as {"row": ["", "", "|a|*|", form]}
		with data.iam.attachments as {"others": {}}
	answers == []
}

test_everybodys_row[note] if {
	some note, case in {
		"E5/granted": {"change": {}, "want": [true]},
		"E5/never": {"change": {"action": "s3:Never"}, "want": [false]},
		"E10/anonymous": {"change": {"action": "s3:Never", "principal": "*"}, "want": [false]},
		"E8/root": {"change": {"action": "s3:Never", "principal": "arn:aws:iam::111111111111:root"}, "want": []},
		"E8/root with more": {
			"change": {"action": "s3:Never", "principal": {"arn": "arn:aws:iam::111111111111:root"}},
			"want": [],
		},
	}
	answers := [answer | answer := fast_path.allow] with input as object.union(asking, case.change)
		with data.iam.classes as classes
		with data.iam.everybody as ["|g|", "|o|"]
		with data.iam.attachments as {"accounts": [], "principals": {}, "everybody": {"identity": {"allow": ["allows"]}}}
		with data.iam.policies as policies
	answers == case.want
}
