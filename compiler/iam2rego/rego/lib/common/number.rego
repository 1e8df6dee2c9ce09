# METADATA
# title: Decimal numbers
# description: |
#   Rule N2: a number's text is an exact decimal without exponent, superfluous zeros or a signed zero, with at most 40
#   digits on either side of the point. OPA keeps the spelling of a number in `input`, so the digits are moved as text,
#   never computed.
package iam.lib.number

zeros := "000000000000000000000000000000000000000"

# METADATA
# title: The decimal value of a spelling
# description: |
#   The spelling has an optional sign, digits, an optional fraction and an optional exponent (C16). Undefined for any
#   other text and for a decimal with too many digits.
plain(spelling) := spelling if {
	regex.match(`^(0|-?[1-9][0-9]{0,39})$`, spelling)
} else := decimal if {
	[_, sign, whole, fraction, exponent] := regex.find_all_string_submatch_n(scientific, spelling, -1)[0]
	digits := concat("", [whole, fraction])
	decimal := signed(sign, unsigned(digits, count(whole), shift(exponent)))
}

scientific := `^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$`

# An exponent of 18 digits moves the point further than any text is long, so more digits are not needed.
shift(exponent) := amount if {
	magnitude := substring(trim_left(exponent, "+-0"), 0, 18)
	amount := to_number(concat("", [sign_of(exponent), magnitude, zero_if_empty(magnitude)]))
}

sign_of(exponent) := "-" if {
	startswith(exponent, "-")
} else := ""

zero_if_empty("") := "0"

zero_if_empty(magnitude) := "" if magnitude != ""

signed("-", decimal) := concat("", ["-", decimal]) if decimal != "0"

signed("-", "0") := "0"

signed(sign, decimal) := decimal if sign != "-"

# `digits` with the point after the first `whole` of them, moved right by `moved`.
unsigned(digits, whole, moved) := decimal if {
	significant := trim_left(digits, "0")
	kept := trim_right(significant, "0")
	point := (whole - (count(digits) - count(significant))) + moved
	decimal := place(kept, point)
}

place("", _) := "0"

place(digits, point) := concat("", ["0.", substring(zeros, 0, 0 - point), digits]) if {
	digits != ""
	point <= 0
	count(digits) - point <= 40
}

place(digits, point) := concat("", [digits, substring(zeros, 0, point - count(digits))]) if {
	digits != ""
	point >= count(digits)
	point <= 40
}

place(digits, point) := sprintf("%s.%s", [substring(digits, 0, point), substring(digits, point, -1)]) if {
	point > 0
	point < count(digits)
	point <= 40
	count(digits) - point <= 40
}
