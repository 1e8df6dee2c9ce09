# METADATA
# title: Headers
# description: |
#   Headers by their names, in whatever case they are spelled. One that was sent twice stands twice, or once with a comma between
#   its values; which of them counts is read in different ways, so it is an empty object, which is no value.
package iam.lib.gateway.headers

# METADATA
# title: The values of the headers of these names, null where there is none
values(sent, names) := {name: value(sent, name) | some name in names}

# METADATA
# title: The value of a header
value(sent, name) := alone([text | some given in all_of(sent, name); some text in given])

# METADATA
# title: The address that the first of so many trusted proxies was asked from
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
