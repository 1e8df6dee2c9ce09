# METADATA
# title: Wildcards
# description: |
#   Patterns are globs that the compiler wrote; none is ever built from the text of a request. A delimiter of null means
#   that a star crosses everything (A3, C13); with the delimiter `:` a single star stays inside its field and a double
#   one does not (R7, C22).
package iam.lib.pattern

# METADATA
# title: Whether one of the globs matches, stars crossing everything
like(text, globs) if {
	some pattern in globs
	glob.match(pattern, null, text)
}

# METADATA
# title: Whether one of the globs matches field by field
arn_like(text, globs) if {
	some pattern in globs
	glob.match(pattern, [":"], text)
}

# METADATA
# title: Where a part occurs in a text
# description: The empty part, a variable's empty default (V4), occurs everywhere.
positions(text, part) := indexof_n(text, part) if part != ""

positions(text, "") := numbers.range(0, count(text))
