# METADATA
# title: The decision of a plain request
# description: |
#   What the policies of its caller come to (E1, E5, E6), which `input.own` lists. Written out, since a call of a function costs as
#   much as a few of these lines. The packed layout has `own_tables` in the place of this module.
package iam.lib.own

import data.iam.lib.attachments

# METADATA
# title: Whether the request is allowed
default allow := false

allow if {
	own := input.own
	[name | some name in own.deny; some _ in data.iam.policies[name].deny] == []
	[bound | bound := own.permissions_boundary; not attachments.some_allows(bound)] == []
	some name in own.identity.allow
	some _ in data.iam.policies[name].allow
}
