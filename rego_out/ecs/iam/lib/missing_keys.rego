# METADATA
# title: Missing context keys
# description: |
#   The keys that statements read and the request lacks, for the decision document. `parts` are pairs of a type of policy and its
#   modules, by the set that they define.
package iam.lib.missing_keys

import data.iam.lib.applying

# METADATA
# title: The context keys that statements read and the request lacks
# description: Each spelled as in the first statement that reads it.
of(parts) := sort({statement[3] |
	some place, [folded, statement] in asking
	not is_of_the_same_key(asking, place - 1, folded)
}) if {
	asking := [entry | some entry in asked(parts)]
}

# The statements that read a key, by key, type, policy and index: the order in which OPA iterates over a set.
asked(parts) := {[folded, [type, policy, index, key]] |
	some [type, modules] in parts
	some [name, index, key] in applying.lacking(modules)
	folded := lower(key)
	policy := data.iam.statements[name].policy
}

is_of_the_same_key(asking, place, folded) if asking[place][0] == folded
