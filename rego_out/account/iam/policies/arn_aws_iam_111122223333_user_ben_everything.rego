# Compiled by iam2rego from "account.json"
package iam.policies.arn_aws_iam_111122223333_user_ben_everything

# METADATA
# labels:
#   policy: "arn:aws:iam::111122223333:user/ben/everything"
#   sid: "Everything"
#   index: 0
allow contains 0
