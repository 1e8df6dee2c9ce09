# Compiled by iam2rego from "create-and-list-clusters.json"
package iam.policies.create_and_list_clusters

# METADATA
# labels:
#   policy: "create-and-list-clusters"
#   sid: ""
#   index: 0
allow contains 0 if input.action in {"ecs:createcluster", "ecs:listclusters"}
