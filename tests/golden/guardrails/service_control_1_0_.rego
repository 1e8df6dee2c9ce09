# Compiled by iam2rego from "set.json"
package iam.policies.service_control_1_0_

# METADATA
# labels:
#   policy: "service_control[1][0]"
#   sid: ""
#   index: 0
allow contains 0 if strings.any_prefix_match(input.action, {"sqs:", "s3:"})

# METADATA
# labels:
#   policy: "service_control[1][0]"
#   sid: ""
#   index: 1
deny contains 1 if {
	input.action == "sqs:deletequeue"
	glob.match("arn:aws:sqs:*:*:*", null, input.resource)
}
