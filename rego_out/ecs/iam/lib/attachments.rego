# METADATA
# title: Who has which policies
# description: |
#   What `data.iam.attachments` says of a request. `identity` holds the identity policies of everybody. All else stands in
#   `others`, so that one failing look-up tells of a bundle without: `limits` and `guardrails`, which concern everybody,
#   `resource` with the policies of resources, and `exports` with what users and roles of exported accounts have. Lists of
#   modules are split by the sets that the modules define, so that OPA visits no other.
package iam.lib.attachments

import data.iam.lib.principal

# METADATA
# title: What an account export says of the caller
# description: |
#   Undefined for a caller of no exported account, and for one that the export does not hold. A role is found by its name,
#   which is unique in an account, because a session's ARN lacks the role's path.
own := held if principal.caller.account in data.iam.attachments.others.exports.accounts

held := data.iam.attachments.others.exports.users[principal.user_arn]

held := data.iam.attachments.others.exports.roles[principal.caller.account][principal.role_name]

# METADATA
# title: The types of policy that limit what a caller gets by others
# description: A federated user's session is limited even without session policies, so it may do nothing then (E7).
limits contains type if some type, _ in data.iam.attachments.others.limits

limits contains "permissions_boundary" if own.permissions_boundary

limits contains "session" if principal.caller.kind == "fedsession"

# METADATA
# title: Whether the caller has a permissions boundary
bounded if {
	principal.has_policies
	"permissions_boundary" in limits
}

# METADATA
# title: Whether the policies of a type take part
takes_part(type) if {
	type in {"identity", "permissions_boundary", "session"}
	principal.has_policies
}

takes_part(type) if type in {"resource", "vpc_endpoint"}

# Neither a management account nor a service-linked role is bound by its organization (E11).
takes_part("service_control") if {
	principal.caller.kind in {"root", "user", "session", "fedsession"}
	not input.principal.management_account
	not input.principal.service_linked_role
	not is_of_another_account
}

takes_part("resource_control") if {
	not input.resource_in_management_account
	not input.principal.service_linked_role
	input.action != "kms:retiregrant"
}

# Organization policies that were compiled with accounts concern the principals of these alone.
is_of_another_account if {
	accounts := data.iam.attachments.others.exports.accounts
	not principal.caller.account in accounts
}

# METADATA
# title: Whether an identity policy allows
identity_allows if {
	some name in data.iam.attachments.identity.allow
	count(data.iam.policies[name].allow) > 0
}

identity_allows if {
	data.iam.attachments.others
	own_allows("identity")
}

# METADATA
# title: Whether a limit allows
limit_allows(type) if {
	some name in data.iam.attachments.others.limits[type].allow
	count(data.iam.policies[name].allow) > 0
}

limit_allows(type) if own_allows(type)

own_allows(type) if {
	some name in own[type].allow
	count(data.iam.policies[name].allow) > 0
}

# METADATA
# title: The policy of the resource
# description: |
#   Undefined without one. A bucket's policy is that of its objects, too. A role's trust policy speaks only of taking on the
#   role (E14).
resource_policy := policy if policy := data.iam.attachments.others.resource.every

else := policy if policy := data.iam.attachments.others.resource.single[input.resource]

else := policy if {
	takes_on_a_role
	policy := data.iam.attachments.others.resource.trust[input.resource]
}

else := data.iam.attachments.others.resource.single[bucket] if {
	data.iam.attachments.others.resource
	some bucket in regex.find_n(`^arn:[^:]*:s3:::[^/]+`, input.resource, -1)
}

# METADATA
# title: Whether the action is one that trust policies decide (E14)
takes_on_a_role if startswith(input.action, "sts:assumerole")

takes_on_a_role if input.action in {"sts:assumeroot", "sts:setsourceidentity", "sts:tagsession"}

# METADATA
# title: The modules that define a set, of the policies of a type that take part
modules(type, use) := {name |
	takes_part(type)
	some attached in attached_by_type[type]
	some name in attached[use]
}

attached_by_type[type] contains attached if some type, attached in own

attached_by_type[type] contains attached if some type, attached in data.iam.attachments.others.limits

attached_by_type[type] contains attached if some type, attached in data.iam.attachments.others.guardrails

attached_by_type.identity contains data.iam.attachments.identity

attached_by_type.resource contains resource_policy
