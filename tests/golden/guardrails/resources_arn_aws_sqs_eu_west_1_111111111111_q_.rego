# Compiled by iam2rego from "set.json"
package iam.policies.resources_arn_aws_sqs_eu_west_1_111111111111_q_

# METADATA
# labels:
#   policy: "resources[arn:aws:sqs:eu-west-1:111111111111:q]"
#   sid: ""
#   index: 0
allow contains [0, "wild"] if {
	startswith(input.action, "sqs:")
	input.resource == "arn:aws:sqs:eu-west-1:111111111111:q"
}
