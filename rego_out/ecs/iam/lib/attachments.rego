# METADATA
# title: Attached policies
# description: |
#   Looks up in `data.iam.attachments` which policies take part in a request. Modules are listed by type of policy, then by the set
#   that they define, so that OPA visits no others. `principals` has the users of the exported `accounts` by ARN and the roles by the
#   start of their sessions' ARNs, `everybody` applies to every caller, and `trust` to roles as resources. Rarely used data is in
#   `others`, so that a single look-up shows that a bundle has none: `everybody` if callers can have other policies too,
#   `guardrails`, and `resource` with the policies of resources.
package iam.lib.attachments

import data.iam.lib.applying
import data.iam.lib.principal

# METADATA
# title: The policies that take part
# description: Pairs of a type of policy and its modules; a type may occur twice.
taking_part := array.concat(held, array.concat(
	[[type, modules] | some type, modules in data.iam.attachments.others.guardrails; governs(type)],
	[["resource", modules] | modules := resource_policy],
))

# Callers without an account have no policies of their own, and root has session policies at most (E8, E10).
held := [[type, modules] |
	some source in [own, object.get(data.iam.attachments, ["others", "everybody"], {})]
	some type in ["identity", "permissions_boundary", "session"]
	modules := source[type]
] if {
	input.caller.kind in {"user", "session", "fedsession"}
} else := [["session", modules]] if {
	input.caller.kind == "root"
	modules := data.iam.attachments.others.everybody.session
} else := []

# METADATA
# title: The caller's policies by an account export
# description: |
#   None for a caller that is not in an account export. A role is found by its name, which is unique in an account, because a
#   session's ARN lacks the role's path.
own := modules if {
	modules := data.iam.attachments.principals[input.caller.arn]
} else := modules if {
	start := sprintf("arn:%s:sts::%s:assumed-role/%s/", [input.caller.partition, input.caller.account, principal.role_name])
	modules := data.iam.attachments.principals[start]
} else := modules if {
	input.caller.kind == "fedsession"
	input.caller.account in data.iam.attachments.accounts
	modules := data.iam.attachments.principals[input.principal.user_arn]
} else := data.iam.attachments.everybody

# Management accounts and service-linked roles are exempt from service control policies (E11).
governs("service_control") if {
	input.caller.account
	not input.principal.management_account
	not input.principal.service_linked_role
	not is_of_another_account
}

governs("resource_control") if {
	not input.resource_in_management_account
	not input.principal.service_linked_role
	input.action != "kms:retiregrant"
	not is_taken_on_by_a_service
}

governs("vpc_endpoint")

# A service can assume its service-linked role whatever an organization denies (E12).
is_taken_on_by_a_service if {
	input.action == "sts:assumerole"
	input.caller.kind == "service"
	regex.match(`^arn:[^:]*:iam::[^:]*:role/aws-service-role/`, input.resource)
}

# Organization policies that are compiled with accounts apply only to principals of these accounts.
is_of_another_account if {
	accounts := data.iam.attachments.accounts
	count(accounts) > 0
	not input.caller.account in accounts
}

# METADATA
# title: The policy of the resource
# description: |
#   Undefined without one. A bucket's policy also applies to its objects. A role's trust policy applies only to assuming the role
#   (E14).
resource_policy := policy if {
	data.iam.attachments.others.resource
	policy := policy_of_resource
} else := data.iam.attachments.trust[input.resource] if {
	takes_on_a_role
}

policy_of_resource := policy if {
	policy := data.iam.attachments.others.resource.every
} else := policy if {
	policy := data.iam.attachments.others.resource.single[input.resource]
} else := data.iam.attachments.others.resource.single[bucket] if {
	some bucket in regex.find_n(`^arn:[^:]*:s3:::[^/]+`, input.resource, -1)
}

# METADATA
# title: Whether trust policies decide the action (E14)
takes_on_a_role if startswith(input.action, "sts:assumerole")

takes_on_a_role if input.action in {"sts:assumeroot", "sts:setsourceidentity", "sts:tagsession"}

# METADATA
# title: Whether one of the policies allows
# description: If the decision is `explained`, all statements that allow are needed anyway.
some_allows(modules) if {
	not input.explained
	applying.applies("allow", modules.allow)
}

some_allows(modules) if {
	input.explained
	applying.statements("allow", modules.allow) != set()
}

# METADATA
# title: Whether an identity policy allows
identity_allows if {
	some ["identity", modules] in taking_part
	some_allows(modules)
}

# METADATA
# title: The types of policy that limit the caller and do not allow
# description: A federated-user session is limited even without session policies; then it may do nothing (E7).
limiting contains type if {
	some [type, modules] in taking_part
	type in {"permissions_boundary", "session"}
	not some_allows(modules)
}

limiting contains "session" if {
	input.caller.kind == "fedsession"
	[modules | some ["session", modules] in taking_part] == []
}

# METADATA
# title: Whether the caller has a permissions boundary
bounded if {
	some ["permissions_boundary", _] in taking_part
}
