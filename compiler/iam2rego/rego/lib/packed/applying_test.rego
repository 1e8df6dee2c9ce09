package iam.lib.applying_test

import data.iam.lib.applying

holding := []

failing := [["never"]]

# In each policy, the statements with an odd index apply.
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

test_listed[note] if {
	some note, case in lists
	got := applying.statements(case.set, case.listed) with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family}
	got == case.want
}

test_one_of_those_listed_applies[note] if {
	some note, case in lists
	got := {true | applying.applies(case.set, case.listed)} with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family}
	got == {true | some _ in case.want}
}

# Everybody's policies are exactly those of the list.
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
	some note, case in lists
	got := applying.statements(case.set, [[], [], true]) with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"everybody": of_everybody(case.listed)}
	got == case.want
}

test_one_of_everybodys_applies[note] if {
	some note, case in lists
	got := {true | applying.applies(case.set, [[], [], true])} with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"everybody": of_everybody(case.listed)}
	got == {true | some _ in case.want}
}

test_everybodys_and_others if {
	listed := [["p"], [], true]
	got := applying.statements("allow", listed) with input as {"action": "s3:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family, "everybody": of_everybody([["r"], []])}
	got == {["p", 1], ["r", 1], ["r", 3]}
}

test_everybodys_are_asked_only_where_they_are_listed if {
	not applying.applies("allow", [["q"]]) with input as {"action": "sqs:getobject"}
		with data.iam.policies as policies
		with data.iam.actions as {"attached": family, "everybody": family}
}

# Statements that read `K`: those with an odd index apply, the others never do.
asking := {policy: [never, always, never, always] | some policy in ["p", "q", "r", "s", "t", "u"]} if {
	never := [["never"]]
	always := []
}

naming_keys := {policy: {"policy": policy, "statements": array.concat(asks, asks)} |
	some policy in ["p", "q", "r", "s", "t", "u"]
	asks := [["", 1, 1, 1, 2, ["K", "There"]], ["", 1, 1, 1, 2, ["K"]]]
}

about := {
	["p", 1, "K"], ["p", 2, "K"],
	["q", 0, "K"], ["q", 2, "K"], ["q", 3, "K"],
	["r", 1, "K"], ["r", 2, "K"], ["r", 3, "K"],
	["s", 0, "K"], ["s", 3, "K"],
}

test_keys_of_statements_about_the_action[note] if {
	some note, case in {
		"D5/of both effects": {
			"modules": {"allow": every_policy, "deny": [["p"]], "reads_context": every_policy},
			"want": (about | {["p", 3, "K"]}),
		},
		"D5/of those in levels": {"modules": {"levels": [every_policy], "reads_context": every_policy}, "want": about},
		"D5/of everybody": {"modules": {"allow": [[], [], true], "reads_context": [[], [], true]}, "want": about},
		"D5/none asks": {"modules": {"allow": every_policy}, "want": set()},
	}
	got := applying.lacking(case.modules) with input as {"action": "s3:getobject", "context": {"THERE": "x"}}
		with data.iam.policies as asking
		with data.iam.statements as naming_keys
		with data.iam.actions as {"attached": family, "everybody": of_everybody(every_policy)}
	got == case.want
}

test_no_keys_of_statements_about_other_callers if {
	of_nobody := [["include", {"arn": ["x"]}]]
	request := {"action": "s3:getobject", "context": {}, "caller": {"kind": "user", "arn": "y"}}
	got := applying.lacking({"allow": [["p"]], "reads_context": [["p"]]}) with input as request
		with data.iam.policies as {"p": [[], of_nobody]}
		with data.iam.statements as naming_keys
		with data.iam.actions as {"attached": family}
	got == set()
}

test_naming[note] if {
	some note, case in {
		"P1/kind": {"asks": [["kind", {"arn": ["x"]}]], "want": {["p", [1, "direct"]]}},
		"P1/everybody": {"asks": [["exclude", {"arn": ["y"]}], ["kind", {"any": ["*"]}]], "want": {["p", [1, "wild"]]}},
		"P1/does not apply": {"asks": [["kind", {"any": ["*"]}], ["never"]], "want": set()},
	}
	got := applying.naming([["p"]]) with input as {"action": "s3:getobject", "caller": {"kind": "user", "arn": "x"}}
		with data.iam.policies as {"p": [[], case.asks]}
		with data.iam.actions as {"attached": family}
	got == case.want
}
