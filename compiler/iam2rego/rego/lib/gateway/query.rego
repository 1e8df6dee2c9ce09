# METADATA
# title: Query strings
# description: |
#   The parameters of a query string by name, each decoded once: null if absent, and an empty object if ambiguous. Servers disagree on
#   repeated names, on `+` and `;`, and on characters that must be encoded in a query.
package iam.lib.gateway.query

import data.iam.lib.gateway.percent

# METADATA
# title: The value of a parameter
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

# An unreserved character, or an encoded printable ASCII character.
form := concat("", [
	`^(?:[!$&'()*,./0-9:=?@A-Z_a-z~-]`,
	`|%[2-6][0-9A-Fa-f]|%7[0-9A-Ea-e]`,
	percent.beyond_ascii,
	`)*$`,
])
