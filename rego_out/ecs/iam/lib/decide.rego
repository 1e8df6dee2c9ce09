# METADATA
# title: The decision
# description: |
#   Rules E1 to E10, E14 and E15 for identity policies: what is granted, what is denied, and the document that says why.
#   Read only through `authz`, which refuses malformed requests and folds the case of the action.
package iam.lib.decide

import data.iam.lib.context
import data.iam.lib.principal

# METADATA
# title: Whether the request is allowed (E1, E2)
default allow := false

allow if {
	not denied
	granted
}

# METADATA
# title: Whether a Deny of a policy that takes part applies (E1)
denied if {
	takes_part
	some name in data.iam.attachments.identity.deny
	count(data.iam.policies[name].deny) > 0
}

# METADATA
# title: Whether the grant formula holds, without any resource-based policy
granted if {
	principal.caller.kind in {"user", "session"}
	not needs_resource_allow
	identity_allows
}

granted if {
	principal.caller.kind == "root"
	not needs_resource_allow
}

# METADATA
# title: Whether an identity policy allows
identity_allows if {
	some name in data.iam.attachments.identity.allow
	count(data.iam.policies[name].allow) > 0
}

# Root has no identity policies (E8), nor have services, federated and anonymous callers (E10).
takes_part if principal.caller.kind in {"user", "session", "fedsession"}

# METADATA
# title: Whether only a resource-based policy could grant (E8, E9, E10, E14)
needs_resource_allow if not same_account

needs_resource_allow if input.action in {"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"}

needs_resource_allow if {
	principal.caller.kind == "root"
	input.action == "sts:assumerole"
}

# Services, federated and anonymous callers have no account, so they are never the same (E4).
same_account if {
	principal.caller.account == resource_account
	not other_partition
}

other_partition if principal.caller.partition != resource_partition

resource_partition := split(input.resource, ":")[1]

resource_account := input.resource_account

resource_account := account_of_arn if not input.resource_account

resource_account := principal.caller.account if {
	not input.resource_account
	not account_of_arn
}

account_of_arn := account if {
	account := split(input.resource, ":")[4]
	regex.match(`^[0-9]{12}$`, account)
}

# METADATA
# title: The decision document of a well-formed request
document := {
	"decision": outcome,
	"matched_statements": matched_statements,
	"denied_by": denied_by,
	"missing_context_keys": missing_context_keys,
	"errors": [],
}

outcome := "explicitDeny" if denied

outcome := "allowed" if allow

outcome := "implicitDeny" if {
	not denied
	not granted
}

effect_of_outcome := {"explicitDeny": "deny", "allowed": "allow"}

matched_statements := [statement(name, index) |
	takes_part
	effect := effect_of_outcome[outcome]
	some name in data.iam.attachments.identity[effect]
	some index in data.iam.policies[name][effect]
]

statement(name, index) := {
	"policy": policy.policy,
	"policy_type": policy.policy_type,
	"sid": written.sid,
	"index": index,
	"effect": written.effect,
	"start": written.start,
	"end": written.end,
} if {
	policy := data.iam.statements[name]
	written := policy.statements[index]
}

denied_by := sort(limits) if outcome == "implicitDeny"

denied_by := ["identity"] if outcome == "explicitDeny"

denied_by := [] if outcome == "allowed"

limits contains "identity" if {
	takes_part
	not identity_allows
}

# A federated user's session without a session policy may do nothing (E7).
limits contains "session" if principal.caller.kind == "fedsession"

limits contains "resource" if needs_resource_allow

# METADATA
# title: The context keys that policies ask for and the request lacks
# description: Each spelled as in the first statement that asks, by policy and index.
missing_context_keys := sort({spelling | some spelling in spellings})

spellings[folded] := asked[0][2] if {
	some folded, _ in missing
	asked := sort(missing[folded])
}

missing[folded] contains [policy.policy, index, key] if {
	takes_part
	some name in data.iam.attachments.identity.reads_context
	policy := data.iam.statements[name]
	some index in data.iam.policies[name].reads_context
	some key in policy.statements[index].context_keys
	folded := lower(key)
	context.absent(folded)
}
