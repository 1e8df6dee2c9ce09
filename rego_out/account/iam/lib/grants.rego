# METADATA
# title: Grants
# description: |
#   The grant formulas (E5 to E10, E14, E15): which policies must allow a request, apart from guardrails and any Deny.
package iam.lib.grants

import data.iam.lib.applying
import data.iam.lib.attachments
import data.iam.lib.principal

# METADATA
# title: Whether the grant formula holds
granted if identity_grants

granted if root_grants

granted if some _ in granting_kinds

# METADATA
# title: Whether the identity policies grant, alone or together with the resource's policy
identity_grants if {
	not needs_resource_policy
	attachments.identity_allows
	count(attachments.limiting) == 0
}

identity_grants if {
	some kind in granting_kinds
	needs_principal(kind)
}

# METADATA
# title: Whether root needs no policy except its session policies (E8)
root_grants if {
	input.caller.kind == "root"
	not needs_resource_policy
	count(attachments.limiting) == 0
}

# METADATA
# title: How the caller must be named by the resource's policy to be granted access, alone or with its identity policies
granting_kinds contains kind if {
	some kind in resource_kinds
	not out_of_reach
	grants(kind)
}

# METADATA
# title: How the applying Allows of the resource's policy name the caller (P1)
resource_kinds contains kind if {
	some [_, [_, kind]] in applying.naming(attachments.resource_policy.allow)
}

# Services, federated and anonymous callers are named directly or by `*` (E10).
grants(_) if not input.caller.account

grants(_) if {
	input.caller.kind == "root"
	needs_resource_policy
	count(attachments.limiting) == 0
}

grants(kind) if {
	kind in {"direct", "wild"}
	principal.has_policies
	between == "nothing"
}

grants(kind) if {
	kind in {"role", "user"}
	between == "nothing"
	count(attachments.limiting) == 0
}

grants(kind) if {
	needs_principal(kind)
	attachments.identity_allows
	count(attachments.limiting) == 0
}

# Across accounts, every grant needs both sides (E9). So does a grant to an account whose identity policies are not enough
# by themselves (E14, E15).
needs_principal(_) if between != "nothing"

needs_principal("account") if needs_resource_policy

# METADATA
# title: Whether a grant needs the resource's policy, alone or with others (E8, E9, E10, E14, E15)
needs_resource_policy if between != "nothing"

needs_resource_policy if out_of_reach

needs_resource_policy if {
	attachments.takes_on_a_role
	trust_decides
}

needs_resource_policy if {
	startswith(input.action, "kms:")
	regex.match(`^arn:[^:]*:kms:[^:]*:[^:]*:key/`, input.resource)
	attachments.resource_policy
}

# Every role has a trust policy; only a simulation decides without one (E14).
trust_decides if not data.iam.attachments.simulated

trust_decides if attachments.resource_policy

# METADATA
# title: Whether no policy can grant the request (E8, E9, E14)
out_of_reach if between == "partition"

out_of_reach if {
	input.caller.kind == "root"
	input.action == "sts:assumerole"
}

out_of_reach if {
	input.action in {"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"}
	input.caller.kind != "federated"
}

# METADATA
# title: The boundary between the caller and the resource (E4)
# description: |
#   An `account`, a `partition` or `nothing`. A resource without an account, such as a bucket or `*`, belongs to the caller's account.
#   Services, federated and anonymous callers have no account, so all resources belong to another one.
between := "nothing" if {
	fields[1] == input.caller.partition
	owner := object.get(input, "resource_account", fields[4])
	[regex.match(`^[0-9]{12}$`, owner), owner == input.caller.account] != [true, false]
} else := "partition" if {
	fields[1] != input.caller.partition
} else := "account"

fields := split(object.get({"*": input.caller.arn}, input.resource, input.resource), ":")
