# Compiled by iam2rego from "set.json"
package iam.policies.vpc_endpoint_0_

import data.iam.lib.principals

# METADATA
# labels:
#   policy: "vpc_endpoint[0]"
#   sid: ""
#   index: 0
allow contains 0 if principals.include({"account": {"111111111111"}})

# METADATA
# labels:
#   policy: "vpc_endpoint[0]"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "sqs:sendmessage"
	input.resource == "arn:aws:sqs:eu-west-1:111111111111:q"
}

# METADATA
# labels:
#   policy: "vpc_endpoint[0]"
#   sid: ""
#   index: 2
deny contains 2 if {
	input.action == "sqs:receivemessage"
	principals.include({"arn": {"arn:aws:iam::111111111111:user/alice"}})
}
