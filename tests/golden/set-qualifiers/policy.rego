# Compiled by iam2rego from "policy.json"
# Statement 7 can never apply, so it has no rule.
package iam.policies.policy

import data.iam.lib.context
import data.iam.lib.read

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:all"
	every text in context.dataset("t:list") {
		text in {"a", "b"}
	}
}

reads_context contains 0 if input.action == "t:all"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:allnot"
	every text in context.dataset("t:list") {
		text != "a"
	}
}

reads_context contains 1 if input.action == "t:allnot"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:any"
	statement_2_condition_0
}

# ForAnyValue:StringLike "t:list"
statement_2_condition_0 if {
	some text in context.values("t:list")
	startswith(text, "a")
}

reads_context contains 2 if input.action == "t:any"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:anynot"
	statement_3_condition_0
}

# ForAnyValue:NumericNotEquals "t:list"
statement_3_condition_0 if {
	some text in context.values("t:list")
	value := read.decimal(text)
	value != 1
}

reads_context contains 3 if input.action == "t:anynot"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:allifexists"
	every text in context.dataset("t:list") {
		read.boolean(text) == "true"
	}
}

reads_context contains 4 if input.action == "t:allifexists"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "t:anyifexists"
	statement_5_condition_0
}

# ForAnyValue:StringEqualsIfExists "t:list"
statement_5_condition_0 if {
	some text in context.values("t:list")
	text == "a"
}

reads_context contains 5 if input.action == "t:anyifexists"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 6
allow contains 6 if input.action == "t:allnull"

reads_context contains 6 if input.action == "t:allnull"

reads_context contains 7 if input.action == "t:anynull"
