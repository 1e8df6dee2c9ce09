# METADATA
# title: Templates
# description: |
#   Text made of parts: null where one of them is absent, an empty object, which is no value, where one is no text.
package iam.lib.gateway.template

# METADATA
# title: The parts one after the other
joined(parts) := concat("", parts) if {
	every part in parts {
		is_string(part)
	}
} else := null if {
	null in parts
} else := {}

# METADATA
# title: A value as part of a field of an ARN, which it can neither leave nor widen
name(value) := value if {
	regex.match(`^[^$*/:?\\]+$`, value)
} else := null if {
	value == null
} else := {}
