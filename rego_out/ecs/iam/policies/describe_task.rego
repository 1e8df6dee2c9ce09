# Compiled by iam2rego from "describe-task.json"
package iam.policies.describe_task

import data.iam.lib.context

# METADATA
# labels:
#   policy: "describe-task"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "ecs:describetasks"
	input.resource == "arn:aws:ecs:us-east-1:123456789012:task/d789e94b-343b-4c10-9886-0050f6d6f0ae"
	context.texts["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}

reads_context contains 0 if input.action == "ecs:describetasks"
