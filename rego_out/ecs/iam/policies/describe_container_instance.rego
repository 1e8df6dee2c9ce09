# Compiled by iam2rego from "describe-container-instance.json"
package iam.policies.describe_container_instance

import data.iam.lib.context

# METADATA
# labels:
#   policy: "describe-container-instance"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "ecs:describecontainerinstances"
	input.resource == "arn:aws:ecs:us-east-1:123456789012:container-instance/4b6d45ea-a4b4-4269-9d04-3af6ddfdc597"
	context.texts["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}

reads_context contains 0 if input.action == "ecs:describecontainerinstances"
