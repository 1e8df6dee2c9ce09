# METADATA
# title: The form of a request
# description: |
#   Rule N3: what a request must look like before it is decided. A request of any other form is refused, never allowed.
#   Members are tested by rules without arguments: a missing member makes such a rule undefined, and so refuses.
package iam.lib.request

import data.iam.lib.number
import data.iam.lib.principal
import data.iam.lib.text

# The same tests as behind `errors`, which are gathered for refused requests only.
valid if {
	principal_is_well_formed
	action_is_well_formed
	resource_is_well_formed
	account_is_well_formed
	management_is_well_formed
	context_is_well_formed
	count(object.remove(input, members)) == 0
}

members := {"action", "context", "principal", "resource", "resource_account", "resource_in_management_account"}

errors contains "the request is not an object" if not is_an_object

errors contains sprintf("unknown member %s", [json.marshal(name)]) if {
	is_object(input)
	some name, _ in input
	not name in members
}

errors contains "`principal` names no caller" if not principal_is_well_formed

errors contains "`action` is not of the form `service:Name`" if not action_is_well_formed

errors contains "`resource` is neither `*` nor an ARN of six fields" if not resource_is_well_formed

errors contains "`resource_account` is not an account of twelve digits" if not account_is_well_formed

errors contains "`resource_in_management_account` is not a boolean" if not management_is_well_formed

errors contains "`context` is not an object" if not context_is_an_object

errors contains "`context` has an empty key" if "" in object.keys(input.context)

errors contains sprintf("the context key %s is not usable text", [json.marshal(key)]) if {
	some key, _ in input.context
	not text.is_usable(key)
}

errors contains sprintf("the context key %s holds an unusable value", [json.marshal(key)]) if {
	some key, value in input.context
	not is_context_value(value)
}

errors contains "two context keys differ only in case" if {
	context_is_an_object
	count({lower(key) | some key, _ in input.context}) != count(input.context)
}

# METADATA
# title: The decision document of a refused request
refusal := {
	"decision": "implicitDeny",
	"matched_statements": [],
	"denied_by": [],
	"missing_context_keys": [],
	"errors": sort(errors),
}

is_an_object if is_object(input)

principal_is_well_formed if principal.caller

action_is_well_formed if {
	action_is_of_ascii
	text.is_usable(input.action)
}

# METADATA
# title: Whether the action consists of the characters of actions
# description: Ask before its case is folded, since other characters fold to these.
action_is_of_ascii if regex.match(`^[A-Za-z0-9.-]+:[A-Za-z0-9._-]+$`, input.action)

resource_is_well_formed if input.resource == "*"

resource_is_well_formed if {
	regex.match(`^arn(:[^:]*){4}:`, input.resource)
	text.is_usable(input.resource)
}

account_is_well_formed if regex.match(`^[0-9]{12}$`, object.get(input, "resource_account", "000000000000"))

management_is_well_formed if is_boolean(object.get(input, "resource_in_management_account", false))

context_is_an_object if is_object(input.context)

context_is_well_formed if {
	keys := object.keys(input.context)
	not "" in keys
	count({lower(key) | some key in keys}) == count(keys)
	context_is_usable
}

# Where every text of a request is usable, a look at the types is enough for most.
context_is_usable if {
	text.all_are_usable
	{type_name(value) | some value in input.context} & {"array", "null", "number", "object"} == set()
} else if {
	every key, value in input.context {
		text.is_usable(key)
		is_context_value(value)
	}
}

is_context_value(value) if {
	is_scalar(value)
} else if {
	is_array(value)
	every item in value {
		is_scalar(item)
	}
}

is_scalar(value) if {
	text.is_usable(value)
} else if {
	is_boolean(value)
} else if {
	number.text(value)
}
