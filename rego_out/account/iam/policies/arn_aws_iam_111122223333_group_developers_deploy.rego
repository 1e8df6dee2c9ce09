# Compiled by iam2rego from "account.json"
package iam.policies.arn_aws_iam_111122223333_group_developers_deploy

# METADATA
# labels:
#   policy: "arn:aws:iam::111122223333:group/developers/deploy"
#   sid: "Deploy"
#   index: 0
allow contains 0 if {
	input.action == "sts:assumerole"
	startswith(input.resource, "arn:aws:iam::111122223333:role/ci/")
}
