# METADATA
# title: What Envoy is answered
# description: |
#   The object that opa-envoy-plugin takes. The decision goes with it, of which the plugin reads nothing: what is answered is what
#   the decision log holds.
package iam.lib.gateway.response

import data.iam.lib.gateway.question
import data.iam.routes.settings

# METADATA
# title: The answer that tells of a decision
response(decision) := {"allowed": true, "decision": decision} if {
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
