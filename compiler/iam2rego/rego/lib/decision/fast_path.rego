# METADATA
# title: Plain requests
# description: |
#   Nearly all requests have the same form and depend only on the caller's own policies. This package reads them in as few steps as
#   possible, and decides them by the class of the action or by `fast_decision`, with the same result as `request` and `decide`.
package iam.lib.fast_path

import data.iam.lib.fast_decision

# METADATA
# title: Whether a plain request is allowed, by a user or role session with only its own policies
# description: |
#   Undefined for requests of other forms, for resources of other accounts or partitions (E4), with guardrails or resource-based
#   policies, and for the actions of STS, which trust policies decide (E14). `holder` is the key in `attachments.principals`. It starts
#   with the caller's partition, which may look like an account; after the partition, `:account:` occurs only at the account.
#
#   The first three bodies are for callers with rows. The first denies an action that no policy names and no pattern of the caller's
#   policies matches. The second decides by class for sessions, as `authz` does for users. The third allows if one text of the context is
#   enough, as `authz` does, or else evaluates the policies. The fourth denies by everybody's row, except for root users, who need no
#   policy (E8).
allow := false if {
	action := lower(input.action)
	not data.iam.classes[action]
	holder := regex.replace(input.principal, `^(arn:[^:]*:sts::[0-9]*:assumed-role/[^/]*/)[^/]*$`, "$1")
	[_, _, patterns, _] := data.iam.rows[data.iam.callers[holder]]
	not contains(patterns, "|*|")
	[service, name] := split(action, ":")
	service != "sts"
	[null | contains(patterns, data.iam.prefixes[service][""][""])] == []
	[null |
		some prefix, token in data.iam.prefixes[service][substring(name, 0, 1)]
		startswith(name, prefix)
		contains(patterns, token)
	] == []
	[null |
		some pattern, token in data.iam.globs[service]
		glob.match(pattern, null, name)
		contains(patterns, token)
	] == []
} else := answer if {
	[granted, open, _, form] := data.iam.rows[data.iam.callers[regex.replace(input.principal, `[^/]*$`, "")]]
	class := data.iam.classes[lower(input.action)]
	contains(open, class) == false
	answer := contains(granted, class)
	plain := [true |
		answer
		text := sprintf("%v", [input])
		regex.match(form, text)
		count(text) <= 16384
		count({lower(key) | some key, _ in input.context}) == count(input.context)
	]
	[answer, plain] in {[false, []], [true, [true]]}
} else := answer if {
	action := lower(input.action)
	not startswith(action, "sts:")
	holder := regex.replace(input.principal, `^(arn:[^:]*:sts::[0-9]*:assumed-role/[^/]*/)[^/]*$`, "$1")
	[_, open, _, form] := data.iam.rows[data.iam.callers[holder]]
	text := sprintf("%v", [input])
	regex.match(form, text)
	count(text) <= 16384
	count({lower(key) | some key, _ in input.context}) == count(input.context)
	enough := [true |
		class := data.iam.classes[action]
		some key, texts in data.iam.enough[class]
		contains(open, texts[input.context[key]])
	]
	asked := [answer |
		enough == []
		answer := fast_decision.allow with input as {"action": action, "resource": input.resource, "context": input.context, "holder": holder}
	]
	answer := true in array.concat(enough, asked)
} else := false if {
	class := data.iam.classes[lower(input.action)]
	[granted, open] := data.iam.everybody
	endswith(input.principal, ":root") == false
	contains(granted, class) == false
	contains(open, class) == false
} else := answer if {
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
