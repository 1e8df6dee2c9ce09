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
	input.action == "t:bool"
	read.boolean(context.text("t:v")) == "true"
}

reads_context contains 0 if input.action == "t:bool"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:binaryequals"
	read.binary(context.text("t:v")) in {"QQ==", "YWI="}
}

reads_context contains 1 if input.action == "t:binaryequals"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:either"
	read.boolean(context.text("t:v")) in {"true", "false"}
}

reads_context contains 2 if input.action == "t:either"
