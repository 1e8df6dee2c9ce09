# METADATA
# title: The response
# description: |
#   The object that the caller expects: opa-envoy-plugin, an object store, or an AuthZEN client. It includes the decision, because the
#   decision log records only the response; callers ignore members that they do not know.
package iam.lib.gateway.response

import data.iam.lib.gateway.question
import data.iam.routes.settings

# METADATA
# title: The response for a decision
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
