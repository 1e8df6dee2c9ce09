# METADATA
# title: What is answered
# description: |
#   The object that who asks takes: opa-envoy-plugin, an object store, or a service that asks as AuthZEN says. The decision goes with
#   it, since what is answered is what the decision log holds; nobody minds members beside those that he reads.
package iam.lib.gateway.response

import data.iam.lib.gateway.question
import data.iam.routes.settings

# METADATA
# title: The answer that tells of a decision
response(decision) := {"allow": decision.decision == "allowed", "decision": decision} if {
	settings.kind == "storage"
} else := {"decision": decision.decision == "allowed", "context": decision} if {
	settings.kind == "authzen"
} else := {"allowed": true, "decision": decision} if {
	decision.decision == "allowed"
} else := {
	"allowed": false,
	"http_status": status,
	"headers": headers[status],
	"body": json.marshal(body(decision)),
	"decision": decision,
}

default status := 403

status := 401 if question.caller_is_unknown

headers := {
	401: {"content-type": "application/json", "www-authenticate": "Bearer"},
	403: {"content-type": "application/json"},
}

body(decision) := {
	"message": "forbidden",
	"decision": decision.decision,
	"denied_by": decision.denied_by,
	"statements": [object.filter(each, {"index", "policy", "sid"}) | some each in decision.matched_statements],
	"errors": decision.errors,
} if {
	settings.explain
} else := {"message": "forbidden"}
