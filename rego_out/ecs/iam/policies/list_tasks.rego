# Compiled by iam2rego from "list-tasks.json"
package iam.policies.list_tasks

import data.iam.lib.context

# METADATA
# labels:
#   policy: "list-tasks"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "ecs:listtasks"
	context.texts["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}

reads_context contains 0 if input.action == "ecs:listtasks"
