# METADATA
# title: The decision
# description: |
#   Whether a request is allowed (E1, E2); only `document` gives the reasons. Query it only through `authz`, which refuses
#   malformed requests and lower-cases the action.
package iam.lib.decide

import data.iam.lib.applying
import data.iam.lib.attachments
import data.iam.lib.grants
import data.iam.lib.guardrails

# METADATA
# title: Whether the request is allowed (E2, E16)
default allow := false

allow if {
	not denied
	passes
}

allow if needs_no_policy

# METADATA
# title: Whether no policy controls the action (E16)
# description: Callers may always ask who they are, and users and root users may get a session; not in a simulation.
needs_no_policy if {
	input.action == "sts:getcalleridentity"
	input.caller.account
	not data.iam.attachments.simulated
}

needs_no_policy if {
	input.action == "sts:getsessiontoken"
	input.caller.kind in {"root", "user"}
	not data.iam.attachments.simulated
}

# METADATA
# title: Whether the request is granted and passes all guardrails, apart from any Deny (E2)
passes if {
	count(guardrails.blocking) == 0
	grants.granted
}

# METADATA
# title: Whether a Deny of a policy that takes part applies (E1)
denied if {
	some [_, modules] in attachments.taking_part
	applying.applies("deny", modules.deny)
}
