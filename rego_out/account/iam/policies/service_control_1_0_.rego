# Compiled by iam2rego from "organization.json"
package iam.policies.service_control_1_0_

# METADATA
# labels:
#   policy: "service_control[1][0]"
#   sid: "FullAWSAccess"
#   index: 0
allow contains 0

# METADATA
# labels:
#   policy: "service_control[1][0]"
#   sid: "KeepTheTrail"
#   index: 1
deny contains 1 if input.action in {"cloudtrail:deletetrail", "cloudtrail:stoplogging"}
