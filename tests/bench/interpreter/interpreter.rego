# METADATA
# title: A plain interpreter of IAM's JSON
# description: |
#   What one writes to decide by policies as they are: `data.policies` holds documents by name, `data.attached` the names of
#   those that a principal has. It knows identity-based policies: both effects, wildcards, variables, and the operators of
#   conditions that are common. It is what compiled policies are measured against, and no reference of what IAM means.
package interpreter

default allow := false

allow if {
	not denied
	applies("Allow")
}

denied if applies("Deny")

applies(effect) if {
	some name in data.attached[input.principal]
	some statement in listed(data.policies[name].Statement)
	statement.Effect == effect
	action_matches(statement)
	resource_matches(statement)
	conditions_hold(statement)
}

action_matches(statement) if {
	some pattern in listed(statement.Action)
	matches(lower(pattern), action)
}

action_matches(statement) if {
	every pattern in listed(statement.NotAction) {
		not matches(lower(pattern), action)
	}
}

action := lower(input.action)

resource_matches(statement) if {
	some pattern in listed(statement.Resource)
	matches(with_values(pattern), input.resource)
}

resource_matches(statement) if {
	every pattern in listed(statement.NotResource) {
		not matches(with_values(pattern), input.resource)
	}
}

conditions_hold(statement) if {
	every operator, keys in object.get(statement, "Condition", {}) {
		every key, wanted in keys {
			holds(operator, given(key), [with_values(text) | some text in listed(wanted)])
		}
	}
}

holds("Null", values, wanted) if lower(wanted[0]) == sprintf("%v", [count(values) == 0])

holds(operator, values, wanted) if {
	startswith(operator, "ForAnyValue:")
	some value in values
	compares(trim_prefix(operator, "ForAnyValue:"), value, wanted)
}

holds(operator, values, wanted) if {
	startswith(operator, "ForAllValues:")
	every value in values {
		compares(trim_prefix(operator, "ForAllValues:"), value, wanted)
	}
}

holds(operator, values, wanted) if {
	not startswith(operator, "For")
	some value in values
	compares(operator, value, wanted)
}

holds(operator, [], _) if endswith(operator, "IfExists")

holds(operator, [], _) if {
	not startswith(operator, "For")
	contains(operator, "Not")
}

compares(operator, value, wanted) if {
	some text in wanted
	is_so(trim_suffix(operator, "IfExists"), value, text)
}

compares(operator, value, wanted) if {
	contains(operator, "Not")
	every text in wanted {
		not is_so(replace(trim_suffix(operator, "IfExists"), "Not", ""), value, text)
	}
}

is_so("StringEquals", value, text) if value == text

is_so("StringEqualsIgnoreCase", value, text) if lower(value) == lower(text)

is_so("StringLike", value, text) if matches(text, value)

is_so("ArnEquals", value, text) if matches(text, value)

is_so("ArnLike", value, text) if matches(text, value)

is_so("Bool", value, text) if lower(value) == lower(text)

is_so("IpAddress", value, text) if net.cidr_contains(text, value)

is_so("NumericEquals", value, text) if to_number(value) == to_number(text)

is_so("NumericLessThan", value, text) if to_number(value) < to_number(text)

is_so("NumericLessThanEquals", value, text) if to_number(value) <= to_number(text)

is_so("NumericGreaterThan", value, text) if to_number(value) > to_number(text)

is_so("NumericGreaterThanEquals", value, text) if to_number(value) >= to_number(text)

is_so("DateLessThan", value, text) if time.parse_rfc3339_ns(value) < time.parse_rfc3339_ns(text)

is_so("DateGreaterThan", value, text) if time.parse_rfc3339_ns(value) > time.parse_rfc3339_ns(text)

matches(pattern, text) if glob.match(pattern, null, text)

given(key) := [value |
	some name, values in input.context
	lower(name) == lower(key)
	some value in listed(values)
]

with_values(text) := strings.replace_n(variables, text)

variables := {sprintf("${%s}", [name]): value |
	some name, value in input.context
	is_string(value)
}

listed(value) := value if is_array(value)

listed(value) := [value] if not is_array(value)
