# METADATA
# title: Authorization
# description: |
#   The entry points: `allow` for gateways, `decision` for people. Both are defined for every input, and without one.
#   Always query these, because the packages below rely on the lower-case action that they prepare.
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
# title: The decision and its reasons
# entrypoint: true
decision := answer if {
	answer := document.document with input as object.union(request.normal, {"explained": true})
} else := request.refusal
