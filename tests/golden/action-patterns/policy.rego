# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.pattern

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if input.action == "t:get"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if startswith(input.action, "t:list")

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if pattern.like(input.action, {"t:g?t2", "*:describe*"})

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if input.action == "u:a.b-c"
