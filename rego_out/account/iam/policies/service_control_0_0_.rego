# Compiled by iam2rego from "organization.json"
package iam.policies.service_control_0_0_

# METADATA
# title: "Statement 0: FullAWSAccess"
# labels:
#   policy: "service_control[0][0]"
#   sid: "FullAWSAccess"
#   index: 0
allow contains 0
