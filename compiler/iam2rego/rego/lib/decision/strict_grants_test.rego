# The cases of `grants_test` for roles and keys, where identity policies are not enough by themselves.
package iam.lib.strict_grants_test

user := "arn:aws:iam::111111111111:user/u"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

root := "arn:aws:iam::111111111111:root"

provider := {"Federated": "accounts.google.com"}

key := "arn:aws:kms:eu-west-1:111111111111:key/k"

strict := {
	# E14
	"E14/account and identity": {
		"by": user,
		"action": "sts:assumerole",
		"I": true,
		"RB": ["account"],
		"want": ["allowed", ["identity", "resource account"], []],
	},
	"E14/account alone": {
		"by": user,
		"action": "sts:tagsession",
		"I": false,
		"RB": ["account"],
		"want": ["implicitDeny", [], ["identity"]],
	},
	"E14/identity alone": {
		"by": user,
		"action": "sts:setsourceidentity",
		"I": true,
		"RB": [],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/direct leaves identity out": {
		"by": user,
		"action": "sts:assumerole",
		"I": true,
		"B": false,
		"RB": ["direct"],
		"want": ["allowed", ["resource direct"], []],
	},
	"E14/role": {
		"by": session,
		"action": "sts:assumerole",
		"I": false,
		"RB": ["role"],
		"want": ["allowed", ["resource role"], []],
	},
	"E14/role and identity": {
		"by": session,
		"action": "sts:assumerole",
		"I": true,
		"RB": ["role"],
		"want": ["allowed", ["resource role"], []],
	},
	"E14/without a trust policy": {
		"by": user,
		"action": "sts:assumerole",
		"I": true,
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/without a trust policy, nor an identity policy": {
		"by": session,
		"action": "sts:tagsession",
		"I": false,
		"want": ["implicitDeny", [], ["identity", "resource"]],
	},
	"E14/simulated without a trust policy": {
		"by": user,
		"action": "sts:assumerole",
		"I": true,
		"simulated": true,
		"want": ["allowed", ["identity"], []],
	},
	"E14/simulated without a trust policy, across accounts": {
		"by": user,
		"action": "sts:assumerole",
		"of": "222222222222",
		"I": true,
		"simulated": true,
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/simulated with a trust policy": {
		"by": user,
		"action": "sts:assumerole",
		"I": true,
		"RB": [],
		"simulated": true,
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/across accounts": {
		"by": user,
		"action": "sts:assumerole",
		"of": "222222222222",
		"I": true,
		"RB": ["direct"],
		"want": ["allowed", ["identity", "resource direct"], []],
	},
	"E14/provider": {
		"by": provider,
		"action": "sts:assumerolewithsaml",
		"I": false,
		"RB": ["direct"],
		"want": ["allowed", ["resource direct"], []],
	},
	"E14/provider, nobody": {
		"by": provider,
		"action": "sts:assumerolewithwebidentity",
		"I": false,
		"RB": [],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/other callers with SAML": {
		"by": user,
		"action": "sts:assumerolewithsaml",
		"I": true,
		"RB": ["direct"],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/anonymous with web identity": {
		"by": "*",
		"action": "sts:assumerolewithwebidentity",
		"I": true,
		"RB": ["wild"],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E8/root assumes no role": {
		"by": root,
		"action": "sts:assumerole",
		"I": true,
		"RB": ["wild"],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E8/root assumes no role of others": {
		"by": root,
		"action": "sts:assumerole",
		"of": "222222222222",
		"I": true,
		"RB": ["wild"],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/root tags a session": {
		"by": root,
		"action": "sts:tagsession",
		"I": true,
		"RB": ["account"],
		"want": ["allowed", ["resource account"], []],
	},
	"E14/root and a trust policy for nobody": {
		"by": root,
		"action": "sts:assumeroot",
		"I": true,
		"RB": [],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/root without a trust policy": {
		"by": root,
		"action": "sts:tagsession",
		"I": true,
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E14/root beyond its session policy": {
		"by": root,
		"action": "sts:tagsession",
		"I": true,
		"S": false,
		"RB": ["account"],
		"want": ["implicitDeny", [], ["session"]],
	},
	"E14/root, simulated without a trust policy": {
		"by": root,
		"action": "sts:tagsession",
		"I": true,
		"simulated": true,
		"want": ["allowed", [], []],
	},
	"E14/other actions of sts": {
		"by": user,
		"action": "sts:getfederationtoken",
		"I": true,
		"RB": [],
		"want": ["allowed", ["identity"], []],
	},
	# E15
	"E15/account and identity": {
		"by": user,
		"action": "kms:decrypt",
		"on": key,
		"I": true,
		"RB": ["account"],
		"want": ["allowed", ["identity", "resource account"], []],
	},
	"E15/identity alone": {
		"by": session,
		"action": "kms:decrypt",
		"on": key,
		"I": true,
		"RB": [],
		"want": ["implicitDeny", [], ["resource"]],
	},
	"E15/without a key policy": {
		"by": user,
		"action": "kms:decrypt",
		"on": key,
		"I": true,
		"want": ["allowed", ["identity"], []],
	},
	"E15/alias": {
		"by": user,
		"action": "kms:decrypt",
		"on": "arn:aws:kms:eu-west-1:111111111111:alias/k",
		"I": true,
		"RB": [],
		"want": ["allowed", ["identity"], []],
	},
	"E15/other actions on keys": {
		"by": user,
		"action": "tag:getresources",
		"on": key,
		"I": true,
		"RB": [],
		"want": ["allowed", ["identity"], []],
	},
	"E15/root": {
		"by": root,
		"action": "kms:decrypt",
		"on": key,
		"I": false,
		"RB": ["account", "wild"],
		"want": ["allowed", ["resource account", "resource wild"], []],
	},
	"E15/root and a key policy for others": {
		"by": root,
		"action": "kms:decrypt",
		"on": key,
		"I": false,
		"RB": [],
		"want": ["implicitDeny", [], ["resource"]],
	},
}
