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
	input.action == "t:quotes"
	context.text("t:\"key\" \u00e9") == "\\\"` {{ }} %s \u00e9y ' # METADATA"
}

reads_context contains 0 if input.action == "t:quotes"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:lines"
	startswith(context.text("t:v"), "\"\n}\nallow contains 9 #")
}

reads_context contains 1 if input.action == "t:lines"

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:arn"
	startswith(input.resource, "arn:aws:s3:::b/\"] == 1 #")
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:arns"
	pattern.like(input.resource, {"arn:aws:s3:::b/\\\\", "arn:aws:s3:::b/`\t*"})
}
