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
caller := {"kind": "anonymous"} if input.principal == "*"

caller := of_arn(input.principal) if is_string(input.principal)

caller := of_arn(input.principal.arn) if {
	every name, value in input.principal {
		is_known_member(name, value)
	}
}

caller := {"kind": "service"} if {
	text.is_usable(input.principal.Service)
	every name, value in input.principal {
		is_service_member(name, value)
	}
}

caller := {"kind": "federated"} if {
	object.keys(input.principal) == {"Federated"}
	text.is_usable(input.principal.Federated)
}

kinds := [
	{"kind": "root", "form": `^arn:([^:]+):iam::([0-9]{12}):root$`},
	{"kind": "user", "form": user},
	{"kind": "session", "form": role},
	{"kind": "session", "form": `^arn:([^:]+):sts::([0-9]{12}):assumed-role/[^/]+/[^/]+$`},
	{"kind": "fedsession", "form": `(?s)^arn:([^:]+):sts::([0-9]{12}):federated-user/.+$`},
]

user := `(?s)^arn:([^:]+):iam::([0-9]{12}):user/.+$`

# A role's ARN stands for some session of that role (P5).
role := `(?s)^arn:([^:]+):iam::([0-9]{12}):role/.+$`

of_arn(arn) := {"kind": known.kind, "partition": partition, "account": account} if {
	text.is_usable(arn)
	some known in kinds
	[_, partition, account] := regex.find_all_string_submatch_n(known.form, arn, 1)[0]
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

is_service_member("Service", value) if text.is_usable(value)

is_service_member("service_names", value) if {
	is_array(value)
	every name in value {
		text.is_usable(name)
	}
}
