# Compiled by iam2rego from "operate-on-one-cluster.json"
package iam.policies.operate_on_one_cluster

import data.iam.lib.context

# METADATA
# labels:
#   policy: "operate-on-one-cluster"
#   sid: ""
#   index: 0
allow contains 0 if strings.any_prefix_match(input.action, {"ecs:describe", "ecs:list"})

# METADATA
# labels:
#   policy: "operate-on-one-cluster"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action in {
		"ecs:deletecluster",
		"ecs:deregistercontainerinstance",
		"ecs:listcontainerinstances",
		"ecs:registercontainerinstance",
		"ecs:submitcontainerstatechange",
		"ecs:submittaskstatechange",
	}
	input.resource == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}

# METADATA
# labels:
#   policy: "operate-on-one-cluster"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action in {
		"ecs:describecontainerinstances",
		"ecs:describetasks",
		"ecs:listtasks",
		"ecs:updatecontaineragent",
		"ecs:starttask",
		"ecs:stoptask",
		"ecs:runtask",
	}
	context.texts["ecs:cluster"] == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}

reads_context contains 2 if {
	input.action in {
		"ecs:describecontainerinstances",
		"ecs:describetasks",
		"ecs:listtasks",
		"ecs:updatecontaineragent",
		"ecs:starttask",
		"ecs:stoptask",
		"ecs:runtask",
	}
}
