# METADATA
# title: The decision of a plain request, by tables
# description: The packed layout has this in the place of `own`.
package iam.lib.own_tables

import data.iam.lib.tables

# METADATA
# title: Whether the request is allowed
default allow := false

allow if {
	own := data.iam.attachments.principals[input.holder]
	[denying | denying := own.deny; tables.applies("deny", denying)] == []
	tables.applies("allow", own.identity.allow)
	[bound | bound := own.permissions_boundary; not tables.applies("allow", object.get(bound, "allow", []))] == []
}

allow if {
	own := data.iam.attachments.everybody
	[denying | denying := own.deny; tables.applies("deny", denying)] == []
	tables.applies("allow", own.identity.allow)
	[bound | bound := own.permissions_boundary; not tables.applies("allow", object.get(bound, "allow", []))] == []
}
