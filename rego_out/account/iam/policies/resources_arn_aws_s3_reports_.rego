# Compiled by iam2rego from "organization.json"
package iam.policies.resources_arn_aws_s3_reports_

import data.iam.lib.context
import data.iam.lib.pattern
import data.iam.lib.principals
import data.iam.lib.read

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::reports]"
#   sid: "DeployerWrites"
#   index: 0
allow contains [0, kind] if {
	input.action == "s3:putobject"
	startswith(input.resource, "arn:aws:s3:::reports/")
	kind := principals.kind({"arn": {"arn:aws:iam::111122223333:role/ci/deployer"}})
}

# METADATA
# labels:
#   policy: "resources[arn:aws:s3:::reports]"
#   sid: "NobodyWithoutTls"
#   index: 1
deny contains 1 if {
	startswith(input.action, "s3:")
	pattern.like(input.resource, {"arn:aws:s3:::reports", "arn:aws:s3:::reports/*"})
	read.boolean(context.text("aws:securetransport")) == "false"
}

reads_context contains 1 if startswith(input.action, "s3:")
