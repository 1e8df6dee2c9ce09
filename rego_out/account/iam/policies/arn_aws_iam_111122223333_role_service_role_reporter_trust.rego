# Compiled by iam2rego from "account.json"
package iam.policies.arn_aws_iam_111122223333_role_service_role_reporter_trust

import data.iam.lib.principals

# METADATA
# labels:
#   policy: "arn:aws:iam::111122223333:role/service-role/reporter/trust"
#   sid: ""
#   index: 0
allow contains [0, kind] if {
	input.action == "sts:assumerole"
	kind := principals.kind({"service": {"lambda.amazonaws.com"}})
}
