# Compiled by iam2rego from "deregister-container-instances.json"
package iam.policies.deregister_container_instances

# METADATA
# labels:
#   policy: "deregister-container-instances"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {"ecs:deregistercontainerinstance", "ecs:listcontainerinstances"}
	input.resource == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}
