# METADATA
# title: The context of a request
# description: |
#   Keys are compared ignoring case (C2), values are text (C14), and an empty list counts as a missing key (C5).
#   Compiled policies name keys in lower case. Everything here is computed only when a condition needs it.
package iam.lib.context

import data.iam.lib.number

# METADATA
# title: Text, or a list of texts, by lower-case key
texts := strings if {
	strings := {lower(key): value | some key, value in input.context; is_string(value)}
	count(strings) == count(input.context)
} else := object.union(
	{lower(key): as_text(json.marshal(value)) | some key, value in input.context; not is_array(value)},
	{lower(key): [as_text(json.marshal(item)) | some item in value] | some key, value in input.context; is_array(value); value != []},
)

# The text of a value as JSON spells it: no function takes a number (see `request`).
as_text(spelling) := json.unmarshal(spelling) if startswith(spelling, `"`)

as_text(spelling) := spelling if spelling in {"true", "false"}

as_text(spelling) := number.plain(spelling)

# METADATA
# title: Whether the key is missing (C4, C5)
absent(key) if not texts[key]

# METADATA
# title: The text of a single-valued key
# description: Undefined for a missing key and for a list, which a plain operator never matches (C6).
text(key) := value if {
	value := texts[key]
	is_string(value)
}

# METADATA
# title: The texts that a set operator iterates over
# description: None for a missing key, one for a single-valued key (C7).
values(key) := [] if absent(key)

values(key) := [text(key)]

values(key) := texts[key] if is_array(texts[key])

# METADATA
# title: The texts that ForAllValues iterates over
# description: None for a missing key and for a null dataset, which has only empty texts (C5).
dataset(key) := found if {
	found := values(key)
	some text in found
	text != ""
} else := []

# METADATA
# title: Whether Null treats a multivalued key as missing, because it is absent or a null dataset (C5, C26)
is_null_dataset(key) if dataset(key) == []

# METADATA
# title: Whether Null treats any other key as missing
# description: A list of empty texts is a null dataset, but a single empty text is a value (C5).
is_null(key) if absent(key)

is_null(key) if {
	is_array(texts[key])
	is_null_dataset(key)
}

# METADATA
# title: The value of `${key}`
# description: Undefined, so unresolvable, for a missing key, a list or the empty text (V7, V8).
variable(key) := value if {
	value := text(key)
	value != ""
}

# METADATA
# title: The value of `${key, 'default'}` (V4)
variable_or(key, _) := variable(key)

variable_or(key, fallback) := fallback if not variable(key)

# METADATA
# title: The value of `${key}` in one of the first five fields of an ARN
# description: Undefined for a value with a colon (V9).
field_variable(key) := value if {
	value := variable(key)
	not contains(value, ":")
}

# METADATA
# title: The value of `${key, 'default'}` in one of the first five fields of an ARN
field_variable_or(key, fallback) := value if {
	value := variable_or(key, fallback)
	not contains(value, ":")
}
