# METADATA
# title: Statements
# description: |
#   What a decision document tells of the keys that statements ask for. They are looked for in parts: lists of a type of policy with its
#   modules, by the set that they define.
package iam.lib.statements

import data.iam.lib.modules as applying

# METADATA
# title: The context keys that statements ask for and the request lacks
# description: Each spelled as in the first statement that asks.
missing_keys(parts) := sort({statement[3] |
	some place, [folded, statement] in asking
	not is_of_the_same_key(asking, place - 1, folded)
}) if {
	asking := [entry | some entry in asked(parts)]
}

# Those that ask, by key and then in the order of type, policy and index: it is the order in which OPA goes through a set.
asked(parts) := {[folded, [type, policy, index, key]] |
	some [type, modules] in parts
	some [name, index, key] in applying.lacking(modules)
	folded := lower(key)
	policy := data.iam.statements[name].policy
}

is_of_the_same_key(asking, place, folded) if asking[place][0] == folded
