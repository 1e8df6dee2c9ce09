# METADATA
# title: Paths
# description: |
#   The segments of a path, each decoded once and separately. Anything that servers read in different ways is rejected: empty segments,
#   `.` and `..`, also encoded; encoded slashes, backslashes, percent signs and control characters; `;` and `#`; characters that must
#   be encoded in a path; invalid and overlong UTF-8.
package iam.lib.gateway.path

import data.iam.lib.gateway.percent

# METADATA
# title: The segments of a path as sent, none for `/`
# description: Most paths have nothing to decode, which one regular expression sees.
segments(raw) := split(substring(raw, 1, -1), "/") if {
	regex.match(`^(?:/[0-9A-Z_a-z~-][.0-9A-Z_a-z~-]*)+$`, raw)
} else := [] if {
	before_query(raw) == "/"
} else := [decoded(each) | some each in written] if {
	startswith(before_query(raw), "/")
	written := split(substring(before_query(raw), 1, -1), "/")
	every each in written {
		understood(each)
	}
}

before_query(raw) := split(raw, "?")[0]

understood(written) if {
	regex.match(form, written)
	not decoded(written) in {".", ".."}
}

decoded(written) := urlquery.decode(replace(written, "+", "%2B"))

# An unreserved character, or an encoded printable ASCII character.
form := concat("", [
	`^(?:[!$&'()*+,.0-9:=@A-Z_a-z~-]`,
	`|%2[0-46-9A-Ea-e]|%3[0-9AC-Fac-f]|%[46][0-9A-Fa-f]|%5[0-9ABD-Fabd-f]|%7[0-9A-Ea-e]`,
	percent.beyond_ascii,
	`)+$`,
])
