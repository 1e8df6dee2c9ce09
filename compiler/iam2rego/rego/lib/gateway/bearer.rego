# METADATA
# title: Claims of a token
# description: The claims about the caller that this policy verifies itself; undefined without a valid token.
package iam.lib.gateway.bearer

import data.iam.lib.gateway.headers
import data.iam.lib.gateway.token
import data.iam.routes
import data.iam.routes.key_set
import data.iam.routes.settings

# METADATA
# title: The claims
claims := token.claims(text, settings.token, key_set) if {
	[scheme, text] := split(headers.value(routes.headers, settings.token.header), " ")
	lower(scheme) == "bearer"
}
