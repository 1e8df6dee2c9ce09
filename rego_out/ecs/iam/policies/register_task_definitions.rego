# Compiled by iam2rego from "register-task-definitions.json"
package iam.policies.register_task_definitions

# METADATA
# labels:
#   policy: "register-task-definitions"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {"ecs:registertaskdefinition", "ecs:listtaskdefinitions", "ecs:describetaskdefinition"}
}
