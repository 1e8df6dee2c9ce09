# Compiled by iam2rego from "set.json"
package iam.policies.arn_aws_iam_111111111111_policy_reading

# METADATA
# labels:
#   policy: "arn:aws:iam::111111111111:policy/reading"
#   sid: ""
#   index: 0
allow contains 0 if startswith(input.action, "s3:get")
