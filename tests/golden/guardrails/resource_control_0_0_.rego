# Compiled by iam2rego from "set.json"
package iam.policies.resource_control_0_0_

import data.iam.lib.context

# METADATA
# labels:
#   policy: "resource_control[0][0]"
#   sid: ""
#   index: 0
deny contains 0 if {
	input.action == "sqs:purgequeue"
	statement_0_condition_0
}

# StringNotEqualsIfExists "aws:PrincipalOrgID"
statement_0_condition_0 if context.absent("aws:principalorgid")

statement_0_condition_0 if {
	text := context.text("aws:principalorgid")
	text != "o-1"
}

reads_context contains 0 if input.action == "sqs:purgequeue"
