# METADATA
# title: Statements that apply
# description: |
#   The modules layout: each policy's module says which of its statements apply (E3). `listed` is a list of policies from
#   `data.iam.attachments`, under the name of the wanted set: `allow`, `deny` or `reads_context`. The packed layout has a
#   module of the same name, with the same rules.
package iam.lib.applying

import data.iam.lib.context

# METADATA
# title: Whether a statement of a listed policy applies
applies(set, listed) if {
	some name in listed
	some _ in data.iam.policies[name][set]
}

# METADATA
# title: The statements of listed policies that apply, each as the policy's name and the statement's entry in the policy's set
statements(set, listed) := {[name, member] |
	some name in listed
	some member in data.iam.policies[name][set]
}

# METADATA
# title: The applying Allows of a resource's policy, by its name and a pair of the index and how the caller is named (P1)
naming(listed) := statements("allow", listed)

# METADATA
# title: The context keys that statements read and the request lacks, as each spells them
# description: Only of statements whose action and principal parts match.
lacking(modules) := {[name, index, key] |
	some name in modules.reads_context
	some index in data.iam.policies[name].reads_context
	some key in data.iam.statements[name].statements[index][5]
	context.absent(lower(key))
}
