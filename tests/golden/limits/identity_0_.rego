# Compiled by iam2rego from "set.json"
package iam.policies.identity_0_

# METADATA
# labels:
#   policy: "identity[0]"
#   sid: ""
#   index: 0
allow contains 0 if startswith(input.action, "s3:")
