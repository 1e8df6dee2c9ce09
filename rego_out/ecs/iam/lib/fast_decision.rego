# METADATA
# title: The decision of a plain request
# description: |
#   The decision by the caller's policies (E1, E5, E6): those of `input.holder`, or of everybody without an account export. Functions
#   are inlined, because a call costs as much as a few of these lines. The packed layout has a module of the same name.
package iam.lib.fast_decision

import data.iam.lib.attachments

# METADATA
# title: Whether the request is allowed
default allow := false

allow if {
	own := data.iam.attachments.principals[input.holder]
	[denying | some denying in own.deny; some _ in data.iam.policies[denying].deny] == []
	some name in own.identity.allow
	some _ in data.iam.policies[name].allow
	[bound | bound := own.permissions_boundary; not attachments.some_allows(bound)] == []
}

allow if {
	own := data.iam.attachments.everybody
	[denying | some denying in own.deny; some _ in data.iam.policies[denying].deny] == []
	some name in own.identity.allow
	some _ in data.iam.policies[name].allow
	[bound | bound := own.permissions_boundary; not attachments.some_allows(bound)] == []
}
