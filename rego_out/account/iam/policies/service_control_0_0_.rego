# Compiled by iam2rego from "organization.json"
package iam.policies.service_control_0_0_

# METADATA
# labels:
#   policy: "service_control[0][0]"
#   sid: "FullAWSAccess"
#   index: 0
allow contains 0
