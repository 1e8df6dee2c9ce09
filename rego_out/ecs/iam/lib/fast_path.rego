# METADATA
# title: Plain requests
# description: |
#   Nearly all requests are of one form, and nothing bears on them but what their caller has. They are read here in as few steps as
#   OPA can take, and decided by `fast_decision`, as `request` and `decide` would.
package iam.lib.fast_path

import data.iam.lib.fast_decision

# METADATA
# title: Whether a request by a user or a role session is allowed, whom nothing but its own policies concerns
# description: |
#   Undefined for requests of other forms, for resources of other accounts or partitions (E4), where guardrails or policies of
#   resources are, and for the actions of STS, which trust policies decide (E14). `holder` is the key of `attachments.principals`. It
#   starts with the caller's partition, which may look like an account; behind that, the one text `:account:` is that of the account.
allow := answer if {
	not data.iam.attachments.others
	text := sprintf("%s\n%s\n%s\n%v", [input.action, input.principal, input.resource, input.context])
	[[_, holder, partition, account]] := regex.find_all_string_submatch_n(
		`^[A-Za-z0-9.-]+:[A-Za-z0-9._-]+\n(arn:[^:\n]+:(?:iam::[0-9]{12}:user/[^:\n]+|sts::[0-9]{12}:assumed-role/[^:/\n]+/))[^:/\n]*\n(?:\*|(arn:[^:\n]+:)[^:\n]*:[^:\n]*(:[0-9]{12}:|::)[^\n]*)\n[^\n]*$`,
		text,
		-1,
	)
	not endswith(input.principal, "/")
	startswith(holder, partition)
	contains(trim_prefix(holder, partition), account)
	count(input) == 4
	is_object(input.context)
	folded := {lower(key) | some key, value in input.context; is_string(value)}
	count(folded) == count(input.context)
	not "" in folded
	not contains(text, "\ufffd") # OPA reads a lone surrogate as it
	count(text) <= 16384
	action := lower(input.action)
	not startswith(action, "sts:")
	answer := fast_decision.allow with input as {"action": action, "resource": input.resource, "context": input.context, "holder": holder}
}
