# METADATA
# title: Parts in order
# description: |
#   A pattern that cannot be a glob is a list of parts: the pieces between its stars. A part is a text, or a list of texts with exactly
#   one character, for a `?`, between each two. A text matches if it starts with the first part, ends with the last, and has the others
#   between them in this order. Values of variables are literal text: no pattern is ever built from a request (V6).
#
#   The search for each part starts at the end of the previous one and takes the first match, because a later match leaves less text for
#   the following parts. So the text is scanned once for each part, whatever a caller puts into text and variables. A scan takes time
#   proportional to the length of the text; for text beyond ASCII, times the length of the part.
package iam.lib.ordered

# METADATA
# title: Whether a text has these parts in order
# description: At most thirteen parts, so twelve stars. The compiler rejects more (IAM409).
matches(text, [part]) if {
	width(part) == count(text)
	0 in starts(text, part)
}

matches(text, parts) if {
	last := count(parts) - 1
	ends(after(last, text, parts), parts[last])
}

# The rest of a text after the first `n` parts.
after(1, text, parts) := past_start(text, parts[0])

after(2, text, parts) := past(past_start(text, parts[0]), parts[1])

after(3, text, parts) := past(past(past_start(text, parts[0]), parts[1]), parts[2])

after(4, text, parts) := past(past(past(past_start(text, parts[0]), parts[1]), parts[2]), parts[3])

after(5, text, parts) := past(past(past(past(past_start(text, parts[0]), parts[1]), parts[2]), parts[3]), parts[4])

after(n, text, parts) := rest if {
	n > 5
	fifth := past(past(past(past(past_start(text, parts[0]), parts[1]), parts[2]), parts[3]), parts[4])
	rest := further(n - 5, fifth, array.slice(parts, 5, n))
}

# The same from the sixth part on, because functions cannot be recursive.
further(1, text, parts) := past(text, parts[0])

further(2, text, parts) := past(past(text, parts[0]), parts[1])

further(3, text, parts) := past(past(past(text, parts[0]), parts[1]), parts[2])

further(4, text, parts) := past(past(past(past(text, parts[0]), parts[1]), parts[2]), parts[3])

further(5, text, parts) := past(past(past(past(past(text, parts[0]), parts[1]), parts[2]), parts[3]), parts[4])

further(6, text, parts) := past(past(past(past(past(past(text, parts[0]), parts[1]), parts[2]), parts[3]), parts[4]), parts[5])

further(7, text, parts) := past(
	past(past(past(past(past(past(text, parts[0]), parts[1]), parts[2]), parts[3]), parts[4]), parts[5]),
	parts[6],
)

# The rest of a text after a part that it starts with.
past_start(text, part) := substring(text, count(part), -1) if startswith(text, part)

past_start(text, part) := substring(text, width(part), -1) if {
	is_array(part)
	0 in starts(text, part)
}

# The rest of a text after the first occurrence of a part.
past(text, "") := text

past(text, part) := substring(text, start + count(part), -1) if {
	start := indexof(text, part)
	start >= 0
}

past(text, part) := substring(text, min(starts(text, part)) + width(part), -1) if is_array(part)

ends(text, part) if endswith(text, part)

ends(text, part) if {
	is_array(part)
	(count(text) - width(part)) in starts(text, part)
}

# The number of characters in a part.
width(part) := count(part) if is_string(part)

width(part) := (sum([count(text) | some text in part]) + count(part)) - 1 if is_array(part)

# Every place where a part occurs in a text.
starts(text, part) := {start | some start in positions(text, part)} if is_string(part)

starts(text, part) := {start | some start in found; start >= 0; start <= room} if {
	is_array(part)
	room := count(text) - width(part)
	found := intersection({shifted |
		some index, member in part
		is_telling(part, member)
		before := width(array.slice(part, 0, index)) + 1
		shifted := {start |
			some position in positions(text, member)
			start := position - before
		}
	})
}

# A part's empty texts are everywhere, so only its other texts are searched for, if it has any.
is_telling(_, member) if member != ""

is_telling(part, _) if concat("", part) == ""

# The empty text, a variable's empty default (V4), is everywhere.
positions(text, member) := indexof_n(text, member) if member != ""

positions(text, "") := numbers.range(0, count(text))

# METADATA
# title: Whether an ARN matches field by field (C22)
# description: A list of parts for each of six fields. Wildcards stay inside their field; the sixth field includes all further colons.
matches_fields(text, fields) if {
	found := split(text, ":")
	count(found) > 5
	every index, parts in array.slice(fields, 0, 5) {
		matches(found[index], parts)
	}
	matches(concat(":", array.slice(found, 5, count(found))), fields[5])
}

# METADATA
# title: Whether an ARN matches a resource (R7)
# description: |
#   Like `matches_fields`, but a star at the end of one of the first five fields crosses colons, so that the next field may start after
#   any later colon. `crossing` has the indices of these fields. The text's fields that can be the pattern's next one are a set, which
#   never gets larger than the number of fields.
matches_resource(text, fields, crossing) if {
	found := split(text, ":")
	second := next(found, {0}, fields[0], 0 in crossing)
	third := next(found, second, fields[1], 1 in crossing)
	fourth := next(found, third, fields[2], 2 in crossing)
	fifth := next(found, fourth, fields[3], 3 in crossing)
	sixth := next(found, fifth, fields[4], 4 in crossing)
	colons := positions(text, ":")
	places := {place |
		some index in sixth
		place := colons[index - 1] + 1
	}
	matches(substring(text, place_of(text, places, fields[5]), -1), fields[5])
}

next(found, reached, parts, true) := {index | some index, _ in found; index > nearest} if {
	nearest := min({index | some index in reached; matches(found[index], parts)})
}

next(found, reached, parts, false) := {following |
	some index in reached
	matches(found[index], parts)
	following := index + 1
}

# Where the sixth field starts: at the last place that fits its end, or at the first match of its first part.
place_of(text, places, [part]) := place if {
	place := count(text) - width(part)
	place in places
}

place_of(text, places, parts) := min(places & starts(text, parts[0])) if count(parts) > 1
