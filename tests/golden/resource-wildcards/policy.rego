# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.pattern

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action == "t:prefix"
	startswith(input.resource, "arn:aws:s3:::b/")
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action == "t:inside"
	glob.match("arn:aws:s3:::b/*/t/*", null, input.resource)
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action == "t:one"
	glob.match("arn:aws:s3:::b/?", null, input.resource)
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "t:lastoffield"
	glob.match("arn:aws:sns:us-*:111111111111:t", null, input.resource)
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "t:notlastoffield"
	glob.match("arn:aws:sns:us-*-1:111111111111:t", [":"], input.resource)
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "t:oneinfield"
	glob.match("arn:aws:sns:us-east-?:111111111111:t", [":"], input.resource)
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 6
allow contains 6 if {
	input.action == "t:short"
	glob.match("arn:aws:sqs:*:*:*", null, input.resource)
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 7
allow contains 7 if {
	input.action == "t:several"
	pattern.arn_like(input.resource, {
		"arn:aws:s3:::a",
		"arn:aws:s3:::b/\\[x\\]\\{y,z\\}**",
		"arn:aws:sns:*-1:111111111111:**",
	})
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 8
allow contains 8 if input.action == "t:all"
