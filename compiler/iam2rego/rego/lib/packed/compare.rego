# METADATA
# title: Tests of one text in tables
# description: |
#   The packed layout: a test consists of the kind of comparison and its operand. Numbers are text, dates are as returned by
#   `read.date`, and patterns are globs or, if some have variables, in the forms of `substitution`.
package iam.lib.compare

import data.iam.lib.pattern
import data.iam.lib.read as readers
import data.iam.lib.substitution

# METADATA
# title: The value of a text for a condition operator
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
# title: Whether a text, read by a reader, passes a comparison
# description: The value may be a number, so it is not passed to a function (see `request`).
compares("in", reader, text, wanted) if read(reader, text) in wanted

compares("starts", reader, text, prefix) if startswith(read(reader, text), prefix)

compares("like", reader, text, globs) if pattern.like(read(reader, text), globs)

compares("arn_like", reader, text, globs) if pattern.arn_like(read(reader, text), globs)

compares("substituted", reader, text, patterns) if {
	value := read(reader, text)
	some pattern in patterns
	substitution.matches(value, pattern)
}

compares("within", reader, text, ranges) if readers.within(read(reader, text), ranges)

compares("numbers", reader, text, wanted) if {
	value := read(reader, text)
	some each in wanted
	to_number(each) == value
}

compares("<", reader, text, wanted) if read(reader, text) < constant(wanted)

compares("<=", reader, text, wanted) if read(reader, text) <= constant(wanted)

compares(">", reader, text, wanted) if read(reader, text) > constant(wanted)

compares(">=", reader, text, wanted) if read(reader, text) >= constant(wanted)

constant(wanted) := to_number(wanted) if is_string(wanted)

constant(wanted) := wanted if is_array(wanted)
