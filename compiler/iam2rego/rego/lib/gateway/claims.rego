# METADATA
# title: Claims
# description: What is verified of who asks, by others or here; no claims where nothing is.
package iam.lib.gateway.claims

import data.iam.lib.gateway.headers
import data.iam.routes.key_set
import data.iam.routes.settings

# METADATA
# title: The claims
default verified := {}

verified := found if {
	found := object.get(input, settings.claims.path, {})
	is_object(found)
}

verified := payload if {
	sent := object.get(input, settings.places.headers, {})
	[scheme, token] := split(headers.value(sent, settings.claims.header), " ")
	lower(scheme) == "bearer"
	pinned := object.union(settings.claims.pinned, {"cert": json.marshal(key_set), "time": time.now_ns()})
	[valid, head, payload] := io.jwt.decode_verify(token, pinned)
	valid

	# The built-in function would panic at one that is no text (OPA 1.22.2).
	payload.iss == settings.claims.issuer

	# What these ask for is read in different ways.
	object.keys(head) & {"crit", "cty"} == set()

	# A token without it would be good for ever.
	is_number(payload.exp)
}
