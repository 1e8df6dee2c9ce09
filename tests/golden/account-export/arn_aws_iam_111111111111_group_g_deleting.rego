# Compiled by iam2rego from "set.json"
package iam.policies.arn_aws_iam_111111111111_group_g_deleting

# METADATA
# labels:
#   policy: "arn:aws:iam::111111111111:group/g/deleting"
#   sid: ""
#   index: 0
allow contains 0 if input.action == "s3:deleteobject"
