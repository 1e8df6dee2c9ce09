package iam.lib.grants_test

import data.iam.lib.decide
import data.iam.lib.document
import data.iam.lib.grants
import data.iam.lib.request
import data.iam.lib.strict_grants_test.strict

user := "arn:aws:iam::111111111111:user/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

federated_user := "arn:aws:sts::111111111111:federated-user/f"

root := "arn:aws:iam::111111111111:root"

service := {"Service": "s.amazonaws.com"}

provider := {"Federated": "accounts.google.com"}

bucket := "arn:aws:s3:::b"

# The policies that take part: I, B and S say whether the identity policies, the boundary and the session policies allow, if they
# exist; RB lists how the Allows of the resource's policy name the caller, if it has one.
ordinary := {
	# E5
	"E5/identity": {"by": user, "I": true, "want": ["allowed", ["identity"], []]},
	"E5/nothing": {"by": user, "I": false, "want": ["implicitDeny", [], ["identity"]]},
	"E5/boundary": {"by": user, "I": true, "B": false, "want": ["implicitDeny", [], ["permissions_boundary"]]},
	"E5/within boundary": {"by": user, "I": true, "B": true, "want": ["allowed", ["identity"], []]},
	"E5/session policy": {"by": user, "I": true, "S": false, "want": ["implicitDeny", [], ["session"]]},
	"E5/all limits": {
		"by": user,
		"I": false,
		"B": false,
		"S": false,
		"want": ["implicitDeny", [], ["identity", "permissions_boundary", "session"]],
	},
	"E5/direct beats all limits": {
		"by": user,
		"I": false,
		"B": false,
		"S": false,
		"RB": ["direct"],
		"want": ["allowed", ["resource direct"], []],
	},
	"E5/everybody beats all limits": {
		"by": user,
		"I": false,
		"B": false,
		"RB": ["wild"],
		"want": ["allowed", ["resource wild"], []],
	},
	"E5/account adds nothing": {"by": user, "I": false, "RB": ["account"], "want": ["implicitDeny", [], ["identity"]]},
	"E5/account is in no true term": {"by": user, "I": true, "RB": ["account"], "want": ["allowed", ["identity"], []]},
	"E5/all true terms": {
		"by": user,
		"I": true,
		"RB": ["account", "direct", "wild"],
		"want": ["allowed", ["identity", "resource direct", "resource wild"], []],
	},
	"E5/empty resource policy": {"by": user, "I": true, "RB": [], "want": ["allowed", ["identity"], []]},
	# E6, E7
	"E6/role replaces identity": {
		"by": session,
		"I": false,
		"B": true,
		"S": true,
		"RB": ["role"],
		"want": ["allowed", ["resource role"], []],
	},
	"E6/role under boundary": {
		"by": session,
		"I": false,
		"B": false,
		"RB": ["role"],
		"want": ["implicitDeny", [], ["identity", "permissions_boundary"]],
	},
	"E6/role under session policy": {
		"by": session,
		"I": true,
		"S": false,
		"RB": ["role"],
		"want": ["implicitDeny", [], ["session"]],
	},
	"E6/role and identity": {
		"by": session,
		"I": true,
		"RB": ["role"],
		"want": ["allowed", ["identity", "resource role"], []],
	},
	"E6/session beats all limits": {
		"by": session,
		"I": false,
		"B": false,
		"S": false,
		"RB": ["direct", "role"],
		"want": ["allowed", ["resource direct"], []],
	},
	"E7/no session policy": {
		"by": federated_user,
		"I": true,
		"RB": ["user"],
		"want": ["implicitDeny", [], ["session"]],
	},
	"E7/user": {
		"by": federated_user,
		"I": false,
		"S": true,
		"RB": ["user"],
		"want": ["allowed", ["resource user"], []],
	},
	"E7/identity": {"by": federated_user, "I": true, "S": true, "want": ["allowed", ["identity"], []]},
	"E7/direct needs no session policy": {
		"by": federated_user,
		"I": false,
		"RB": ["direct"],
		"want": ["allowed", ["resource direct"], []],
	},
	# E8
	"E8/root": {"by": root, "I": false, "B": false, "RB": ["account"], "want": ["allowed", [], []]},
	"E8/root within its session policy": {"by": root, "I": false, "S": true, "want": ["allowed", [], []]},
	"E8/root beyond its session policy": {"by": root, "I": true, "S": false, "want": ["implicitDeny", [], ["session"]]},
	"E8/root beyond its session policy, though named": {
		"by": root,
		"I": true,
		"S": false,
		"RB": ["account", "direct", "wild"],
		"want": ["implicitDeny", [], ["session"]],
	},
	# E9
	"E9/both sides": {
		"by": user,
		"of": "222222222222",
		"I": true,
		"B": true,
		"RB": ["account", "direct"],
		"want": ["allowed", ["identity", "resource account", "resource direct"], []],
	},
	"E9/direct under boundary": {
		"by": user,
		"of": "222222222222",
		"I": true,
		"B": false,
		"RB": ["direct"],
		"want": ["implicitDeny", [], ["permissions_boundary"]],
	},
	"E9/identity side lacks": {
		"by": session,
		"of": "222222222222",
		"I": false,
		"RB": ["wild"],
		"want": ["implicitDeny", [], ["identity"]],
	},
	"E9/role does not replace identity": {
		"by": session,
		"of": "222222222222",
		"I": false,
		"RB": ["role"],
		"want": ["implicitDeny", [], ["identity"]],
	},
	"E9/resource side lacks": {
		"by": user,
		"of": "222222222222",
		"I": true,
		"RB": [],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E9/root": {
		"by": root,
		"of": "222222222222",
		"I": false,
		"RB": ["account", "wild"],
		"want": ["allowed", ["resource account", "resource wild"], []],
	},
	"E8/root of another account beyond its session policy": {
		"by": root,
		"of": "222222222222",
		"I": false,
		"S": false,
		"RB": ["direct"],
		"want": ["implicitDeny", [], ["session"]],
	},
	"E8/root of another account within its session policy": {
		"by": root,
		"of": "222222222222",
		"I": false,
		"S": true,
		"RB": ["account"],
		"want": ["allowed", ["resource account"], []],
	},
	"E9/root, no policy": {"by": root, "of": "222222222222", "I": false, "want": ["implicitDeny", [], ["resource"]]},
	"E9/another partition": {
		"by": user,
		"on": "arn:aws-cn:s3:::b",
		"of": "111111111111",
		"I": true,
		"RB": ["wild"],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E9/root of another partition": {
		"by": root,
		"on": "arn:aws-cn:s3:::b",
		"of": "111111111111",
		"I": true,
		"RB": ["wild"],
		"want": ["implicitDeny", [], ["resource"]],
	},
	# E10
	"E10/service": {"by": service, "I": true, "RB": ["direct"], "want": ["allowed", ["resource direct"], []]},
	"E10/service, everybody": {"by": service, "I": true, "RB": ["wild"], "want": ["allowed", ["resource wild"], []]},
	"E10/service, nobody": {"by": service, "I": true, "RB": [], "want": ["implicitDeny", [], ["resource"]]},
	"E10/service has no limits": {
		"by": service,
		"I": false,
		"B": false,
		"S": false,
		"RB": ["wild"],
		"want": ["allowed", ["resource wild"], []],
	},
	"E10/anonymous": {"by": "*", "I": true, "RB": ["wild"], "want": ["allowed", ["resource wild"], []]},
	"E10/anonymous, nobody": {"by": "*", "I": true, "want": ["implicitDeny", [], ["resource"]]},
	"E10/provider": {"by": provider, "I": true, "RB": ["wild"], "want": ["allowed", ["resource wild"], []]},
	"E10/service in any partition": {
		"by": service,
		"on": "arn:aws-cn:s3:::b",
		"I": false,
		"RB": ["direct"],
		"want": ["allowed", ["resource direct"], []],
	},
}

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

named(sid) := {"sid": sid, "start": {}, "end": {}, "context_keys": []}

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
