# Compiled by iam2rego from "set.json"
package iam.policies.resources_arn_aws_iam_111111111111_role_app_r_

import data.iam.lib.context
import data.iam.lib.principals
import data.iam.lib.read

# METADATA
# labels:
#   policy: "resources[arn:aws:iam::111111111111:role/app/r]"
#   sid: ""
#   index: 0
allow contains [0, kind] if {
	input.action in {"sts:assumerole", "sts:tagsession"}
	kind := principals.kind({"account": {"arn:aws:iam::111111111111:root"}})
	read.boolean(context.text("aws:multifactorauthpresent")) == "true"
}

reads_context contains 0 if {
	input.action in {"sts:assumerole", "sts:tagsession"}
	principals.include({"account": {"arn:aws:iam::111111111111:root"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:iam::111111111111:role/app/r]"
#   sid: ""
#   index: 1
allow contains [1, kind] if {
	input.action == "sts:assumerole"
	kind := principals.kind({
		"arn": {"arn:aws:iam::111111111111:user/alice", "arn:aws:iam::222222222222:user/x"},
		"service": {"ecs-tasks.amazonaws.com"},
	})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:iam::111111111111:role/app/r]"
#   sid: ""
#   index: 2
allow contains [2, kind] if {
	input.action == "sts:assumerolewithwebidentity"
	kind := principals.kind({"provider": {"accounts.google.com"}})
	context.texts["accounts.google.com:aud"] == "app"
}

reads_context contains 2 if {
	input.action == "sts:assumerolewithwebidentity"
	principals.include({"provider": {"accounts.google.com"}})
}
