# METADATA
# title: Query strings
# description: |
#   The parameters of a query string by name, each decoded once: null where there is none, and an empty object where it cannot be
#   told for sure. A name that stands twice is read in different ways, and so are `+`, `;` and characters that stand for themselves
#   in no query.
package iam.lib.gateway.query

import data.iam.lib.gateway.percent

# METADATA
# title: The values of the parameters of these names
values(raw, names) := {name: value(raw, name) | some name in names}

value(raw, name) := null if {
	not contains(raw, "?")
} else := alone([pair[1] | some pair in pairs(raw); pair[0] == name]) if {
	regex.match(form, text(raw))
} else := {}

alone([]) := null

alone([value]) := value

pairs(raw) := [[urlquery.decode(name), urlquery.decode(value)] |
	some each in split(text(raw), "&")
	name := split(each, "=")[0]
	value := substring(each, count(name) + 1, -1)
]

text(raw) := substring(raw, indexof(raw, "?") + 1, -1)

# What stands for itself, or a printable character of ASCII.
form := concat("", [
	`^(?:[!$&'()*,./0-9:=?@A-Z_a-z~-]`,
	`|%[2-6][0-9A-Fa-f]|%7[0-9A-Ea-e]`,
	percent.beyond_ascii,
	`)*$`,
])
