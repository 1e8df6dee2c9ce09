# METADATA
# title: The decision of a plain request
# description: The packed layout. The modules layout has a module of the same name.
package iam.lib.fast_decision

import data.iam.lib.applying

# METADATA
# title: Whether the request is allowed
default allow := false

allow if {
	own := data.iam.attachments.principals[input.holder]
	[denying | denying := own.deny; applying.applies("deny", denying)] == []
	applying.applies("allow", own.identity.allow)
	[bound | bound := own.permissions_boundary; not applying.applies("allow", object.get(bound, "allow", []))] == []
}

allow if {
	own := data.iam.attachments.everybody
	[denying | denying := own.deny; applying.applies("deny", denying)] == []
	applying.applies("allow", own.identity.allow)
	[bound | bound := own.permissions_boundary; not applying.applies("allow", object.get(bound, "allow", []))] == []
}
