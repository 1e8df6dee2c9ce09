# METADATA
# title: The gateway's question
# description: The IAM request of a document, which `routes` makes by the rule of its route.
package iam.lib.gateway.question

import data.iam.routes

# METADATA
# title: The IAM request
request := made if {
	is_object(input)
	made := routes.request
	is_string(made.principal)
}

# METADATA
# title: Why there is no request
errors := {"the document is not an object"} if {
	not document_is_an_object
} else := routes.errors if {
	count(routes.errors) > 0
} else := {"no route takes the request"} if {
	not routes.request
} else := {"nothing that is verified says who asks"} if {
	caller_is_unknown
} else := set()

# METADATA
# title: Whether the route is known but the caller is not
caller_is_unknown if {
	document_is_an_object
	made := routes.request
	not is_string(made.principal)
}

# METADATA
# title: Whether only a Deny counts
default only_denied := false

only_denied if routes.only_denied

document_is_an_object if is_object(input)
