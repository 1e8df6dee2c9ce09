# METADATA
# title: Statements
# description: |
#   What a decision document tells of statements. They are looked for in parts: lists of a type of policy with its modules, by the set
#   that they define.
package iam.lib.statements

import data.iam.lib.context
import data.iam.lib.modules as applying

# METADATA
# title: The statements in a set that apply, each by type and name of its policy, index and module
that(parts, use) := {[type, data.iam.statements[name].policy, index, name] |
	some [type, listed] in parts
	some [name, index] in applying.statements(use, listed[use])
}

# METADATA
# title: What a document says of the statements that decided, in their order
# description: It is the order in which OPA goes through a set.
described(statements, outcome) := [{
	"policy": policy,
	"policy_type": type,
	"sid": written.sid,
	"index": index,
	"effect": effects[outcome],
	"start": written.start,
	"end": written.end,
} |
	some [type, policy, index, name] in statements
	written := applying.written(name, index)
]

effects := {"allowed": "Allow", "explicitDeny": "Deny"}

# METADATA
# title: The context keys that statements ask for and the request lacks
# description: Each spelled as in the first statement that asks.
missing_keys(parts) := sort({first[3] |
	some [folded, _] in asking
	first := min({statement | some [key, statement] in asking; key == folded})
}) if {
	asking := {[folded, [type, policy, index, key]] |
		some [type, policy, index, name] in that(parts, "reads_context")
		some key in applying.context_keys(name, index)
		folded := lower(key)
		context.absent(folded)
	}
}
