# METADATA
# title: The form of a request
# description: |
#   The form that a request must have (N3). Any other request has no normal form, so it is refused and never allowed.
#
#   Wherever a request is read, a context value is passed to a function only if it is a text. OPA caches the results of functions by a
#   hash of the arguments. A number's hash is its whole part and a list's is the sum of its members', so a caller could send thousands
#   of numbers with the same hash, and OPA would compare each with all others.
package iam.lib.request

import data.iam.lib.number
import data.iam.lib.principal

# METADATA
# title: The normal form of the request
# description: The action in lower case, and `caller` added. Undefined for a malformed request.
normal := object.union(input, {"action": lower(input.action), "caller": principal.caller}) if {
	object.remove(input, {
		"action",
		"context",
		"principal",
		"resource",
		"resource_account",
		"resource_in_management_account",
	}) == {}
	regex.match(`^[A-Za-z0-9.-]+:[A-Za-z0-9._-]+$`, input.action)
	regex.match(`^(\*$|arn(:[^:]*){4}:)`, input.resource)
	not has_unusable_option
	is_object(input.context)
	folded := {lower(key) | some key, _ in input.context}
	count(folded) == count(input.context)
	not "" in folded
	[value |
		some value in input.context
		not is_string(value)
		some item in array.flatten([value])
		not is_string(item)
		not is_boolean(item)
		not number.plain(json.marshal(item))
	] == []
	text := sprintf("%v", [input])
	not contains(text, "\ufffd") # OPA reads a lone surrogate as this
	[member | is_too_long(text); some member in too_long] == []
}

has_unusable_option if {
	account := input.resource_account
	not regex.match(`^[0-9]{12}$`, account)
}

has_unusable_option if {
	is_in_management_account := input.resource_in_management_account
	not is_boolean(is_in_management_account)
}

# Checked only if the request as a whole has more than 64 KiB. Texts that are nested deeper are refused because of their place: a walk
# would take time proportional to the square of their depth.
too_long contains name if {
	some name, text in input
	is_string(text)
	is_too_long(text)
}

too_long contains name if {
	some name, value in input
	some inner, found in value
	some text in array.flatten([inner, found])
	is_string(text)
	is_too_long(text)
}

# More than 64 KiB of UTF-8: two digits a byte.
is_too_long(text) if count(hex.encode(text)) > 131072

# METADATA
# title: The decision document of a refused request
refusal := {
	"decision": "implicitDeny",
	"matched_statements": [],
	"denied_by": [],
	"missing_context_keys": [],
	"errors": sort(errors),
}

errors contains "the request is not an object" if not is_an_object

is_an_object if is_object(input)

errors contains sprintf("unknown member %s", [json.marshal(name)]) if {
	is_object(input)
	some name, _ in input
	not name in {"action", "context", "principal", "resource", "resource_account", "resource_in_management_account"}
}

errors contains sprintf("%s holds a lone surrogate", [json.marshal(name)]) if {
	is_object(input)
	some name, value in input
	contains(sprintf("%v", [[name, value]]), "\ufffd")
}

errors contains sprintf("%s holds text of more than 64 KiB", [json.marshal(name)]) if some name in too_long

errors contains "`principal` names no caller" if not principal.caller

errors contains "`action` is not of the form `service:Name`" if {
	not regex.match(`^[A-Za-z0-9.-]+:[A-Za-z0-9._-]+$`, object.get(input, "action", ""))
}

errors contains "`resource` is neither `*` nor an ARN of six fields" if {
	not regex.match(`^(\*$|arn(:[^:]*){4}:)`, object.get(input, "resource", ""))
}

errors contains "`resource_account` is not an account of twelve digits" if {
	not regex.match(`^[0-9]{12}$`, object.get(input, "resource_account", "000000000000"))
}

errors contains "`resource_in_management_account` is not a boolean" if {
	not is_boolean(object.get(input, "resource_in_management_account", false))
}

errors contains "`context` is not an object" if not is_object(object.get(input, "context", null))

errors contains "`context` has an empty key" if "" in object.keys(input.context)

errors contains sprintf("the context key %s holds an unusable value", [json.marshal(key)]) if {
	some key, value in input.context
	some item in array.flatten([value])
	not is_string(item)
	not is_boolean(item)
	not number.plain(json.marshal(item))
}

errors contains "two context keys differ only in case" if {
	is_object(input.context)
	count({lower(key) | some key, _ in input.context}) != count(input.context)
}
