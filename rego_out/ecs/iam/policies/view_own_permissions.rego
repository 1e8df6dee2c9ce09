# Compiled by iam2rego from "view-own-permissions.json"
package iam.policies.view_own_permissions

import data.iam.lib.context
import data.iam.lib.ordered

# METADATA
# labels:
#   policy: "view-own-permissions"
#   sid: "ViewOwnUserInfo"
#   index: 0
allow contains 0 if {
	input.action in {
		"iam:getuserpolicy",
		"iam:listgroupsforuser",
		"iam:listattacheduserpolicies",
		"iam:listuserpolicies",
		"iam:getuser",
	}
	ordered.matches(input.resource, ["arn:aws:iam::", concat("", [":user/", context.variable("aws:username")])])
}

reads_context contains 0 if {
	input.action in {
		"iam:getuserpolicy",
		"iam:listgroupsforuser",
		"iam:listattacheduserpolicies",
		"iam:listuserpolicies",
		"iam:getuser",
	}
}

# METADATA
# labels:
#   policy: "view-own-permissions"
#   sid: "NavigateInConsole"
#   index: 1
allow contains 1 if {
	input.action in {
		"iam:getgrouppolicy",
		"iam:getpolicyversion",
		"iam:getpolicy",
		"iam:listattachedgrouppolicies",
		"iam:listgrouppolicies",
		"iam:listpolicyversions",
		"iam:listpolicies",
		"iam:listusers",
	}
}
