# Compiled by iam2rego from "describe-and-delete-cluster.json"
package iam.policies.describe_and_delete_cluster

# METADATA
# labels:
#   policy: "describe-and-delete-cluster"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {"ecs:describecluster", "ecs:deletecluster"}
	input.resource == "arn:aws:ecs:us-east-1:123456789012:cluster/default"
}
