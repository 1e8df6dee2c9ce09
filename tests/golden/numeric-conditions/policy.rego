# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.context
import data.iam.lib.read

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:numericequals"
	read.decimal(context.text("t:v")) in {10, 0.5}
}

reads_context contains 0 if input.action == "t:numericequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:numericnotequals"
	statement_1_condition_0
}

# NumericNotEquals "t:v"
statement_1_condition_0 if context.absent("t:v")

statement_1_condition_0 if {
	text := context.text("t:v")
	value := read.decimal(text)
	value != 10
}

reads_context contains 1 if input.action == "t:numericnotequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:numericlessthan"
	read.decimal(context.text("t:v")) < 20
}

reads_context contains 2 if input.action == "t:numericlessthan"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:numericlessthanequals"
	read.decimal(context.text("t:v")) <= 10
}

reads_context contains 3 if input.action == "t:numericlessthanequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:numericgreaterthan"
	read.decimal(context.text("t:v")) > -1
}

reads_context contains 4 if input.action == "t:numericgreaterthan"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "t:numericgreaterthanequals"
	read.decimal(context.text("t:v")) >= 9999999999999999999999999999999999999999
}

reads_context contains 5 if input.action == "t:numericgreaterthanequals"
