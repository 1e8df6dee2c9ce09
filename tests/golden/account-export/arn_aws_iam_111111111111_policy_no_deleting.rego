# Compiled by iam2rego from "set.json"
package iam.policies.arn_aws_iam_111111111111_policy_no_deleting

# METADATA
# labels:
#   policy: "arn:aws:iam::111111111111:policy/no-deleting"
#   sid: ""
#   index: 0
deny contains 0 if {
	input.action == "s3:deleteobject"
	startswith(input.resource, "arn:aws:s3:::kept/")
}
