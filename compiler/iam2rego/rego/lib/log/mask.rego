# METADATA
# title: What the decision log must not hold
# description: |
#   OPA asks this for each decision that it logs. Its masks name a member by a path in which no name can have a `/`, as context
#   keys of tags do; so documents are replaced as a whole, and one that cannot be cleared is left out.
# related_resources:
# - https://www.openpolicyagent.org/docs/management-decision-logs#masking-sensitive-data
package system.log

import data.system.log.masked

# What built-in functions have returned: claims of tokens, answers of servers.
mask contains "/nd_builtin_cache"

mask contains {"op": "upsert", "path": sprintf("/%s", [part]), "value": shown} if {
	some part, value in input
	part in {"input", "result"}
	shown := cleared(value)
	shown != value
}

mask contains sprintf("/%s", [part]) if {
	some part, value in input
	part in {"input", "result"}
	not can_be_cleared(value)
}

can_be_cleared(value) if {
	_ = cleared(value)
}

# A document need not be an object, so it is made part of one.
cleared(value) := json.patch(without_secrets, in_queries(without_secrets)).document if {
	regex.is_valid(masked.query)
	without_secrets := json.remove({"document": value}, secrets({"document": value}))
}

secrets(document) := named_members(document) | of_pairs(document)

named_members(document) := {texts(path) |
	walk(document, [path, _])
	is_secret(path[count(path) - 1])
}

# `{"key": "authorization", "value": "..."}`, as some gateways write headers
of_pairs(document) := {texts(array.concat(path, [member])) |
	walk(document, [path, pair])
	some label in {"key", "name"}
	is_secret(pair[label])
	some member, _ in pair
	member != label
}

is_secret(name) if lower(name) in masked.names

texts(path) := [sprintf("%v", [each]) | some each in path]

in_queries(document) := [{"op": "replace", "path": path, "value": shown} |
	walk(document, [path, text])
	is_string(text)
	shown := regex.replace(text, masked.query, "${1}=(masked)")
	shown != text
]
