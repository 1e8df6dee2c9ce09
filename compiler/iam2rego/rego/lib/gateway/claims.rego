# METADATA
# title: Claims
# description: The claims about the caller that the gateway or this policy has verified; empty if there are none.
package iam.lib.gateway.claims

import data.iam.lib.gateway.headers
import data.iam.lib.gateway.token
import data.iam.routes.key_set
import data.iam.routes.settings

# METADATA
# title: The claims
default verified := {}

verified := found if {
	found := object.get(input, settings.claims.path, {})
	is_object(found)
}

verified := token.claims(text, settings.claims, key_set) if {
	sent := object.get(input, settings.places.headers, {})
	[scheme, text] := split(headers.value(sent, settings.claims.header), " ")
	lower(scheme) == "bearer"
}
