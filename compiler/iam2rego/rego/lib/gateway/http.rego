# METADATA
# title: HTTP requests
# description: |
#   Reads a document in which `settings.places` says where the values are. An absent value is null. An ambiguous value is an empty
#   object, which is not valid in a request, so that a request that needs it is refused.
package iam.lib.gateway.http

import data.iam.lib.gateway.claims
import data.iam.lib.gateway.headers
import data.iam.lib.gateway.path
import data.iam.lib.gateway.query
import data.iam.routes.settings

# METADATA
# title: The values for routes
facts := {
	"method": method,
	"segments": path.segments(target),
	"query": query.values(target, settings.query),
	"headers": headers.values(sent, settings.headers),
	"claims": claims.verified,
	"source_ip": source_ip,
	"time": time.format([time.now_ns(), "UTC", "2006-01-02T15:04:05Z07:00"]),
}

# METADATA
# title: Why the document cannot be read
errors contains "the document holds no method" if not is_string(method)

errors contains "the path is not understood" if not path_is_understood

errors contains "the headers are not understood" if not headers_are_understood

errors contains "a header asks for another method" if {
	some name, _ in sent
	lower(name) in {"x-http-method", "x-http-method-override", "x-method-override"}
}

errors contains "a header asks for another path" if {
	some name, _ in sent
	lower(name) in {"x-original-url", "x-rewrite-url"}
}

method := object.get(input, settings.places.method, null)

target := object.get(input, settings.places.path, null)

path_is_understood if path.segments(target)

# Only an object has keys. Beyond ASCII, different characters share a lower case: the Kelvin sign becomes `k`.
headers_are_understood if regex.match(`^[!-~]*$`, concat("", object.keys(sent)))

sent := object.get(input, settings.places.headers, {})

source_ip := headers.forwarded(sent, settings.forwarded_hops) if {
	settings.forwarded_hops > 0
} else := object.get(input, settings.places.source_ip, null)
