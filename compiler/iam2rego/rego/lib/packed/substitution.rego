# METADATA
# title: Patterns with variables in tables
# description: |
#   The packed layout: a pattern is a pair of its form and its operand. A text is a string, or a list of strings and variables. A
#   variable is an object: its `key` in lower case, its default as `otherwise` if it has one (V4), and `bounded` if it is in a field of an
#   ARN, so that a value with a colon matches nothing (V9). Values are compared as text, never as part of a glob (V6).
package iam.lib.substitution

import data.iam.lib.context
import data.iam.lib.ordered

# METADATA
# title: Whether a text matches a pattern
# description: |
#   A pattern is `equal` to the text, `starts` or `ends` it, is anywhere in it (`holds`), or is equal ignoring case (`folded`); or it is
#   parts in order, for the whole text or for each field of an ARN. For a `resource`, the indices follow of the fields whose last star
#   crosses colons (R7).
matches(text, ["equal", wanted]) if text == resolved(wanted)

matches(text, ["starts", wanted]) if startswith(text, resolved(wanted))

matches(text, ["ends", wanted]) if endswith(text, resolved(wanted))

matches(text, ["holds", wanted]) if contains(text, resolved(wanted))

matches(text, ["folded", wanted]) if text == lower(resolved(wanted))

matches(text, ["ordered", parts]) if ordered.matches(text, resolved_parts(parts))

matches(text, ["fields", fields]) if ordered.matches_fields(text, resolved_fields(fields))

matches(text, ["resource", fields, crossing]) if ordered.matches_resource(text, resolved_fields(fields), crossing)

# A field with an unresolvable variable is left out, and fewer than six fields match nothing.
resolved_fields(fields) := [resolved_parts(parts) | some parts in fields]

resolved_parts(parts) := resolved_ones if {
	resolved_ones := [part | some wanted in parts; part := resolved_part(wanted)]
	count(resolved_ones) == count(parts)
}

resolved_part(wanted) := resolved(wanted)

resolved_part(wanted) := texts if {
	texts := [text | some member in wanted.texts; text := resolved(member)]
	count(texts) == count(wanted.texts)
}

# The value of a text. Undefined if a variable is unresolvable (V7).
resolved(wanted) := wanted if {
	is_string(wanted)
} else := concat("", texts) if {
	texts := [text | some member in wanted; text := resolved_member(member)]
	count(texts) == count(wanted)
}

resolved_member(member) := member if is_string(member)

resolved_member(variable) := value if {
	value := value_of(variable)
	not is_out_of_field(variable, value)
}

value_of(variable) := context.variable_or(variable.key, variable.otherwise)

value_of(variable) := context.variable(variable.key)

is_out_of_field(variable, value) if {
	variable.bounded
	contains(value, ":")
}
