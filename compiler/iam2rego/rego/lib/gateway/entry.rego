# METADATA
# title: The gateway
# description: |
#   The entry points for gateways. They turn the gateway's question into a request, which `authz` decides. All except `request` are
#   defined for every input, and without one.
package iam.gateway

import data.iam.lib.gateway.question
import data.iam.lib.gateway.response as answers

default allow := false

# METADATA
# title: Whether the request is allowed
# entrypoint: true
allow if data.iam.authz.allow with input as question.request

allow if {
	question.only_denied
	decision.decision == "allowed"
}

# METADATA
# title: The decision and its reasons
# description: A question without a valid request is denied, and `errors` says why. If only a Deny counts, no Allow is needed.
# entrypoint: true
decision := object.union(answer, {"decision": "allowed", "denied_by": []}) if {
	question.only_denied
	answer := data.iam.authz.decision with input as request
	answer.decision == "implicitDeny"
	count(answer.errors) == 0
} else := answer if {
	answer := data.iam.authz.decision with input as request
} else := {
	"decision": "implicitDeny",
	"matched_statements": [],
	"denied_by": [],
	"missing_context_keys": [],
	"errors": sort(question.errors),
}

# METADATA
# title: The response for the gateway
# description: It includes the request, so that the decision log shows it whatever the gateway's document was.
# entrypoint: true
response := object.union(answers.response(decision), {"request": request}) if {
	request
} else := answers.response(decision)

# METADATA
# title: The IAM request in the question
# entrypoint: true
request := question.request
