# METADATA
# title: Authorization by partitions
# description: |
#   The entry points of an estate whose exported accounts stand in partitions: bundles of their own below
#   `data.iam.partitions`, each complete for those callers that it is about. `data.iam.partitioned` says which are built: by the
#   account of the caller, or of the user behind a federated user's session, and `by` may say that the first letter of a user's
#   or role's name counts, too. Callers of no such account, and those whom the export does not hold, are asked about in `others`.
#   Of a partition that is not here nothing is allowed.
package iam.authz

import data.iam.lib.principal

default allow := false

# METADATA
# title: Whether the request is allowed
allow if data.iam.partitions[partition].authz.allow

# METADATA
# title: What was decided and why
decision := answer if {
	answer := data.iam.partitions[partition].authz.decision
} else := {
	"decision": "implicitDeny",
	"matched_statements": [],
	"denied_by": [],
	"missing_context_keys": [],
	"errors": [sprintf("the partition `%s` is not here", [partition])],
}

partition := name if {
	name := data.iam.partitioned.partitions[key] with input as object.union(input, {"caller": principal.caller})
} else := "others"

key := account if data.iam.partitioned.by == "account"

key := sprintf("%s_%s", [account, initial]) if data.iam.partitioned.by == "initial"

# A federated user's session has the policies of its user (E7), which stand with the user, whatever account the session names.
account := split(input.principal.user_arn, ":")[4] if {
	input.caller.kind == "fedsession"
} else := input.caller.account

# What is neither a letter nor a digit goes together.
initial := first if {
	first := lower(substring(name, 0, 1))
	regex.match(`[a-z0-9]`, first)
} else := "_" if name

name := principal.role_name

name := array.reverse(split(input.caller.arn, "/"))[0] if input.caller.kind == "user"

name := array.reverse(split(input.principal.user_arn, "/"))[0] if input.caller.kind == "fedsession"
