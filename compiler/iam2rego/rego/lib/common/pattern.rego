# METADATA
# title: Wildcards
# description: |
#   Patterns are globs that the compiler wrote; none is ever built from the text of a request. A delimiter of null means
#   that a star crosses everything (A3, C13); with the delimiter `:` a single star stays inside its field and a double
#   one does not (R7, C22).
#
#   OPA's work for a glob is at most the length of the text times that of the glob. That holds with the delimiter too, since the compiler
#   writes no glob with two single stars in one field: those are put in `ordered`.
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
