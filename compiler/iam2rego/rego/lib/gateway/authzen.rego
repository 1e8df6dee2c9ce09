# METADATA
# title: AuthZEN requests
# description: |
#   Reads a subject, an action, a resource and a context. Values come from `properties`, but the type, id and name next to them take
#   precedence.
package iam.lib.gateway.authzen

# METADATA
# title: What routes are told apart by
# description: The type of the subject, the name of the action and the type of the resource; undefined if the document cannot be read.
asked := [input.subject.type, input.action.name, input.resource.type] if count(errors) == 0

subject := object.union(properties(input.subject), object.filter(input.subject, {"id", "type"}))

action := object.union(properties(input.action), object.filter(input.action, {"name"}))

resource := object.union(properties(input.resource), object.filter(input.resource, {"id", "type"}))

context := object.get(input, "context", {})

# METADATA
# title: Why the document cannot be read
errors contains sprintf("the %s is not understood", [part]) if {
	some part, names in {"subject": {"id", "type"}, "action": {"name"}, "resource": {"id", "type"}}
	not is_understood(object.get(input, part, null), names)
}

errors contains "the context is not understood" if not is_object(context)

# Such a caller expects an answer to each evaluation. An empty list is the same as none.
errors contains "several evaluations in one question are not supported" if object.get(input, "evaluations", []) != []

is_understood(part, names) if {
	is_object(properties(part))
	every name in names {
		is_string(part[name])
	}
}

properties(part) := object.get(part, "properties", {})
