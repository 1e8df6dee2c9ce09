# Compiled by iam2rego from "set.json"
package iam.policies.service_control_0_0_

# METADATA
# labels:
#   policy: "service_control[0][0]"
#   sid: ""
#   index: 0
allow contains 0
