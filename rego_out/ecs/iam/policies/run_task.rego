# Compiled by iam2rego from "run-task.json"
package iam.policies.run_task

import data.iam.lib.context

# METADATA
# labels:
#   policy: "run-task"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "ecs:runtask"
	startswith(input.resource, "arn:aws:ecs:us-east-1:123456789012:task-definition/hello_world:")
	context.texts["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}

reads_context contains 0 if input.action == "ecs:runtask"
