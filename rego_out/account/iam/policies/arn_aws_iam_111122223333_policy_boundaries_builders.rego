# Compiled by iam2rego from "account.json"
package iam.policies.arn_aws_iam_111122223333_policy_boundaries_builders

import data.iam.lib.context

# METADATA
# labels:
#   policy: "arn:aws:iam::111122223333:policy/boundaries/builders"
#   sid: "BuildInTwoRegions"
#   index: 0
allow contains 0 if {
	strings.any_prefix_match(input.action, {"ecs:", "s3:"})
	context.texts["aws:requestedregion"] in {"eu-central-1", "eu-west-1"}
}

reads_context contains 0 if strings.any_prefix_match(input.action, {"ecs:", "s3:"})
