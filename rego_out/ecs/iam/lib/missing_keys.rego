# METADATA
# title: Missing context keys
# description: |
#   What a decision document says of the keys that statements ask for and the request lacks. `parts` are lists of a type of policy
#   with its modules, by the set that they define.
package iam.lib.missing_keys

import data.iam.lib.applying

# METADATA
# title: The context keys that statements ask for and the request lacks
# description: Each spelled as in the first statement that asks.
of(parts) := sort({statement[3] |
	some place, [folded, statement] in asking
	not is_of_the_same_key(asking, place - 1, folded)
}) if {
	asking := [entry | some entry in asked(parts)]
}

# The statements that ask, by key, then by type, policy and index, which is the order in which OPA goes through a set.
asked(parts) := {[folded, [type, policy, index, key]] |
	some [type, modules] in parts
	some [name, index, key] in applying.lacking(modules)
	folded := lower(key)
	policy := data.iam.statements[name].policy
}

is_of_the_same_key(asking, place, folded) if asking[place][0] == folded
