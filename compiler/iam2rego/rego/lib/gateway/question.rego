# METADATA
# title: What a gateway asks
# description: |
#   Reads the document of a gateway, in which `settings.places` tells where things are, and finds the route that it takes. A value
#   that is absent is null. One that is there but cannot be told for sure is an empty object, which is no value of a request, so
#   that a request that needs it is refused.
package iam.lib.gateway.question

import data.iam.lib.gateway.claims
import data.iam.lib.gateway.headers
import data.iam.lib.gateway.path
import data.iam.lib.gateway.query
import data.iam.routes
import data.iam.routes.settings

# METADATA
# title: The request of IAM
request := object.union(object.remove(made, ["context"]), {"context": told}) if {
	some made in taken
	is_string(made.principal)
	count(errors_of_document) == 0
	told := {key: value | some key, value in made.context; value != null}
}

# METADATA
# title: Whether the route is known but not who asks
caller_is_unknown if {
	some made in taken
	not is_string(made.principal)
}

# METADATA
# title: Why there is no request
errors := errors_of_document | errors_of_route

errors_of_document contains "the document is not an object" if not document_is_an_object

errors_of_document contains "the document holds no method" if not is_string(method)

errors_of_document contains "the path is not understood" if not path_is_understood

errors_of_document contains "the headers are not understood" if not is_object(sent)

errors_of_document contains "a header asks for another method" if {
	some name, _ in sent
	lower(name) in {"x-http-method", "x-http-method-override", "x-method-override"}
}

errors_of_route contains "no route takes the request" if {
	count(errors_of_document) == 0
	count(taken) == 0
}

errors_of_route contains "nothing that is verified says who asks" if caller_is_unknown

document_is_an_object if is_object(input)

default method := null

method := object.get(input, settings.places.method, null)

default raw_path := null

raw_path := object.get(input, settings.places.path, null)

path_is_understood if path.segments(raw_path)

default sent := {}

sent := object.get(input, settings.places.headers, {})

# METADATA
# title: The routes that the request takes, one at the most
taken := made if {
	made := routes.made with input as facts
}

facts := {
	"method": method,
	"segments": path.segments(raw_path),
	"query": query.values(raw_path, settings.query),
	"headers": headers.values(sent, settings.headers),
	"claims": claims.verified,
	"source_ip": source_ip,
	"time": time.format([time.now_ns(), "UTC", "2006-01-02T15:04:05Z07:00"]),
}

default taken := set()

source_ip := headers.forwarded(sent, settings.forwarded_hops) if {
	settings.forwarded_hops > 0
} else := object.get(input, settings.places.source_ip, null)
