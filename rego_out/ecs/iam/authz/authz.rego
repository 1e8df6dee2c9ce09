# METADATA
# title: Authorization
# description: |
#   The entry points: `allow` for gateways, `decision` for people. Both are defined for every input, and without one.
#   Always query these, because the packages below rely on the lower-case action that they prepare.
package iam.authz

import data.iam.lib.decide
import data.iam.lib.document
import data.iam.lib.fast_decision
import data.iam.lib.fast_path
import data.iam.lib.request

default allow := false

# METADATA
# title: Whether the request is allowed
# description: |
#   The class of the action decides if it can. `granted` has the classes that the caller's policies always allow, and `open` those for
#   which they must be evaluated. Rows exist only in bundles without other policies, so nothing else could allow. A malformed request is
#   not allowed either, so its form (N3) is checked only before an Allow. `form` is a pattern for requests about the account's own
#   resources (E4). If all context keys are among `known_keys`, no two differ only in case. `enough` has the texts of context keys that
#   are each enough to allow an open class, if their tokens are in `open`. The rules repeat their first lines, because a function call
#   would cost as much.
# entrypoint: true
allow if {
	class := data.iam.classes[lower(input.action)]
	[granted, _, _, form] := data.iam.rows[data.iam.callers[input.principal]]
	contains(granted, class)
	text := sprintf("%v", [input])
	regex.match(form, text)
	count(text) <= 16384
	[null |
		object.remove(input.context, known_keys(null)) != {}
		count({lower(key) | some key, _ in input.context}) != count(input.context)
	] == []
} else := false if {
	class := data.iam.classes[lower(input.action)]
	[granted, open, _, _] := data.iam.rows[data.iam.callers[input.principal]]
	contains(granted, class) == false
	contains(open, class) == false
} else := answer if {
	action := lower(input.action)
	class := data.iam.classes[action]
	[_, open, _, form] := data.iam.rows[data.iam.callers[input.principal]]
	contains(open, class)
	text := sprintf("%v", [input])
	regex.match(form, text)
	count(text) <= 16384
	[null |
		object.remove(input.context, known_keys(null)) != {}
		count({lower(key) | some key, _ in input.context}) != count(input.context)
	] == []
	enough := [true | some key, texts in data.iam.enough[class]; contains(open, texts[input.context[key]])]
	asked := [answer |
		enough == []
		answer := fast_decision.allow with input as {
			"action": action,
			"resource": input.resource,
			"context": input.context,
			"holder": input.principal,
		}
	]
	answer := true in array.concat(enough, asked)
} else := answer if {
	answer := fast_path.allow
} else := answer if {
	answer := decide.allow with input as request.normal
}

# METADATA
# title: The decision and its reasons
# entrypoint: true
decision := answer if {
	answer := document.document with input as object.union(request.normal, {"explained": true})
} else := request.refusal
