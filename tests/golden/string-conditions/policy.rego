# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.context
import data.iam.lib.pattern

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:stringequals"
	context.texts["t:v"] in {"a", "*"}
}

reads_context contains 0 if input.action == "t:stringequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:stringnotequals"
	statement_1_condition_0
}

# StringNotEquals "t:v"
statement_1_condition_0 if context.absent("t:v")

statement_1_condition_0 if {
	text := context.text("t:v")
	not text in {"a", "b"}
}

reads_context contains 1 if input.action == "t:stringnotequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:stringequalsignorecase"
	lower(context.text("t:v")) == "ab"
}

reads_context contains 2 if input.action == "t:stringequalsignorecase"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:stringnotequalsignorecase"
	statement_3_condition_0
}

# StringNotEqualsIgnoreCase "t:v"
statement_3_condition_0 if context.absent("t:v")

statement_3_condition_0 if {
	text := context.text("t:v")
	value := lower(text)
	value != "a"
}

reads_context contains 3 if input.action == "t:stringnotequalsignorecase"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:stringlike"
	pattern.like(context.text("t:v"), {"a*c", "d?"})
}

reads_context contains 4 if input.action == "t:stringlike"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "t:stringnotlike"
	statement_5_condition_0
}

# StringNotLike "t:v"
statement_5_condition_0 if context.absent("t:v")

statement_5_condition_0 if {
	text := context.text("t:v")
	not startswith(text, "a")
}

reads_context contains 5 if input.action == "t:stringnotlike"
