# Compiled by iam2rego from "account.json"
package iam.policies.arn_aws_iam_111122223333_role_ci_deployer_trust

import data.iam.lib.context
import data.iam.lib.principals
import data.iam.lib.read

# METADATA
# labels:
#   policy: "arn:aws:iam::111122223333:role/ci/deployer/trust"
#   sid: "OurOwnWithMfa"
#   index: 0
allow contains [0, kind] if {
	input.action == "sts:assumerole"
	kind := principals.kind({"account": {"arn:aws:iam::111122223333:root"}})
	read.boolean(context.text("aws:multifactorauthpresent")) == "true"
}

reads_context contains 0 if {
	input.action == "sts:assumerole"
	principals.include({"account": {"arn:aws:iam::111122223333:root"}})
}
