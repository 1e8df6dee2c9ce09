# METADATA
# title: Requirements of a statement besides its action
# description: |
#   The packed layout: in `data.iam.policies`, a policy is a list of statements, and a statement is a list of requirements that
#   must all hold. A requirement is a list that begins with its kind; one about a text ends with the kind of comparison and its
#   operand.
package iam.lib.requirements

import data.iam.lib.compare
import data.iam.lib.context
import data.iam.lib.pattern
import data.iam.lib.principals

# METADATA
# title: Whether all requirements of a statement hold
hold(id, index) if {
	required := data.iam.policies[id][index]
	not failing(required)
}

# METADATA
# title: Whether some requirement does not hold
failing(required) if {
	some requirement in required
	not holds(requirement[0], requirement)
}

# METADATA
# title: Whether a statement's action and principal parts match
concern(id, index) if {
	every requirement in data.iam.policies[id][index] {
		holds_or_is_about_else(requirement[0], requirement)
	}
}

holds_or_is_about_else(kind, _) if not kind in {"action", "exclude", "include", "kind", "not_action", "not_exempt"}

holds_or_is_about_else(kind, requirement) if holds(kind, requirement)

# A statement that can never apply is in the tables only if it reads context keys: `never` has no rule, so it never holds.
holds("action", [_, how, wanted]) if compare.compares(how, "text", input.action, wanted)

holds("not_action", [_, how, wanted]) if not compare.compares(how, "text", input.action, wanted)

holds("resource", [_, how, wanted]) if compare.compares(how, "text", input.resource, wanted)

holds("resource_in", [_, texts]) if input.resource in texts

holds("resource_starts", [_, prefix]) if startswith(input.resource, prefix)

holds("resource_like", [_, globs]) if pattern.like(input.resource, globs)

holds("not_resource", [_, how, wanted]) if not compare.compares(how, "text", input.resource, wanted)

holds("resolved", [_, keys]) if {
	every key in keys {
		context.variable(key)
	}
}

holds("include", [_, listed]) if principals.include(listed)

holds("exclude", [_, listed]) if not principals.include(listed)

holds("not_exempt", [_, listed]) if not principals.exempt(listed)

holds("kind", [_, listed]) if principals.kind(listed)

# Conditions: a key, how its text is read, and how that is compared (C1 to C11). The key is in lower case.

holds("equals", [_, key, wanted]) if context.texts[key] in wanted

holds("is", [_, key, reader, how, wanted]) if compare.compares(how, reader, context.text(key), wanted)

holds("is_if_exists", [_, key, _, _, _]) if context.absent(key)

holds("is_if_exists", [_, key, reader, how, wanted]) if compare.compares(how, reader, context.text(key), wanted)

holds("is_not", [_, key, _, _, _]) if context.absent(key)

holds("is_not", [_, key, reader, how, wanted]) if is_missed(reader, context.text(key), how, wanted)

holds("all", [_, key, reader, how, wanted]) if {
	every text in context.dataset(key) {
		compare.compares(how, reader, text, wanted)
	}
}

holds("all_not", [_, key, reader, how, wanted]) if {
	every text in context.dataset(key) {
		is_missed(reader, text, how, wanted)
	}
}

holds("any", [_, key, reader, how, wanted]) if {
	some text in context.values(key)
	compare.compares(how, reader, text, wanted)
}

holds("any_not", [_, key, reader, how, wanted]) if {
	some text in context.values(key)
	is_missed(reader, text, how, wanted)
}

holds("absent", [_, key]) if context.absent(key)

holds("present", [_, key]) if not context.absent(key)

holds("null", [_, key]) if context.is_null(key)

holds("not_null", [_, key]) if not context.is_null(key)

holds("null_dataset", [_, key]) if context.is_null_dataset(key)

holds("not_null_dataset", [_, key]) if not context.is_null_dataset(key)

holds("single_if_exists", [_, key]) if context.absent(key)

holds("single_if_exists", [_, key]) if context.text(key)

# A text that cannot be read neither matches nor fails to match (C15).
is_missed(reader, text, how, wanted) if {
	compare.read(reader, text)
	not compare.compares(how, reader, text, wanted)
}
