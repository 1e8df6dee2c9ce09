# METADATA
# title: Templates
# description: |
#   Text joined from parts: null if one is absent; an empty object, which is not a valid value, if one is not text.
package iam.lib.gateway.template

# METADATA
# title: The parts joined
joined(parts) := concat("", parts) if {
	every part in parts {
		is_string(part)
	}
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
