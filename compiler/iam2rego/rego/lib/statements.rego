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
missing_keys(parts) := sort({first[3] |
	some [folded, _] in asking
	first := min({statement | some [key, statement] in asking; key == folded})
}) if {
	asking := {[folded, [type, policy, index, key]] |
		some [type, modules] in parts
		some [name, index, key] in applying.lacking(modules)
		folded := lower(key)
		policy := data.iam.statements[name].policy
	}
}
