# Compiled by iam2rego from "start-task.json"
package iam.policies.start_task

import data.iam.lib.context

# METADATA
# labels:
#   policy: "start-task"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "ecs:starttask"
	startswith(input.resource, "arn:aws:ecs:us-east-1:123456789012:task-definition/hello_world:")
	context.texts["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
	context.texts["ecs:container-instances"] in {
		"arn:aws:ecs:us-east-1:123456789012:container-instance/4b6d45ea-a4b4-4269-9d04-3af6ddfdc597",
	}
}

reads_context contains 0 if input.action == "ecs:starttask"
