# METADATA
# title: The decision document
# description: What was decided and why (contract, "What OPA answers"). Of a well-formed request only.
package iam.lib.document

import data.iam.lib.attachments
import data.iam.lib.context
import data.iam.lib.decide
import data.iam.lib.grants
import data.iam.lib.guardrails
import data.iam.lib.principal

# METADATA
# title: The document of a well-formed request
document := {
	"decision": outcome,
	"matched_statements": matched_statements,
	"denied_by": denied_by,
	"missing_context_keys": missing_context_keys,
	"errors": [],
}

outcome := "explicitDeny" if decide.denied

outcome := "allowed" if decide.allow

outcome := "implicitDeny" if {
	not decide.denied
	not decide.allow
}

types := {
	"identity",
	"permissions_boundary",
	"resource",
	"resource_control",
	"service_control",
	"session",
	"vpc_endpoint",
}

# METADATA
# title: The statements that decided, each by type and name of its policy, index and module
matched_statements := [statement(type, name, index) | some [type, _, index, name] in sort(matched)]

matched contains [type, data.iam.statements[name].policy, index, name] if {
	outcome == "explicitDeny"
	some type in types
	some name in attachments.modules(type, "deny")
	some index in data.iam.policies[name].deny
}

matched contains ["identity", data.iam.statements[name].policy, index, name] if {
	outcome == "allowed"
	grants.identity_grants
	some name in attachments.modules("identity", "allow")
	some index in data.iam.policies[name].allow
}

matched contains ["resource", data.iam.statements[name].policy, index, name] if {
	outcome == "allowed"
	some name in attachments.modules("resource", "allow")
	some [index, kind] in data.iam.policies[name].allow
	kind in grants.granting_kinds
}

statement(type, name, index) := {
	"policy": data.iam.statements[name].policy,
	"policy_type": type,
	"sid": written.sid,
	"index": index,
	"effect": written.effect,
	"start": written.start,
	"end": written.end,
} if {
	written := data.iam.statements[name].statements[index]
}

# METADATA
# title: The types of policy that stood in the way
denied_by := sort(limits) if outcome == "implicitDeny"

denied_by := sort({type | some [type, _, _, _] in matched}) if outcome == "explicitDeny"

denied_by := [] if outcome == "allowed"

limits contains type if some type in guardrails.blocking

limits contains "identity" if {
	principal.has_policies
	not attachments.identity_allows
}

limits contains type if {
	principal.has_policies
	some type in attachments.limits
	not attachments.limit_allows(type)
}

limits contains "resource" if grants.out_of_reach

limits contains "resource" if {
	grants.needs_resource_policy
	count(grants.resource_kinds) == 0
}

# METADATA
# title: The context keys that policies ask for and the request lacks
# description: Each spelled as in the first statement that asks, by type and name of its policy and by index.
missing_context_keys := sort({spelling | some spelling in spellings})

spellings[folded] := asked[0][3] if {
	some folded, _ in missing
	asked := sort(missing[folded])
}

missing[folded] contains [type, policy.policy, index, key] if {
	some type in types
	some name in attachments.modules(type, "reads_context")
	policy := data.iam.statements[name]
	some index in data.iam.policies[name].reads_context
	some key in policy.statements[index].context_keys
	folded := lower(key)
	context.absent(folded)
}
