# METADATA
# title: Headers
# description: |
#   Headers by name, ignoring case. A header that was sent twice occurs twice, or once with a comma between its values. Servers
#   disagree on which value counts, so the result is an empty object, which is not a valid value.
package iam.lib.gateway.headers

# METADATA
# title: The value of a header, null if absent
value(sent, name) := alone([text | some given in all_of(sent, name); some text in given])

# METADATA
# title: The client address that the first of `hops` trusted proxies saw
forwarded(sent, hops) := trim(addresses[count(addresses) - hops], " \t") if {
	[given] := all_of(sent, "x-forwarded-for")
	count(given) > 0
	addresses := split(concat(",", given), ",")
} else := {}

all_of(sent, name) := [listed(given) |
	some spelled, given in sent
	lower(spelled) == name
]

listed(given) := given if {
	is_array(given)
} else := [given]

alone([]) := null

alone([value]) := value if {
	is_string(value)
	not contains(value, ",")
} else := {}

alone(values) := {} if count(values) > 1
