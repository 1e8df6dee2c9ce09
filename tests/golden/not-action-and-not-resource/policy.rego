# Compiled by iam2rego from "policy.json"
# Statement 2 can never apply, so it has no rule.
# Statement 3 can never apply, so it has no rule.
package iam.policies.policy

import data.iam.lib.pattern

# METADATA
# labels:
#   policy: "policy"
#   sid: "NotActions"
#   index: 0
allow contains 0 if {
	not input.action == "t:get"
	not startswith(input.action, "iam:")
	startswith(input.resource, "arn:aws:s3:::")
}

# METADATA
# labels:
#   policy: "policy"
#   sid: "NotResources"
#   index: 1
deny contains 1 if not pattern.like(input.resource, {"arn:aws:s3:::b", "arn:aws:s3:::b/*"})
