# METADATA
# title: The decision document
# description: The decision on a well-formed request and its reasons (docs/semantics.md, "Decisions").
package iam.lib.document

import data.iam.lib.applying
import data.iam.lib.attachments
import data.iam.lib.decide
import data.iam.lib.description
import data.iam.lib.grants
import data.iam.lib.guardrails
import data.iam.lib.missing_keys
import data.iam.lib.principal

# METADATA
# title: The document of a well-formed request
document := {
	"decision": "allowed",
	"matched_statements": [],
	"denied_by": [],
	"missing_context_keys": missing_keys.of(attachments.taking_part),
	"errors": [],
} if {
	decide.needs_no_policy
} else := {
	"decision": outcome,
	"matched_statements": description.of(matched, effect),
	"denied_by": sort(denied_by),
	"missing_context_keys": missing_keys.of(attachments.taking_part),
	"errors": [],
}

outcome := "explicitDeny" if {
	count(denials) > 0
} else := "allowed" if {
	decide.passes
} else := "implicitDeny"

default effect := "Allow"

effect := "Deny" if outcome == "explicitDeny"

matched contains denial if some denial in denials

denials contains [type, data.iam.statements[name].policy, index, name] if {
	some [type, modules] in attachments.taking_part
	some [name, index] in applying.statements("deny", modules.deny)
}

matched contains ["identity", data.iam.statements[name].policy, index, name] if {
	outcome == "allowed"
	grants.identity_grants
	some ["identity", modules] in attachments.taking_part
	some [name, index] in applying.statements("allow", modules.allow)
}

matched contains ["resource", data.iam.statements[name].policy, index, name] if {
	outcome == "allowed"
	some [name, [index, kind]] in applying.naming(attachments.resource_policy.allow)
	kind in grants.granting_kinds
}

# METADATA
# title: The types of policy that deny or do not allow the request
denied_by contains type if some [type, _, _, _] in denials

denied_by contains type if {
	outcome == "implicitDeny"
	some type in limits
}

limits contains type if some type in guardrails.blocking

limits contains "identity" if {
	principal.has_policies
	not attachments.identity_allows
}

limits contains type if some type in attachments.limiting

limits contains "resource" if grants.out_of_reach

limits contains "resource" if {
	grants.needs_resource_policy
	count(grants.resource_kinds) == 0
}
