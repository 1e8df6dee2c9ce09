# METADATA
# title: Wildcards
# description: |
#   The compiler writes all globs; none is ever built from the text of a request. With a null delimiter, a star matches any
#   character (A3, C13). With the delimiter `:`, a single star stays inside its field and a double star does not (R7, C22).
#
#   OPA needs time proportional at most to the length of the text times that of the glob. That is true with the delimiter too, because
#   the compiler writes no glob with two single stars in one field: `ordered` matches those patterns.
package iam.lib.pattern

# METADATA
# title: Whether one of the globs matches the whole text
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
