# METADATA
# title: The gateway's question
# description: Finds the route of a document, and makes the IAM request.
package iam.lib.gateway.question

import data.iam.lib.gateway.authzen
import data.iam.lib.gateway.http
import data.iam.lib.gateway.storage
import data.iam.routes

# METADATA
# title: The IAM request
request := object.union(object.remove(made, ["context"]), {"context": told}) if {
	some made in taken
	is_string(made.principal)
	told := {key: value | some key, value in made.context; value != null}
}

# METADATA
# title: Why there is no request
errors := errors_of_document if {
	count(errors_of_document) > 0
} else := {"no route takes the request"} if {
	count(taken) == 0
} else := {"nothing that is verified says who asks"} if {
	caller_is_unknown
} else := set()

# METADATA
# title: Whether the route is known but the caller is not
caller_is_unknown if {
	some made in taken
	not is_string(made.principal)
}

# METADATA
# title: Whether only a Deny counts
default only_denied := false

only_denied if storage.only_denied

default taken := set()

# METADATA
# title: The matching route, at most one
taken := made if {
	count(errors_of_document) == 0
	made := routes.made with input as facts
}

errors_of_document := {"the document is not an object"} if {
	not document_is_an_object
} else := http.errors if {
	routes.settings.kind == "http"
} else := storage.errors if {
	routes.settings.kind == "storage"
} else := authzen.errors

document_is_an_object if is_object(input)

facts := http.facts if {
	routes.settings.kind == "http"
} else := storage.facts if {
	routes.settings.kind == "storage"
} else := authzen.facts
