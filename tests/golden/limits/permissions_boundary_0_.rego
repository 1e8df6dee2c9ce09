# Compiled by iam2rego from "set.json"
package iam.policies.permissions_boundary_0_

# METADATA
# labels:
#   policy: "permissions_boundary[0]"
#   sid: ""
#   index: 0
allow contains 0 if strings.any_prefix_match(input.action, {"s3:get", "s3:put"})

# METADATA
# labels:
#   policy: "permissions_boundary[0]"
#   sid: ""
#   index: 1
deny contains 1 if input.action == "s3:putbucketpolicy"
