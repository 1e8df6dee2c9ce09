# What `grants_test` asks where identity policies are trusted by themselves.
package iam.lib.ordinary_grants_test

user := "arn:aws:iam::111111111111:user/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

federated_user := "arn:aws:sts::111111111111:federated-user/f"

root := "arn:aws:iam::111111111111:root"

service := {"Service": "s.amazonaws.com"}

provider := {"Federated": "accounts.google.com"}

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
