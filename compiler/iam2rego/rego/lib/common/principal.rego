# METADATA
# title: The calling principal
# description: |
#   Reads the forms of `principal` (docs/semantics.md, "Principals"), and what decisions need to know about the caller.
package iam.lib.principal

# METADATA
# title: The caller
# description: |
#   `kind` is root, user, session, fedsession, service, federated or anonymous. `arn` is the ARN in the request, `partition` and
#   `account` are its fields, and `path` is its last field, split at slashes. Callers without an ARN have none of these, and an origin
#   access identity has only `arn`. Undefined for any other form of `principal`. It is evaluated once, on the original request; after
#   that it is `input.caller`.
caller := {"kind": kind, "partition": partition, "account": account, "arn": arn, "path": path} if {
	arn := object.get(input, ["principal", "arn"], input.principal)
	[[_, partition, service, account, name]] := regex.find_all_string_submatch_n(
		`(?s)^arn:([^:]+):(iam|sts)::([0-9]{12}):(root|(?:user|role|federated-user)/.+|assumed-role/[^/]+/[^/]+)$`,
		arn,
		-1,
	)
	kinds := {
		"iam": {"root": "root", "user": "user", "role": "session"},
		"sts": {"assumed-role": "session", "federated-user": "fedsession"},
	}
	path := split(name, "/")
	kind := kinds[service][path[0]]
	[name | some name, value in input.principal; not is_known_member(name, value)] == []
} else := {"kind": "anonymous"} if {
	input.principal == "*"
} else := {"kind": "service", "arn": arn} if {
	# An origin access identity is CloudFront's own user, without an account: only a bucket's policy can grant it anything (E10).
	arn := object.get(input, ["principal", "arn"], input.principal)
	regex.match(`(?s)^arn:[^:]+:iam::cloudfront:user/.`, arn)
	{name | some name, _ in input.principal} - {"arn"} == set()
} else := {"kind": "service"} if {
	is_string(input.principal.Service)
	every name, value in input.principal {
		is_service_member(name, value)
	}
} else := {"kind": "federated"} if {
	object.keys(input.principal) == {"Federated"}
	is_string(input.principal.Federated)
}

is_known_member(name, value) if {
	name in {"arn", "canonical_user", "unique_id"}
	is_string(value)
}

is_known_member("role_arn", value) if regex.match(`(?s)^arn:([^:]+):iam::([0-9]{12}):role/.`, value)

is_known_member("user_arn", value) if regex.match(`(?s)^arn:([^:]+):iam::([0-9]{12}):user/.`, value)

is_known_member(name, value) if {
	name in {"management_account", "service_linked_role"}
	is_boolean(value)
}

# `caller` has checked its form.
is_service_member("Service", _)

is_service_member("service_names", value) if {
	is_array(value)
	every name in value {
		is_string(name)
	}
}

# METADATA
# title: Whether the caller's kind can have identity policies, a boundary and session policies
has_policies if input.caller.kind in {"user", "session", "fedsession"}

# METADATA
# title: Whether the caller is given as a role, which means an unknown session of it (P5)
is_role if input.caller.path[0] == "role"

# METADATA
# title: The ARN of the calling session's role, if the request gives it
role_arn := given if {
	input.caller.kind == "session"
	given := input.principal.role_arn
} else := input.caller.arn if {
	is_role
}

# METADATA
# title: The name of the calling session's role, without its path
role_name := input.caller.path[1] if {
	not role_arn
	input.caller.kind == "session"
} else := array.reverse(split(role_arn, "/"))[0]
