# METADATA
# title: Guardrails
# description: What must allow a request besides whatever grants it (E11, E13). Of resource control only a Deny counts (E12).
package iam.lib.guardrails

import data.iam.lib.applying
import data.iam.lib.attachments

# METADATA
# title: The types of policy that hold the request back, for want of an Allow
# description: Every level of an organization, from its root to the account, must allow; an endpoint is a level by itself.
blocking contains type if {
	some [type, modules] in attachments.taking_part
	levels := modules.levels
	not all_allow(levels)
}

all_allow(levels) if {
	count(levels) > 0
	every level in levels {
		applying.applies("allow", level)
	}
}
