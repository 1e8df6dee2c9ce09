# Compiled by iam2rego from "set.json"
package iam.policies.resources_arn_aws_s3_b_

import data.iam.lib.principals

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 0
allow contains [0, kind] if {
	input.action in {"s3:getobject", "s3:listbucket"}
	kind := principals.kind({
		"arn": {"arn:aws:iam::111111111111:role/app/r", "arn:aws:sts::111111111111:assumed-role/r/other"},
	})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 1
deny contains 1 if {
	input.action == "s3:getbucketacl"
	not principals.exempt({"account": {"111111111111"}, "arn": {"arn:aws:iam::111111111111:user/u"}})
}
