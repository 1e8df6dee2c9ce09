# METADATA
# title: Statements that apply, by modules
# description: |
#   What a policy's own module says of its statements (E3). What is `listed` is a list of policies of `data.iam.attachments`,
#   which stands under the name of the set that is asked for: `allow`, `deny` or `reads_context`. The packed layout has
#   `tables` in the place of this module, with rules of the same names.
package iam.lib.modules

# METADATA
# title: Whether a statement of a listed policy applies
applies(set, listed) if {
	some name in listed
	some _ in data.iam.policies[name][set]
}

# METADATA
# title: The statements of listed policies that apply, each by the policy's name and what the policy's set holds for it
statements(set, listed) := {[name, member] |
	some name in listed
	some member in data.iam.policies[name][set]
}

# METADATA
# title: What a decision document says of a statement
# description: Its `sid`, and where it starts and ends.
written(name, index) := {"sid": statement.sid, "start": statement.start, "end": statement.end} if {
	statement := data.iam.statements[name].statements[index]
}

# METADATA
# title: The context keys that a statement asks for, as it spells them
context_keys(name, index) := data.iam.statements[name].statements[index].context_keys
