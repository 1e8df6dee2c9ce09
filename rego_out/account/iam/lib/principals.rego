# METADATA
# title: Principal elements
# description: |
#   Which principals a statement of a resource-based policy names (P1 to P12). An element's entries are an object of sets: `arn`,
#   `account` (ids and root ARNs), `unique_id`, `service`, `provider`, `canonical_user`, and `any` for everybody.
package iam.lib.principals

import data.iam.lib.attachments
import data.iam.lib.principal

# METADATA
# title: How the strongest entry names the caller (P1)
# description: Undefined if no entry does.
kind(listed) := "direct" if is_named(listed)

else := "wild" if listed.any

else := "role" if names_role(listed)

else := "user" if names_user(listed)

else := "account" if names_account(listed)

# METADATA
# title: Whether some entry names the caller
include(listed) if kind(listed)

# METADATA
# title: Whether NotPrincipal exempts the caller (P10)
# description: The entries must include the caller and everything behind it; a caller with a boundary is never exempt (P11).
exempt(listed) if {
	not attachments.bounded
	is_exempt(listed)
}

is_exempt(listed) if listed.any

is_exempt(listed) if {
	input.caller.kind in {"service", "federated"}
	is_named(listed)
}

is_exempt(listed) if {
	input.caller.kind == "root"
	names_account(listed)
}

is_exempt(listed) if {
	input.caller.kind == "user"
	is_named(listed)
	names_account(listed)
}

is_exempt(listed) if {
	is_named(listed)
	names_role(listed)
	names_account(listed)
}

is_exempt(listed) if {
	is_named(listed)
	names_user(listed)
	names_account(listed)
}

# METADATA
# title: Whether an entry is the caller itself (P4, P7, P8)
is_named(listed) if own_arn in listed.arn

is_named(listed) if {
	input.caller.kind == "user"
	input.principal.unique_id in listed.unique_id
}

is_named(listed) if input.principal.Service in listed.service

is_named(listed) if {
	some name in input.principal.service_names
	name in listed.service
}

is_named(listed) if input.principal.Federated in listed.provider

# A role's ARN as caller means a session whose own ARN is unknown (P5).
own_arn := input.caller.arn if not principal.is_role

# METADATA
# title: Whether an entry is the role of the calling session (P5, P8)
names_role(listed) if role_arn in listed.arn

names_role(listed) if {
	input.caller.kind == "session"
	input.principal.unique_id in listed.unique_id
}

# METADATA
# title: The ARN of the calling session's role
# description: From the request, or from an account export, which has only roles; otherwise without a path.
role_arn := arn if arn := principal.role_arn

else := arn if arn := attachments.own.arn

else := arn if {
	arn := sprintf("arn:%s:iam::%s:role/%s", [
		input.caller.partition,
		input.caller.account,
		principal.role_name,
	])
}

# METADATA
# title: Whether an entry is the user behind a federated-user session (P5)
names_user(listed) if {
	input.caller.kind == "fedsession"
	input.principal.user_arn in listed.arn
}

# METADATA
# title: Whether an entry is the caller's account (P3, P7)
names_account(listed) if input.caller.account in listed.account

names_account(listed) if root_arn in listed.account

names_account(listed) if input.principal.canonical_user in listed.canonical_user

root_arn := sprintf("arn:%s:iam::%s:root", [input.caller.partition, input.caller.account])
