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
	input.action == "t:dateequals"
	read.date(context.text("t:v")) == [1709208000, 0]
}

reads_context contains 0 if input.action == "t:dateequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:datenotequals"
	statement_1_condition_0
}

# DateNotEquals "t:v"
statement_1_condition_0 if context.absent("t:v")

statement_1_condition_0 if {
	text := context.text("t:v")
	value := read.date(text)
	not value in {[1704067200, 0], [1735689600, 0]}
}

reads_context contains 1 if input.action == "t:datenotequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:datelessthan"
	read.date(context.text("t:v")) < [1704067200, 500000000]
}

reads_context contains 2 if input.action == "t:datelessthan"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:datelessthanequals"
	read.date(context.text("t:v")) <= [1700000000, 0]
}

reads_context contains 3 if input.action == "t:datelessthanequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:dategreaterthan"
	read.date(context.text("t:v")) > [1672531200, 0]
}

reads_context contains 4 if input.action == "t:dategreaterthan"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "t:dategreaterthanequals"
	read.date(context.text("t:v")) >= [-62135596800, 0]
}

reads_context contains 5 if input.action == "t:dategreaterthanequals"
