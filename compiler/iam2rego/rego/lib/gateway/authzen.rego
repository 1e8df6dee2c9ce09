# METADATA
# title: AuthZEN requests
# description: |
#   Reads a subject, an action, a resource and a context. Values come from `properties`, but the type, id and name next to them take
#   precedence.
package iam.lib.gateway.authzen

# METADATA
# title: The values for routes
facts := {
	"method": input.action.name,
	"segments": [input.subject.type, input.resource.type],
	"subject": object.union(properties(input.subject), object.filter(input.subject, {"id", "type"})),
	"action": object.union(properties(input.action), object.filter(input.action, {"name"})),
	"resource": object.union(properties(input.resource), object.filter(input.resource, {"id", "type"})),
	"context": object.get(input, "context", {}),
	"time": time.format([time.now_ns(), "UTC", "2006-01-02T15:04:05Z07:00"]),
}

# METADATA
# title: Why the document cannot be read
errors contains sprintf("the %s is not understood", [part]) if {
	some part, names in {"subject": {"id", "type"}, "action": {"name"}, "resource": {"id", "type"}}
	not is_understood(object.get(input, part, null), names)
}

errors contains "the context is not understood" if not is_object(object.get(input, "context", {}))

# Such a caller expects an answer to each evaluation. An empty list is the same as none.
errors contains "several evaluations in one question are not supported" if object.get(input, "evaluations", []) != []

is_understood(part, names) if {
	is_object(properties(part))
	every name in names {
		is_string(part[name])
	}
}

properties(part) := object.get(part, "properties", {})
