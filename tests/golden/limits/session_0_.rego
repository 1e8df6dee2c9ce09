# Compiled by iam2rego from "set.json"
package iam.policies.session_0_

import data.iam.lib.context
import data.iam.lib.read

# METADATA
# labels:
#   policy: "session[0]"
#   sid: ""
#   index: 0
allow contains 0 if {
	strings.any_prefix_match(input.action, {"s3:get", "s3:list"})
	startswith(input.resource, "arn:aws:s3:::b")
	read.boolean(context.text("aws:securetransport")) == "true"
}

reads_context contains 0 if strings.any_prefix_match(input.action, {"s3:get", "s3:list"})
