# Compiled by iam2rego from "policy.json"
package iam.policies.policy

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:get"
	input.resource == "arn:aws:s3:::b/${aws:username}"
}
