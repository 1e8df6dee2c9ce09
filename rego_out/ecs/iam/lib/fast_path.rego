# METADATA
# title: Plain requests
# description: |
#   Nearly all requests have the same form and depend only on the caller's own policies. This package reads them in as few steps as
#   possible, and `fast_decision` decides them, with the same result as `request` and `decide`.
package iam.lib.fast_path

import data.iam.lib.fast_decision

# METADATA
# title: Whether a plain request is allowed, by a user or role session with only its own policies
# description: |
#   Undefined for requests of other forms, for resources of other accounts or partitions (E4), with guardrails or resource-based
#   policies, and for the actions of STS, which trust policies decide (E14). `holder` is the key in `attachments.principals`. It starts
#   with the caller's partition, which may look like an account; after the partition, `:account:` occurs only at the account.
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
	not contains(text, "\ufffd") # OPA reads a lone surrogate as this
	count(text) <= 16384
	action := lower(input.action)
	not startswith(action, "sts:")
	answer := fast_decision.allow with input as {"action": action, "resource": input.resource, "context": input.context, "holder": holder}
}
