# Compiled by iam2rego from "set.json"
package iam.policies.resources_arn_aws_kms_eu_west_1_111111111111_key_k_

import data.iam.lib.principals

# METADATA
# labels:
#   policy: "resources[arn:aws:kms:eu-west-1:111111111111:key/k]"
#   sid: ""
#   index: 0
allow contains [0, kind] if {
	startswith(input.action, "kms:")
	kind := principals.kind({"account": {"arn:aws:iam::111111111111:root"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:kms:eu-west-1:111111111111:key/k]"
#   sid: ""
#   index: 1
allow contains [1, kind] if {
	input.action == "kms:decrypt"
	kind := principals.kind({"arn": {"arn:aws:iam::111111111111:role/app/r"}})
}
