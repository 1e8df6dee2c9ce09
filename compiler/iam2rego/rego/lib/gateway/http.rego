# METADATA
# title: HTTP requests
# description: |
#   Reads the values that `routes` finds in a document. An absent value is null. An ambiguous value is an empty object, which is not
#   valid in a request, so that a request that needs it is refused.
package iam.lib.gateway.http

import data.iam.lib.gateway.headers
import data.iam.lib.gateway.path
import data.iam.lib.gateway.query
import data.iam.routes

# METADATA
# title: What routes are told apart by, the method and the segments of the path
# description: |
#   Undefined if the document cannot be read. It asks what `errors` asks, in as few steps as possible: all names of headers as one text.
#   Only an object has keys. Beyond ASCII, different characters share a lower case: the Kelvin sign becomes `k`.
asked := array.concat([method], path.segments(routes.path)) if {
	method := routes.method
	is_string(method)
	names := object.keys(routes.headers)
	regex.match(`^[!-~]*$`, concat("", names))
	regex.match(`(?im)^x-(?:http-method|http-method-override|method-override|original-url|rewrite-url)$`, concat("\n", names)) == false
}

# METADATA
# title: Why the document cannot be read
errors contains "the document holds no method" if not is_string(routes.method)

errors contains "the path is not understood" if not path_is_understood

errors contains "the headers are not understood" if not headers_are_understood

errors contains "a header asks for another method" if {
	some name, _ in routes.headers
	lower(name) in {"x-http-method", "x-http-method-override", "x-method-override"}
}

errors contains "a header asks for another path" if {
	some name, _ in routes.headers
	lower(name) in {"x-original-url", "x-rewrite-url"}
}

path_is_understood if path.segments(routes.path)

headers_are_understood if regex.match(`^[!-~]*$`, concat("", object.keys(routes.headers)))

# METADATA
# title: The value of a header, by its name in lower case
header(name) := headers.value(routes.headers, name)

# METADATA
# title: The client address that the first of `hops` trusted proxies saw
forwarded(hops) := headers.forwarded(routes.headers, hops)

# METADATA
# title: The value of a parameter of the query string
parameter(name) := query.value(routes.path, name)
