# Compiled by iam2rego from "set.json"
package iam.policies.identity_0_

# METADATA
# labels:
#   policy: "identity[0]"
#   sid: ""
#   index: 0
allow contains 0 if strings.any_prefix_match(input.action, {"sts:", "kms:", "iam:"})
