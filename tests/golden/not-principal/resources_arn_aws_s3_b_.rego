# Compiled by iam2rego from "set.json"
package iam.policies.resources_arn_aws_s3_b_

import data.iam.lib.principals

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 0
deny contains 0 if {
	input.action == "s3:getobject"
	startswith(input.resource, "arn:aws:s3:::b/")
	not principals.exempt({"account": {"arn:aws:iam::111111111111:root"}, "arn": {"arn:aws:iam::111111111111:user/u"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 1
deny contains 1 if {
	input.action == "s3:putobject"
	startswith(input.resource, "arn:aws:s3:::b/")
	not principals.exempt({
		"account": {"111111111111"},
		"arn": {"arn:aws:iam::111111111111:role/app/r", "arn:aws:sts::111111111111:assumed-role/r/s"},
	})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 2
deny contains 2 if {
	input.action == "s3:deleteobject"
	startswith(input.resource, "arn:aws:s3:::b/")
	not principals.exempt({"arn": {"arn:aws:iam::111111111111:user/alice"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 3
deny contains 3 if {
	input.action == "s3:listbucket"
	input.resource == "arn:aws:s3:::b"
	not principals.exempt({"service": {"cloudtrail.amazonaws.com"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 4
allow contains [4, "wild"] if {
	input.action == "s3:listbucket"
	input.resource == "arn:aws:s3:::b"
}
