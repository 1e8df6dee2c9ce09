# Compiled by iam2rego from "set.json"
package iam.policies.arn_aws_iam_111111111111_role_app_r_trust

import data.iam.lib.principals

# METADATA
# labels:
#   policy: "arn:aws:iam::111111111111:role/app/r/trust"
#   sid: ""
#   index: 0
allow contains [0, kind] if {
	input.action == "sts:assumerole"
	kind := principals.kind({"arn": {"arn:aws:iam::111111111111:user/u"}})
}
