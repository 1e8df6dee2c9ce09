# METADATA
# title: Statements that apply, by tables
# description: |
#   The packed layout: no policy has a module. `data.iam.actions` says which statements are about an action, those of
#   identity policies that everybody has apart from those that are attached to somebody or something, and
#   `data.iam.policies` what each statement requires besides. What is `listed` has up to three parts: policies, those of
#   them with statements about actions of any service, and whether all identity policies of everybody are meant besides.
#   The other layout has `modules` in the place of this module, with rules of the same names.
package iam.lib.tables

import data.iam.lib.pattern
import data.iam.lib.requirements

# METADATA
# title: Whether a statement of a listed policy applies
# description: All is written out that nearly every request comes to, since a call of a function costs as much as a few of these lines.
applies(effect, listed) if {
	[service, name] := split(input.action, ":")
	table := data.iam.actions.attached[effect].services[service]
	named := [[id, index] | found := table.names[name]; some id in listed[0]; some index in indexes(found[id])]
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
	[each | some each in required; not requirements.holds(each[0], each)] == []
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
	some index in indexes(found)
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
# title: The statements of listed policies that apply, each by the policy's id and what their set holds for it
# description: |
#   A set is `allow`, `deny` or `reads_context`: the statements that are about action and caller and may ask for context
#   keys. It holds indexes, and for an Allow of a resource's policy also how the statement names the caller (P1).
statements(set, listed) := {[id, index] |
	some effect in ["allow", "deny"]
	some [id, index] in about(effect, listed)
	requirements.concern(id, index)
} if {
	set == "reads_context"
} else := {[id, requirements.member(id, index)] |
	some [id, index] in about(set, listed)
	requirements.hold(id, index)
}

# METADATA
# title: What a decision document says of a statement
# description: |
#   Its `sid`, and where it starts and ends. Of each place in turn `places` says how far it is from the one before: how many
#   lines down, and how many columns on, or which column if it is another line.
written(id, index) := {"sid": data.iam.statements[id].sids[index], "start": start, "end": end} if {
	[lines, columns] := json.unmarshal(data.iam.statements[id].places)
	start := place(array.slice(lines, 0, (2 * index) + 1), columns)
	end := place(array.slice(lines, 0, (2 * index) + 2), columns)
}

place(passed, columns) := {"line": sum(passed), "column": sum(array.slice(columns, last, count(passed)))} if {
	last := max([move | some move, lines in passed; lines != 0])
}

# METADATA
# title: The context keys that a statement asks for, as it spells them
context_keys(id, index) := requirements.keys(id, index)

about(effect, listed) := {statement | some statement in about_of_listed(effect, listed)} | {statement |
	listed[2]
	some statement in about_of_everybody(effect)
}

about_of_listed(effect, listed) := ((named | prefixed) | globbed) | general if {
	table := data.iam.actions.attached[effect]
	named := {[id, index] |
		found := table.services[asked[0]].names[asked[1]]
		some id in listed[0]
		some index in indexes(found[id])
	}
	prefixed := {[id, index] |
		found := table.services[asked[0]].prefixes
		some id in listed[0]
		some [index, prefixes] in found[id]
		strings.any_prefix_match(asked[1], prefixes)
	}
	globbed := {[id, index] |
		found := table.services[asked[0]].globs
		some id in listed[0]
		some [index, globs] in found[id]
		pattern.like(asked[1], globs)
	}
	general := {[id, index] |
		some id in listed[1]
		some index in table.any_service[id]
	}
}

about_of_everybody(effect) := ((named | prefixed) | globbed) | general if {
	table := data.iam.actions.everybody[effect]
	named := {[id, index] |
		some id, found in table.services[asked[0]].names[asked[1]]
		some index in indexes(found)
	}
	prefixed := {[id, index] |
		some id, found in table.services[asked[0]].prefixes
		some [index, prefixes] in found
		strings.any_prefix_match(asked[1], prefixes)
	}
	globbed := {[id, index] |
		some id, found in table.services[asked[0]].globs
		some [index, globs] in found
		pattern.like(asked[1], globs)
	}
	general := {[id, index] |
		some id, found in table.any_service
		some index in found
	}
}

# The service and the name of the action.
asked := split(input.action, ":")

# Nearly always an action stands in one statement of a policy, whose index needs no list then.
indexes(found) := [found] if is_number(found)

indexes(found) := found if is_array(found)
