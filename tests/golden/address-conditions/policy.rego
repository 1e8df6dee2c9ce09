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
	input.action == "t:ipaddress"
	read.within(read.address(context.text("t:v")), {"10.0.0.0/8", "2001:db8::/32"})
}

reads_context contains 0 if input.action == "t:ipaddress"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:notipaddress"
	statement_1_condition_0
}

# NotIpAddress "t:v"
statement_1_condition_0 if context.absent("t:v")

statement_1_condition_0 if {
	text := context.text("t:v")
	value := read.address(text)
	not net.cidr_contains("192.0.2.1/32", value)
}

reads_context contains 1 if input.action == "t:notipaddress"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:mapped"
	net.cidr_contains("203.0.113.0/24", read.address(context.text("t:v")))
}

reads_context contains 2 if input.action == "t:mapped"
