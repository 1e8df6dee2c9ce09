# METADATA
# title: The gateway
# description: |
#   The entry points for what gateways ask, below which stands what `authz` decides of the request that the question becomes.
#   All but `request` are defined for every input, also for none.
package iam.gateway

import data.iam.lib.gateway.question
import data.iam.lib.gateway.response as answers

default allow := false

# METADATA
# title: Whether the request is allowed
# entrypoint: true
allow if data.iam.authz.allow with input as request

allow if {
	question.only_denied
	decision.decision == "allowed"
}

# METADATA
# title: What was decided and why
# description: A question that becomes no request is denied, and `errors` say why. Where only a Deny counts, nothing needs an Allow.
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
# title: What who asks is answered
# description: The request goes with it, so that the decision log tells it, whatever the gateway's document was.
# entrypoint: true
response := object.union(answers.response(decision), {"request": request}) if {
	request
} else := answers.response(decision)

# METADATA
# title: The request of IAM that the question becomes
# entrypoint: true
request := question.request
