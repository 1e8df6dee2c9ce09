# METADATA
# title: Grants
# description: |
#   The grant formulas (E5 to E10, E14, E15): who gets access by which policy, as long as nothing denies it and no guardrail
#   holds it back.
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
# title: Whether root needs no policy, but for what its session policies allow (E8)
root_grants if {
	input.caller.kind == "root"
	not needs_resource_policy
	count(attachments.limiting) == 0
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

# Across accounts every grant needs both sides (E9), and so does one to an account where its identity policies are not
# trusted by themselves (E14, E15).
needs_principal(_) if between != "nothing"

needs_principal("account") if needs_resource_policy

# METADATA
# title: Whether only a policy of the resource can grant, by itself or with others (E8, E9, E10, E14, E15)
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
# title: Whether no policy at all can grant (E8, E9, E14)
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
# title: What lies between the caller and the resource (E4)
# description: |
#   An `account`, a `partition` or `nothing`. A resource whose account nobody names, as a bucket or `*`, is the caller's. Services,
#   federated and anonymous callers have no account, so every resource is of another.
between := "nothing" if {
	fields[1] == input.caller.partition
	owner := object.get(input, "resource_account", fields[4])
	[regex.match(`^[0-9]{12}$`, owner), owner == input.caller.account] != [true, false]
} else := "partition" if {
	fields[1] != input.caller.partition
} else := "account"

fields := split(object.get({"*": input.caller.arn}, input.resource, input.resource), ":")
