# Compiled by iam2rego from "set.json"
package iam.policies.arn_aws_iam_111111111111_policy_s3

# METADATA
# labels:
#   policy: "arn:aws:iam::111111111111:policy/s3"
#   sid: ""
#   index: 0
allow contains 0 if startswith(input.action, "s3:")
