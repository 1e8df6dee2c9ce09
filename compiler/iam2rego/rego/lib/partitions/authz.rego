# METADATA
# title: Authorization by partitions
# description: |
#   The entry points for exported accounts that are split into partitions: separate bundles below `data.iam.partitions`, each
#   complete for its callers. `data.iam.partitioned` lists them by the account of the caller, or of the user behind a
#   federated-user session; `by` says whether the first letter of the user's or role's name also counts. The partition `others` is
#   for callers that are not in an account export. If a partition is not loaded, its callers are allowed nothing.
package iam.authz

import data.iam.lib.principal

default allow := false

# METADATA
# title: Whether the request is allowed
allow if data.iam.partitions[partition].authz.allow

# METADATA
# title: The decision and its reasons
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

# A federated-user session has the policies of its user (E7), which are in the user's partition, whatever account the session names.
account := split(input.principal.user_arn, ":")[4] if {
	input.caller.kind == "fedsession"
} else := input.caller.account

# All names that start with another character share a partition.
initial := first if {
	first := lower(substring(name, 0, 1))
	regex.match(`[a-z0-9]`, first)
} else := "_" if name

name := principal.role_name

name := array.reverse(split(input.caller.arn, "/"))[0] if input.caller.kind == "user"

name := array.reverse(split(input.principal.user_arn, "/"))[0] if input.caller.kind == "fedsession"
