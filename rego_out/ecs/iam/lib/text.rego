# METADATA
# title: Usable text
# description: What every string of a request must be (N3).
package iam.lib.text

# U+FFFD is refused because OPA reads a lone surrogate as it (N3).
is_usable(value) if {
	is_string(value)
	not contains(value, "\ufffd")
	is_short(value)
}

# 64 KiB of UTF-8, at most four bytes a character; only a text between the two bounds is encoded to be counted.
is_short(value) if count(value) <= 16384

is_short(value) if {
	count(value) <= 65536
	count(hex.encode(value)) <= 131072
}
