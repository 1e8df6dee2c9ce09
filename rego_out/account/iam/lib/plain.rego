# METADATA
# title: Plain requests
# description: |
#   Nearly all requests are of one form, and nothing bears on them but what their caller has. They are read here in as few steps as
#   OPA can take, and decided by `own`, as `request` and `decide` would.
package iam.lib.plain

# METADATA
# title: The normal form of a request by a user or a role session, whom nothing but its own policies concerns
# description: |
#   `own` is what `attachments` says of the caller. Undefined for requests of other forms, for resources of other accounts or
#   partitions (E4), where guardrails or policies of resources are, and for the actions of STS, which trust policies decide (E14).
request := {"action": action, "resource": input.resource, "context": input.context, "own": own} if {
	not data.iam.attachments.others
	[[_, partition, user_account, session_account, role, place, owner]] := regex.find_all_string_submatch_n(
		`^[A-Za-z0-9.-]+:[A-Za-z0-9._-]+\narn:([^:\n]+):(?:iam::([0-9]{12}):user/[^\n]+|sts::([0-9]{12}):assumed-role/([^/\n]+)/[^/\n]+)\n(?:\*|arn:([^:\n]+):[^:\n]*:[^:\n]*:([0-9]{12})?:[^\n]*)$`,
		concat("\n", [input.action, input.principal, input.resource]),
		-1,
	)
	count(input) == 4
	is_object(input.context)
	folded := {lower(key) | some key, value in input.context; is_string(value)}
	count(folded) == count(input.context)
	not "" in folded
	text := sprintf("%v", [input])
	not contains(text, "\ufffd") # OPA reads a lone surrogate as it
	count(text) <= 16384
	action := lower(input.action)
	not startswith(action, "sts:")
	account := max([user_account, session_account])
	place in {partition, ""}
	owner in {account, ""}
	holder := object.get({"": input.principal}, role, role)
	own := object.get(data.iam.attachments.accounts, [account, holder], data.iam.attachments.everybody)
}
