# Compiled by iam2rego from "account.json"
package iam.policies.arn_aws_iam_111122223333_policy_read_reports

import data.iam.lib.context

# METADATA
# labels:
#   policy: "arn:aws:iam::111122223333:policy/read-reports"
#   sid: "ReadReportsOfTheTeam"
#   index: 0
allow contains 0 if {
	input.action == "s3:getobject"
	startswith(input.resource, concat("", ["arn:aws:s3:::reports/", context.variable("aws:principaltag/team"), "/"]))
}

reads_context contains 0 if input.action == "s3:getobject"
