# METADATA
# title: The decision
# description: |
#   Whether a request is allowed (E1, E2). Nothing here is about why: that is asked of `document` alone. Read only through
#   `authz`, which refuses malformed requests and folds the case of the action.
package iam.lib.decide

import data.iam.lib.attachments
import data.iam.lib.grants
import data.iam.lib.guardrails
import data.iam.lib.principal
import data.iam.lib.request

# METADATA
# title: Whether the request is well-formed (N3) and allowed (E2)
default allow := false

allow if {
	request.valid
	not denied
	not blocked
	grants.granted
}

# METADATA
# title: Whether a Deny of a policy that takes part applies (E1)
denied if {
	some name in data.iam.attachments.identity.deny
	principal.has_policies
	count(data.iam.policies[name].deny) > 0
}

denied if {
	data.iam.attachments.others
	others_deny
}

# Every body finds policies that deny before it asks whether they take part.
others_deny if {
	some type
	some name in data.iam.attachments.others.limits[type].deny
	principal.has_policies
	count(data.iam.policies[name].deny) > 0
}

others_deny if {
	some type
	some name in data.iam.attachments.others.guardrails[type].deny
	attachments.takes_part(type)
	count(data.iam.policies[name].deny) > 0
}

others_deny if {
	some name in attachments.resource_policy.deny
	count(data.iam.policies[name].deny) > 0
}

others_deny if {
	some type
	some name in attachments.own[type].deny
	count(data.iam.policies[name].deny) > 0
}

# METADATA
# title: Whether a guardrail holds the request back (E2)
blocked if {
	data.iam.attachments.others
	count(guardrails.blocking) > 0
}
