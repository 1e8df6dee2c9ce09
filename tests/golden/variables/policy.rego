# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.context
import data.iam.lib.ordered

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:prefix"
	startswith(input.resource, concat("", ["arn:aws:s3:::b/", context.variable("aws:username"), "/"]))
}

reads_context contains 0 if input.action == "t:prefix"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:inside"
	ordered.matches(input.resource, ["arn:aws:s3:::b/", [concat("", ["/", context.variable("aws:username"), "/"]), ""]])
}

reads_context contains 1 if input.action == "t:inside"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:field"
	startswith(
		input.resource,
		concat("", ["arn:aws:sqs:us-east-1:", context.field_variable("aws:principalaccount"), ":"]),
	)
}

reads_context contains 2 if input.action == "t:field"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:default"
	input.resource == concat("", ["arn:aws:s3:::b/", context.variable_or("aws:principaltag/team", "all")])
}

reads_context contains 3 if input.action == "t:default"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:literal"
	input.resource == "arn:aws:s3:::b/*?$"
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "t:not"
	context.variable("aws:username")
	not statement_5_resource(input.resource)
}

statement_5_resource(text) if startswith(text, "arn:aws:s3:::b/public/")

statement_5_resource(text) if startswith(text, concat("", ["arn:aws:s3:::b/", context.variable("aws:username"), "/"]))

reads_context contains 5 if input.action == "t:not"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 6
allow contains 6 if {
	input.action == "t:equals"
	context.texts["t:owner"] == context.variable("aws:username")
}

reads_context contains 6 if input.action == "t:equals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 7
allow contains 7 if {
	input.action == "t:notequals"
	statement_7_condition_0
}

# StringNotEquals "t:Owner"
statement_7_condition_0 if context.absent("t:owner")

statement_7_condition_0 if {
	text := context.text("t:owner")
	not statement_7_condition_0_matches(text)
}

statement_7_condition_0_matches(text) if text == "nobody"

statement_7_condition_0_matches(text) if text == context.variable("aws:username")

reads_context contains 7 if input.action == "t:notequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 8
allow contains 8 if {
	input.action == "t:ignorecase"
	statement_8_condition_0_matches(lower(context.text("t:owner")))
}

statement_8_condition_0_matches(text) if text == lower(concat("", ["x-", context.variable("aws:username")]))

reads_context contains 8 if input.action == "t:ignorecase"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 9
allow contains 9 if {
	input.action == "t:like"
	statement_9_condition_0_matches(context.text("t:owner"))
}

statement_9_condition_0_matches(text) if startswith(text, concat("", ["team/", context.variable("aws:username"), "/"]))

statement_9_condition_0_matches(text) if contains(text, concat("", ["-", context.variable("aws:username"), "-"]))

reads_context contains 9 if input.action == "t:like"
