package iam.lib.tables_test

import data.iam.lib.tables

holding := []

failing := [["never"]]

# Of each policy the statements with an odd index hold.
policies := {policy: [failing, holding, failing, holding] | some policy in ["p", "q", "r", "s", "t", "u"]}

family := {
	"allow": {
		"services": {
			"s3": {
				"names": {"getobject": {"p": 1, "q": [0, 3], "r": 2}, "putobject": {"s": 1}},
				"prefixes": {"q": [[1, ["put"]], [2, ["get"]]], "r": [[1, ["x", "get"]]]},
				"globs": {"r": [[0, ["*x", "put*"]], [3, ["*x", "*object"]]], "t": [[3, ["g?t*"]]], "u": [[2, ["g?t*"]]]},
			},
			"sqs": {"names": {"getobject": {"s": 1}}, "prefixes": {"s": [[1, [""]]]}},
		},
		"any_service": {"s": [0, 3], "p": [2]},
	},
	"deny": {"services": {"s3": {"prefixes": {"p": [[3, [""]]]}}}, "any_service": {}},
}

every_policy := [["p", "q", "r", "s"], ["s", "p"]]

lists := {
	"by name": {"set": "allow", "listed": [["p"], []], "want": {["p", 1]}},
	"by name, in two statements": {"set": "allow", "listed": [["q"], []], "want": {["q", 3]}},
	"by prefix or glob": {"set": "allow", "listed": [["r"], []], "want": {["r", 1], ["r", 3]}},
	"by glob alone": {"set": "allow", "listed": [["t"], []], "want": {["t", 3]}},
	"by glob alone, but nothing holds": {"set": "allow", "listed": [["u"], []], "want": set()},
	"of any service": {"set": "allow", "listed": [["s"], ["s"]], "want": {["s", 3]}},
	"of another service": {"set": "allow", "listed": [["s"], []], "want": set()},
	"all": {"set": "allow", "listed": every_policy, "want": {["p", 1], ["q", 3], ["r", 1], ["r", 3], ["s", 3]}},
	"none": {"set": "allow", "listed": [[], []], "want": set()},
	"a Deny": {"set": "deny", "listed": [["p"], []], "want": {["p", 3]}},
	"no Deny": {"set": "deny", "listed": [["q"], []], "want": set()},
}

about := {"D/about the action, whether it applies or not": {
	"set": "reads_context",
	"listed": every_policy,
	"want": {
		["p", 1], ["p", 2], ["p", 3],
		["q", 0], ["q", 2], ["q", 3],
		["r", 1], ["r", 2], ["r", 3],
		["s", 0], ["s", 3],
	},
}}

test_listed[note] if {
	some note, case in object.union(lists, about)
	got := tables.statements(case.set, case.listed) with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family}
	got == case.want
}

test_one_of_those_listed_applies[note] if {
	some note, case in lists
	got := {true | tables.applies(case.set, case.listed)} with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family}
	got == {true | some _ in case.want}
}

# What everybody has are the policies of the list, and no others.
of_everybody(listed) := {effect: {"services": services, "any_service": any_service} |
	some effect, table in family
	any_service := object.filter(table.any_service, listed[1])
	services := {service: object.union({"names": names}, patterns) |
		some service, entry in table.services
		names := {name: object.filter(found, listed[0]) | some name, found in entry.names}
		patterns := {kind: object.filter(entry[kind], listed[0]) | some kind in {"prefixes", "globs"}}
	}
}

test_of_everybody[note] if {
	some note, case in object.union(lists, about)
	got := tables.statements(case.set, [[], [], true]) with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"everybody": of_everybody(case.listed)}
	got == case.want
}

test_one_of_everybodys_applies[note] if {
	some note, case in lists
	got := {true | tables.applies(case.set, [[], [], true])} with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"everybody": of_everybody(case.listed)}
	got == {true | some _ in case.want}
}

test_everybodys_and_others if {
	listed := [["p"], [], true]
	got := tables.statements("allow", listed) with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family, "everybody": of_everybody([["r"], []])}
	got == {["p", 1], ["r", 1], ["r", 3]}
}

test_everybodys_are_asked_only_where_they_are_listed if {
	not tables.applies("allow", [["q"]]) with input as {"action": "sqs:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family, "everybody": family}
}

# Statements of one policy: on a line of its own, then two side by side, then one after an empty line.
test_written[note] if {
	some note, case in {
		"from the first line": {"index": 0, "want": {"sid": "A", "start": [2, 5], "end": [4, 6]}},
		"on the line where another ends": {"index": 1, "want": {"sid": "", "start": [4, 8], "end": [4, 20]}},
		"on the same line": {"index": 2, "want": {"sid": "C", "start": [4, 22], "end": [5, 3]}},
		"after an empty line": {"index": 3, "want": {"sid": "D", "start": [7, 1], "end": [7, 2]}},
	}
	policy := {"sids": ["A", "", "C", "D"], "places": "[[2,2,0,0,0,1,2,0],[5,6,2,12,2,3,1,1]]"}
	got := tables.written("p", case.index) with data.iam.statements as {"p": policy}
	got.sid == case.want.sid
	[got.start.line, got.start.column, got.end.line, got.end.column] == array.concat(case.want.start, case.want.end)
}

test_context_keys if {
	tables.context_keys("p", 1) == {"K"} with data.iam.policies as {"p": [[], [["absent", "K"]]]}
}
