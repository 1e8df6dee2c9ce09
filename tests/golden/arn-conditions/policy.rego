# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.context
import data.iam.lib.pattern
import data.iam.lib.read

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:arnequals"
	glob.match("arn:aws:sns:*:111111111111:top**", [":"], context.text("t:v"))
}

reads_context contains 0 if input.action == "t:arnequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:arnnotequals"
	statement_1_condition_0
}

# ArnNotEquals "t:v"
statement_1_condition_0 if context.absent("t:v")

statement_1_condition_0 if {
	text := context.text("t:v")
	value := read.arn(text)
	value != "arn:aws:sns:us-east-1:111111111111:topic"
}

reads_context contains 1 if input.action == "t:arnnotequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:arnlike"
	pattern.arn_like(context.text("t:v"), {"arn:aws:s3:::b", "arn:aws:sns:us-?ast-1:*:**"})
}

reads_context contains 2 if input.action == "t:arnlike"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:arnnotlike"
	statement_3_condition_0
}

# ArnNotLike "t:v"
statement_3_condition_0 if context.absent("t:v")

statement_3_condition_0 if {
	text := context.text("t:v")
	value := read.arn(text)
	not glob.match("arn:*:sns:*:*:**", [":"], value)
}

reads_context contains 3 if input.action == "t:arnnotlike"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:mixed"
	statement_4_condition_0_matches(context.text("t:v"))
}

statement_4_condition_0_matches(text) if pattern.arn_like(text, {"arn:aws:*:::\\[a\\]"})

statement_4_condition_0_matches(text) if {
	startswith(text, concat("", ["arn:aws:iam::", context.field_variable("t:account"), ":role/"]))
}

reads_context contains 4 if input.action == "t:mixed"
