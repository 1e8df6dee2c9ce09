# METADATA
# title: Authorization
# description: |
#   The entry points: `allow` for gateways, `decision` for people. Both are defined for every input, also for none.
#   They fold the case of the action before anything else is asked, so never ask a package below them directly.
package iam.authz

import data.iam.lib.decide
import data.iam.lib.document
import data.iam.lib.fast_path
import data.iam.lib.request

default allow := false

# METADATA
# title: Whether the request is allowed
# entrypoint: true
allow := answer if {
	answer := fast_path.allow
} else := answer if {
	answer := decide.allow with input as request.normal
}

# METADATA
# title: What was decided and why
# entrypoint: true
decision := answer if {
	answer := document.document with input as object.union(request.normal, {"explained": true})
} else := request.refusal
