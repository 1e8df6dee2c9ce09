# Compiled by iam2rego from "set.json"
package iam.policies.resources_arn_aws_s3_b_

import data.iam.lib.context
import data.iam.lib.pattern
import data.iam.lib.principals

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 0
allow contains [0, kind] if {
	input.action == "s3:getobject"
	startswith(input.resource, "arn:aws:s3:::b/")
	kind := principals.kind({"arn": {"arn:aws:iam::111111111111:user/u"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 1
allow contains [1, kind] if {
	input.action == "s3:putobject"
	startswith(input.resource, "arn:aws:s3:::b/")
	kind := principals.kind({
		"account": {"arn:aws:iam::111111111111:root"},
		"arn": {"arn:aws:iam::111111111111:role/app/r"},
	})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 2
allow contains [2, kind] if {
	input.action == "s3:deleteobject"
	startswith(input.resource, "arn:aws:s3:::b/")
	kind := principals.kind({
		"arn": {"arn:aws:sts::111111111111:assumed-role/r/s", "arn:aws:sts::111111111111:federated-user/f"},
	})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 3
allow contains [3, "wild"] if {
	input.action == "s3:listbucket"
	input.resource == "arn:aws:s3:::b"
	context.texts["aws:principalorgid"] == "o-1"
}

reads_context contains 3 if input.action == "s3:listbucket"

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 4
allow contains [4, kind] if {
	input.action == "s3:getbucketacl"
	input.resource == "arn:aws:s3:::b"
	kind := principals.kind(statement_4_principals)
}

statement_4_principals.arn contains name if {
	some name in {
		"arn:aws:iam::222222222222:user/platform/deployment/x",
		"arn:aws:iam::222222222222:user/platform/deployment/y",
	}
}

statement_4_principals.service contains name if {
	some name in {"cloudtrail.amazonaws.com", "logging.s3.amazonaws.com"}
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::b]"
#   sid: ""
#   index: 5
deny contains 5 if {
	startswith(input.action, "s3:")
	pattern.like(input.resource, {"arn:aws:s3:::b", "arn:aws:s3:::b/*"})
	principals.include({"account": {"222222222222"}, "arn": {"arn:aws:iam::111111111111:user/alice"}})
}
