# Compiled by iam2rego from "describe-services-by-tag.json"
package iam.policies.describe_services_by_tag

import data.iam.lib.context

# METADATA
# labels:
#   policy: "describe-services-by-tag"
#   sid: "DescribeServices"
#   index: 0
allow contains 0 if input.action == "ecs:describeservices"

# METADATA
# labels:
#   policy: "describe-services-by-tag"
#   sid: "ViewServiceIfOwner"
#   index: 1
allow contains 1 if {
	input.action == "ecs:describeservices"
	glob.match("arn:aws:ecs:*:*:service/*", null, input.resource)
	context.texts["ecs:resourcetag/owner"] == context.variable("aws:username")
}

reads_context contains 1 if input.action == "ecs:describeservices"
