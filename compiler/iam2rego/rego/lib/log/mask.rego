# METADATA
# title: Masking of the decision log
# description: |
#   OPA queries this for each decision that it logs. The paths of its masks cannot contain names with `/`, which context keys of tags
#   have. So whole documents are replaced, and one that cannot be cleaned is left out.
# related_resources:
# - https://www.openpolicyagent.org/docs/management-decision-logs#masking-sensitive-data
package system.log

import data.system.log.masked

# Results of built-in functions: claims of tokens, responses of servers.
mask contains "/nd_builtin_cache"

mask contains {"op": "upsert", "path": sprintf("/%s", [part]), "value": shown} if {
	some part in suspect
	shown := cleared(input[part])
	shown != input[part]
}

mask contains sprintf("/%s", [part]) if {
	some part in suspect
	not can_be_cleared(part)
}

can_be_cleared(part) if {
	_ = cleared(input[part])
}

# Most documents contain none of the names, which a single search of their text shows.
suspect contains part if {
	some part in ["input", "result"]
	text := lower(json.marshal(input[part]))
	some name in masked.in_texts
	contains(text, name)
}

suspect contains part if {
	some part in ["input", "result"]
	_ = input[part]
	not masked.in_texts
}

# A document may not be an object, so it is wrapped in one.
cleared(value) := json.patch(without_secrets, in_queries(without_secrets)).document if {
	regex.is_valid(masked.query)
	without_secrets := json.remove({"document": value}, secrets({"document": value}))
}

secrets(document) := named | of_pairs if {
	nodes := [node | walk(document, node)]
	named := {texts(path) |
		some [path, _] in nodes
		is_secret(path[count(path) - 1])
	}

	# `{"key": "authorization", "value": "..."}`, as some gateways write headers
	of_pairs := {texts(array.concat(path, [member])) |
		some [path, pair] in nodes
		some label in ["key", "name"]
		is_secret(pair[label])
		some member, _ in pair
		member != label
	}
}

is_secret(name) if lower(name) in masked.names

texts(path) := [sprintf("%v", [each]) | some each in path]

in_queries(document) := [{"op": "replace", "path": path, "value": shown} |
	walk(document, [path, text])
	contains(text, "=")
	shown := regex.replace(text, masked.query, "${1}=(masked)")
	shown != text
]
