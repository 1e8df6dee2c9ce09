# METADATA
# title: Guardrails
# description: Policies that must also allow a granted request (E11, E13). Only a Deny counts in resource control policies (E12).
package iam.lib.guardrails

import data.iam.lib.applying
import data.iam.lib.attachments

# METADATA
# title: The types of policy without the Allow that the request needs
# description: Every level of an organization, from its root to the account, must allow; an endpoint is a single level.
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
