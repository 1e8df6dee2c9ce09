# METADATA
# title: Usable text
# description: What every string of a request must be (N3).
package iam.lib.text

is_usable(value) if {
	is_string(value)
	all_are_usable
} else if {
	not contains(value, "\ufffd") # OPA reads a lone surrogate as it (N3)
	is_short(value)
}

# Nearly every request is short, and one look at the whole of it tells what need not be asked of each text then.
all_are_usable if {
	whole := json.marshal(input)
	count(whole) <= 16384
	not contains(whole, "\ufffd")
}

# 64 KiB of UTF-8 (N3), two digits a byte; undefined for what is no string.
is_short(value) if count(hex.encode(value)) / 2 <= 65536
