package iam.lib.gateway.authzen_test

import data.iam.lib.gateway.authzen

document := {
	"subject": {"type": "user", "id": "u", "properties": {"team": "red", "id": "other"}},
	"action": {"name": "read", "properties": {"force": true, "name": "other"}},
	"resource": {"type": "doc", "id": "d"},
	"context": {"ip": "192.0.2.1"},
}

test_a_route_is_given_what_was_read if {
	read := authzen with input as document
	read.asked == ["user", "read", "doc"]
	read.subject == {"type": "user", "id": "u", "team": "red"}
	read.action == {"name": "read", "force": true}
	read.resource == {"type": "doc", "id": "d"}
	read.context == {"ip": "192.0.2.1"}
	read.errors == set()
}

test_a_question_needs_no_context if {
	without := object.remove(document, ["context"])
	authzen.errors == set() with input as without
	authzen.context == {} with input as without
}

test_an_empty_list_of_evaluations_is_as_none if {
	authzen.errors == set() with input as object.union(document, {"evaluations": []})
}

test_what_is_not_understood_says_why if {
	cases := {
		"the subject is not understood": [
			{"op": "remove", "path": "/subject"},
			{"op": "replace", "path": "/subject", "value": "u"},
			{"op": "remove", "path": "/subject/type"},
			{"op": "replace", "path": "/subject/id", "value": 1},
			{"op": "replace", "path": "/subject/properties", "value": []},
		],
		"the action is not understood": [
			{"op": "replace", "path": "/action", "value": null},
			{"op": "remove", "path": "/action/name"},
		],
		"the resource is not understood": [
			{"op": "remove", "path": "/resource/id"},
			{"op": "replace", "path": "/resource/type", "value": {}},
		],
		"the context is not understood": [{"op": "replace", "path": "/context", "value": null}],
		"several evaluations in one question are not supported": [
			{"op": "add", "path": "/evaluations", "value": [{"action": {"name": "write"}}]},
			{"op": "add", "path": "/evaluations", "value": null},
		],
	}
	every message, changes in cases {
		every change in changes {
			read := authzen with input as json.patch(document, [change])
			read.errors == {message}
			not read.asked
		}
	}
}
