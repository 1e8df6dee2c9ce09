# METADATA
# title: Who is asking
# description: |
#   The forms of `principal` (contract, "A request") and what a decision needs to know of the caller. Undefined for any
#   other form.
package iam.lib.principal

import data.iam.lib.text

# METADATA
# title: The caller
# description: |
#   `kind` is root, user, session, fedsession, service, federated or anonymous. `account` and `partition` are those of
#   the caller's ARN, and absent for callers without one.
caller := known if {
	known := of_arn(input.principal)
} else := {"kind": "anonymous"} if {
	input.principal == "*"
} else := known if {
	known := of_arn(input.principal.arn)
	every name, value in input.principal {
		is_known_member(name, value)
	}
} else := {"kind": "service"} if {
	text.is_usable(input.principal.Service)
	every name, value in input.principal {
		is_service_member(name, value)
	}
} else := {"kind": "federated"} if {
	object.keys(input.principal) == {"Federated"}
	text.is_usable(input.principal.Federated)
}

# METADATA
# title: Whether the caller is of a kind that has identity policies, a boundary and session policies
has_policies if caller.kind in {"user", "session", "fedsession"}

# METADATA
# title: The caller's ARN
arn := input.principal if is_string(input.principal)

arn := input.principal.arn

# METADATA
# title: Whether the caller is given as a role, which stands for some session of it (P5)
is_role if {
	caller.kind == "session"
	split(arn, ":")[2] == "iam"
}

# METADATA
# title: The ARN of the calling session's role, as far as the request says
role_arn := input.principal.role_arn if caller.kind == "session"

role_arn := arn if {
	is_role
	not input.principal.role_arn
}

# METADATA
# title: The name of the calling session's role, without its path
role_name := array.reverse(split(role_arn, "/"))[0]

role_name := split(arn, "/")[1] if {
	caller.kind == "session"
	not role_arn
}

# METADATA
# title: The ARN of the user who is calling, or who is behind a federated-user session
user_arn := arn if caller.kind == "user"

user_arn := input.principal.user_arn if caller.kind == "fedsession"

user := `(?s)^arn:([^:]+):iam::([0-9]{12}):user/.`

role := `(?s)^arn:([^:]+):iam::([0-9]{12}):role/.`

of_arn(arn) := {"kind": kind, "partition": partition, "account": account} if {
	[_, partition, service, account, name] := regex.find_all_string_submatch_n(known, arn, -1)[0]
	kind := kinds[service][split(name, "/")[0]]
	text.is_usable(arn)
}

known := `(?s)^arn:([^:]+):(iam|sts)::([0-9]{12}):(root$|(?:user|role|federated-user)/.|assumed-role/[^/]+/[^/]+$)`

kinds := {
	"iam": {"root": "root", "user": "user", "role": "session"},
	"sts": {"assumed-role": "session", "federated-user": "fedsession"},
}

is_known_member(name, value) if {
	name in {"arn", "canonical_user", "unique_id"}
	text.is_usable(value)
}

is_known_member("role_arn", value) if {
	regex.match(role, value)
	text.is_usable(value)
}

is_known_member("user_arn", value) if {
	regex.match(user, value)
	text.is_usable(value)
}

is_known_member(name, value) if {
	name in {"management_account", "service_linked_role"}
	is_boolean(value)
}

# `caller` has looked at it.
is_service_member("Service", _)

is_service_member("service_names", value) if {
	is_array(value)
	every name in value {
		text.is_usable(name)
	}
}
