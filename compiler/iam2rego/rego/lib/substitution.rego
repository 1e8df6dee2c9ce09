# METADATA
# title: Patterns with variables, as tables hold them
# description: |
#   The packed layout: a pattern is a pair of its form and its parts, which are texts and variables. A variable is an
#   object: its `key` in lower case, its default as `otherwise` if it has one (V4), and `bounded` if it stands in a field of an ARN, so
#   that a value with a colon matches nothing (V9). A value is compared, never part of a glob (V6).
package iam.lib.substitution

import data.iam.lib.context
import data.iam.lib.pattern

# METADATA
# title: Whether a text matches a pattern
# description: |
#   A pattern is `equal` to the text or `starts` it, or is equal but for its case (`folded`), or it is `cut` at its
#   variables, which stand between globs then: a pair each, of a function of `pattern` and a glob.
matches(text, ["equal", parts]) if text == joined(parts)

matches(text, ["starts", parts]) if startswith(text, joined(parts))

matches(text, ["folded", parts]) if text == lower(joined(parts))

matches(text, ["cut", parts]) if {
	some [place, start] in graph.reachable(steps(text, parts), {[0, 0]})
	place == count(parts) - 1
	spans(substring(text, start, -1), parts[place])
}

joined(parts) := concat("", texts) if {
	texts := [resolved | some part in parts; resolved := resolve(part)]
	count(texts) == count(parts)
}

# Undefined for a variable that is unresolvable (V7).
resolve(part) := part if is_string(part)

resolve(part) := value if {
	value := value_of(part)
	not is_out_of_field(part, value)
}

value_of(variable) := context.variable_or(variable.key, variable.otherwise)

value_of(variable) := context.variable(variable.key)

is_out_of_field(variable, value) if {
	variable.bounded
	contains(value, ":")
}

# From a glob's place among the parts and where it starts in the text to the next glob's: over all that it may span until the
# variable between them occurs. A graph, because rules cannot recur.
steps(text, parts) := {[place, start]: next |
	some place, glob in parts
	some start in starts(text, parts, place)
	next := {[place + 2, end] |
		some [found, end] in occurrences(text, parts[place + 1])
		found >= start
		spans(substring(text, start, found - start), glob)
	}
}

starts(text, parts, place) := {0} if {
	place == 0
} else := {end | some [_, end] in occurrences(text, parts[place - 1])}

# Where the value of a variable starts in a text, and where it ends.
occurrences(text, variable) := {[start, end] |
	value := resolve(variable)
	some start in pattern.positions(text, value)
	end := start + count(value)
}

spans(text, ["like", glob]) if pattern.like(text, [glob])

spans(text, ["arn_like", glob]) if pattern.arn_like(text, [glob])
