# METADATA
# title: Statements that apply
# description: |
#   The packed layout: policies are data, not modules. `data.iam.actions` lists the statements about an action, with everybody's
#   identity policies apart from policies that are attached to a principal or resource. `data.iam.policies` has the other requirements
#   of each statement. Usually one statement of a policy has an action, and then its index is not in a list; `array.flatten` accepts
#   both. `listed` has up to three parts: policies, those of them with statements about actions of any service, and whether
#   everybody's identity policies are included. The modules layout has a module of the same name, with the same rules.
package iam.lib.applying

import data.iam.lib.context
import data.iam.lib.pattern
import data.iam.lib.principals
import data.iam.lib.requirements

# METADATA
# title: Whether a statement of a listed policy applies
# description: The usual case is inlined, because a function call costs as much as a few of these lines.
applies(effect, listed) if {
	[service, name] := split(input.action, ":")
	table := data.iam.actions.attached[effect].services[service]
	named := [[id, index] | found := table.names[name]; some id in listed[0]; some index in array.flatten([found[id]])]
	prefixed := [[id, index] |
		found := table.prefixes
		some id in listed[0]
		some [index, prefixes] in found[id]
		strings.any_prefix_match(name, prefixes)
	]
	globbed := [[id, index] |
		found := table.globs
		some id in listed[0]
		some [index, globs] in found[id]
		pattern.like(name, globs)
	]
	some hits in [named, prefixed, globbed]
	some [id, index] in hits
	required := data.iam.policies[id][index]
	not requirements.failing(required)
}

applies(effect, listed) if {
	some id in listed[1]
	some index in data.iam.actions.attached[effect].any_service[id]
	requirements.hold(id, index)
}

applies(effect, listed) if {
	listed[2]
	applies_to_everybody(effect)
}

applies_to_everybody(effect) if {
	some id, found in data.iam.actions.everybody[effect].services[asked[0]].names[asked[1]]
	some index in array.flatten([found])
	requirements.hold(id, index)
}

applies_to_everybody(effect) if {
	some id, found in data.iam.actions.everybody[effect].services[asked[0]].prefixes
	some [index, prefixes] in found
	strings.any_prefix_match(asked[1], prefixes)
	requirements.hold(id, index)
}

applies_to_everybody(effect) if {
	some id, found in data.iam.actions.everybody[effect].services[asked[0]].globs
	some [index, globs] in found
	pattern.like(asked[1], globs)
	requirements.hold(id, index)
}

applies_to_everybody(effect) if {
	some id, found in data.iam.actions.everybody[effect].any_service
	some index in found
	requirements.hold(id, index)
}

# METADATA
# title: The statements of listed policies that apply, each as the policy's id and its index
statements(effect, listed) := {[id, index] |
	some [id, index] in about(effect, listed)
	required := data.iam.policies[id][index]
	not requirements.failing(required)
}

# METADATA
# title: The applying Allows of a resource's policy, by its id and a pair of the index and how the caller is named (P1)
naming(listed) := {[id, [index, principals.kind(named)]] |
	some [id, index] in statements("allow", listed)
	some ["kind", named] in data.iam.policies[id][index]
}

# METADATA
# title: The context keys that statements read and the request lacks, as each spells them
# description: |
#   Only of statements whose action and principal parts match. In levels of policies, those that read keys are listed separately.
lacking(modules) := {[id, index, key] |
	some effect, listed in object.union({"allow": modules.reads_context}, modules)
	effect in {"allow", "deny"}
	some [id, index] in about(effect, listed)
	some key in data.iam.statements[id].statements[index][5]
	context.absent(lower(key))
	requirements.concern(id, index)
}

# Statements about the action, possibly with duplicates.
about(effect, listed) := array.flatten([named, prefixed, globbed, general, everybodys]) if {
	[service, name] := asked
	named := [[id, index] |
		found := data.iam.actions.attached[effect].services[service].names[name]
		some id in listed[0]
		some index in array.flatten([found[id]])
	]
	prefixed := [[id, index] |
		found := data.iam.actions.attached[effect].services[service].prefixes
		some id in listed[0]
		some [index, prefixes] in found[id]
		strings.any_prefix_match(name, prefixes)
	]
	globbed := [[id, index] |
		found := data.iam.actions.attached[effect].services[service].globs
		some id in listed[0]
		some [index, globs] in found[id]
		pattern.like(name, globs)
	]
	general := [[id, index] |
		some id in listed[1]
		some index in data.iam.actions.attached[effect].any_service[id]
	]
	everybodys := [statement |
		listed[2]
		some statement in about_of_everybody(effect)
	]
}

about_of_everybody(effect) := array.flatten([named, prefixed, globbed, general]) if {
	[service, name] := asked
	table := data.iam.actions.everybody[effect]
	named := [[id, index] |
		some id, found in table.services[service].names[name]
		some index in array.flatten([found])
	]
	prefixed := [[id, index] |
		some id, found in table.services[service].prefixes
		some [index, prefixes] in found
		strings.any_prefix_match(name, prefixes)
	]
	globbed := [[id, index] |
		some id, found in table.services[service].globs
		some [index, globs] in found
		pattern.like(name, globs)
	]
	general := [[id, index] |
		some id, found in table.any_service
		some index in found
	]
}

# The service and the name of the action.
asked := split(input.action, ":")
