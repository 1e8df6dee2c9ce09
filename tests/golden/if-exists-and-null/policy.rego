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
	input.action == "t:ifexists"
	statement_0_condition_0
}

# StringEqualsIfExists "t:v"
statement_0_condition_0 if context.absent("t:v")

statement_0_condition_0 if context.texts["t:v"] == "a"

reads_context contains 0 if input.action == "t:ifexists"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:notifexists"
	statement_1_condition_0
}

# StringNotEqualsIfExists "t:v"
statement_1_condition_0 if context.absent("t:v")

statement_1_condition_0 if {
	text := context.text("t:v")
	text != "a"
}

reads_context contains 1 if input.action == "t:notifexists"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:lessifexists"
	statement_2_condition_0
}

# NumericLessThanIfExists "t:v"
statement_2_condition_0 if context.absent("t:v")

statement_2_condition_0 if read.decimal(context.text("t:v")) < 10

reads_context contains 2 if input.action == "t:lessifexists"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:null"
	context.is_null("t:v")
}

reads_context contains 3 if input.action == "t:null"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:notnull"
	not context.is_null("t:v")
}

reads_context contains 4 if input.action == "t:notnull"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if input.action == "t:whatever"

reads_context contains 5 if input.action == "t:whatever"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 6
allow contains 6 if startswith(input.action, "t:deny")

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 7
deny contains 7 if {
	input.action == "t:denybool"
	read.boolean(context.text("aws:multifactorauthpresent")) == "false"
}

reads_context contains 7 if input.action == "t:denybool"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 8
deny contains 8 if {
	input.action == "t:denyboolifexists"
	statement_8_condition_0
}

# BoolIfExists "aws:MultiFactorAuthPresent"
statement_8_condition_0 if context.absent("aws:multifactorauthpresent")

statement_8_condition_0 if read.boolean(context.text("aws:multifactorauthpresent")) == "false"

reads_context contains 8 if input.action == "t:denyboolifexists"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 9
allow contains 9 if {
	input.action == "t:notagkeys"
	context.is_null_dataset("aws:tagkeys")
}

reads_context contains 9 if input.action == "t:notagkeys"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 10
allow contains 10 if {
	input.action == "t:tagkeys"
	not context.is_null_dataset("aws:tagkeys")
}

reads_context contains 10 if input.action == "t:tagkeys"
