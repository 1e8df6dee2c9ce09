# METADATA
# title: Templates
# description: |
#   Text joined from parts: null if one is absent; an empty object, which is not a valid value, if one is not text.
package iam.lib.gateway.template

# METADATA
# title: The parts joined
# description: "`concat` refuses what is not text, so that `text` is undefined."
joined(parts) := text if {
	text := concat("", parts)
} else := null if {
	null in parts
} else := {}

# METADATA
# title: A value in a field of an ARN, which it can neither leave nor widen
name(value) := value if {
	regex.match(`^[^$*/:?\\]+$`, value)
} else := null if {
	value == null
} else := {}

# METADATA
# title: The time of the decision
now := time.format([time.now_ns(), "UTC", "2006-01-02T15:04:05Z07:00"])
