# METADATA
# title: The decision of a plain request, by tables
# description: The packed layout has this in the place of `own`.
package iam.lib.own_tables

import data.iam.lib.tables

# METADATA
# title: Whether the request is allowed
default allow := false

allow if {
	own := input.own
	[denying | denying := own.deny; tables.applies("deny", denying)] == []
	[bound | bound := own.permissions_boundary; not tables.applies("allow", object.get(bound, "allow", []))] == []
	tables.applies("allow", own.identity.allow)
}
