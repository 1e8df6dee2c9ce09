# METADATA
# title: Grants
# description: |
#   The grant formulas (E5 to E10, E14, E15): who gets access by which policy, as long as nothing denies it and no guardrail
#   holds it back.
package iam.lib.grants

import data.iam.lib.attachments
import data.iam.lib.principal

# METADATA
# title: Whether the grant formula holds
granted if identity_grants

granted if root_grants

granted if {
	data.iam.attachments.others
	count(granting_kinds) > 0
}

# METADATA
# title: Whether the identity policies grant, alone or together with the resource's policy
identity_grants if {
	principal.has_policies
	not needs_resource_policy
	principal_allows
}

identity_grants if {
	data.iam.attachments.others
	some kind in granting_kinds
	needs_principal(kind)
}

# METADATA
# title: Whether root needs no policy (E8)
root_grants if {
	principal.caller.kind == "root"
	not needs_resource_policy
}

# METADATA
# title: How those Allows of the resource's policy name the caller that grant, alone or together with the identity policies
granting_kinds contains kind if {
	some kind in resource_kinds
	not out_of_reach
	grants(kind)
}

# METADATA
# title: How the Allows of the resource's policy that apply name the caller (P1)
resource_kinds contains kind if {
	some name in attachments.resource_policy.allow
	some [_, kind] in data.iam.policies[name].allow
}

# Services, federated and anonymous callers are named directly or by `*` (E10).
grants(_) if not principal.caller.account

grants(_) if {
	principal.caller.kind == "root"
	needs_resource_policy
}

grants(kind) if {
	kind in {"direct", "wild"}
	principal.has_policies
	same_account
}

grants(kind) if {
	kind in {"role", "user"}
	same_account
	not is_limited
}

grants(kind) if {
	needs_principal(kind)
	principal_allows
}

# Across accounts every grant needs both sides (E9), and so does one to an account where its identity policies are not
# trusted by themselves (E14, E15).
needs_principal(_) if not same_account

needs_principal("account") if needs_resource_policy

principal_allows if {
	attachments.identity_allows
	not is_limited
}

# METADATA
# title: Whether a permissions boundary or session policies do not allow
is_limited if {
	data.iam.attachments.others
	some type in attachments.limits
	not attachments.limit_allows(type)
}

is_limited if {
	principal.caller.kind == "fedsession"
	not attachments.limit_allows("session")
}

# METADATA
# title: Whether only a policy of the resource can grant, by itself or with others (E8, E9, E10, E14, E15)
needs_resource_policy if not same_account

needs_resource_policy if {
	startswith(input.action, "sts:")
	out_of_reach
}

needs_resource_policy if {
	startswith(input.action, "sts:")
	attachments.takes_on_a_role
	attachments.resource_policy
}

needs_resource_policy if {
	startswith(input.action, "kms:")
	regex.match(`^arn:[^:]*:kms:[^:]*:[^:]*:key/`, input.resource)
	attachments.resource_policy
}

# METADATA
# title: Whether no policy at all can grant (E8, E9, E14)
out_of_reach if other_partition

out_of_reach if {
	principal.caller.kind == "root"
	input.action == "sts:assumerole"
}

out_of_reach if {
	input.action in {"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"}
	principal.caller.kind != "federated"
}

# Services, federated and anonymous callers have no account, so they are never the same (E4).
same_account if {
	principal.caller.account == resource_account
	not other_partition
}

other_partition if principal.caller.partition != resource_partition

resource_partition := split(input.resource, ":")[1]

resource_account := input.resource_account

resource_account := account_of_arn if not input.resource_account

resource_account := principal.caller.account if {
	not input.resource_account
	not account_of_arn
}

account_of_arn := account if {
	account := split(input.resource, ":")[4]
	regex.match(`^[0-9]{12}$`, account)
}
