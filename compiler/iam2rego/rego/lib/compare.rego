# METADATA
# title: Tests of one text, as tables hold them
# description: |
#   The packed layout: a test is how something is compared, and with what. Numbers stand there as text, dates as
#   `read.date` gives them, patterns as globs or, where some have variables, in the forms of `substitution`.
package iam.lib.compare

import data.iam.lib.pattern
import data.iam.lib.read as readers
import data.iam.lib.substitution

# METADATA
# title: What a condition operator compares of a text
# description: Undefined for a text that is not of the operator's type (C15).
read("text", text) := text

read("folded", text) := lower(text)

read("decimal", text) := readers.decimal(text)

read("date", text) := readers.date(text)

read("boolean", text) := readers.boolean(text)

read("binary", text) := readers.binary(text)

read("address", text) := readers.address(text)

read("arn", text) := readers.arn(text)

# METADATA
# title: Whether a value compares with what is wanted
compares("in", value, wanted) if value in wanted

compares("starts", text, prefix) if startswith(text, prefix)

compares("like", text, globs) if pattern.like(text, globs)

compares("arn_like", text, globs) if pattern.arn_like(text, globs)

compares("substituted", text, patterns) if {
	some pattern in patterns
	substitution.matches(text, pattern)
}

compares("within", address, ranges) if readers.within(address, ranges)

compares("numbers", value, wanted) if {
	some text in wanted
	to_number(text) == value
}

compares("<", value, wanted) if value < constant(wanted)

compares("<=", value, wanted) if value <= constant(wanted)

compares(">", value, wanted) if value > constant(wanted)

compares(">=", value, wanted) if value >= constant(wanted)

constant(wanted) := to_number(wanted) if is_string(wanted)

constant(wanted) := wanted if is_array(wanted)
