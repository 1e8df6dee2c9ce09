# METADATA
# title: Requests of object stores
# description: |
#   Reads the documents of MinIO and RustFS, which name a bucket and an object, and have conditions without the prefixes of IAM's keys.
#   They add query parameters and headers of the request to the conditions. A condition with two sources is ambiguous.
package iam.lib.gateway.storage

import data.iam.lib.gateway.template
import data.iam.routes

# METADATA
# title: What rules are told apart by, whether the owner asks
# description: Undefined if the document cannot be read.
asked := [routes.is_owner] if count(errors) == 0

# METADATA
# title: Why the document cannot be read
errors contains "the document does not say whether the owner asks" if not is_boolean(routes.is_owner)

errors contains "the document does not say whether only a Deny counts" if not is_boolean(routes.only_denied)

errors contains "the conditions are not understood" if not is_object(routes.conditions)

# METADATA
# title: The resource
resource := "*" if {
	routes.bucket == ""
	routes.object_name == ""
} else := template.joined(["arn:aws:s3:::", template.name(routes.bucket)]) if {
	routes.object_name == ""
} else := template.joined(["arn:aws:s3:::", template.name(routes.bucket), "/", routes.object_name])

# METADATA
# title: The conditions
# description: |
#   OPA's cache of function results treats 1 and 1.0 as equal, so values are passed to functions only with their spelling.
conditions[key] := alone(values, {json.marshal(value) | some value in values; is_number(value)}) if {
	some folded, names in spelled
	key := key_of(folded)
	listed := [value | some name in names; is_array(routes.conditions[name]); some value in routes.conditions[name]]
	values := array.concat(listed, [routes.conditions[name] | some name in names; not is_array(routes.conditions[name])])
}

spelled[lower(name)] contains name if some name, _ in routes.conditions

alone(values, spellings) := null if {
	count(values) == 0
} else := values[0] if {
	count({value | some value in values}) == 1
	count(spellings) <= 1
	not is_array(values[0])
	not is_object(values[0])
} else := {}

key_of(folded) := keys[folded]

key_of(folded) := concat("", ["s3:", folded]) if {
	strings.any_prefix_match(folded, {"existingobjecttag/", "object-lock-", "requestobjecttag/", "x-amz-"})
}

keys := {
	"authtype": "s3:authType",
	"currenttime": "aws:CurrentTime",
	"delimiter": "s3:delimiter",
	"epochtime": "aws:EpochTime",
	"locationconstraint": "s3:LocationConstraint",
	"max-keys": "s3:max-keys",
	"prefix": "s3:prefix",
	"principaltype": "aws:PrincipalType",
	"referer": "aws:Referer",
	"securetransport": "aws:SecureTransport",
	"signatureage": "s3:signatureAge",
	"signatureversion": "s3:signatureversion",
	"sourceip": "aws:SourceIp",
	"useragent": "aws:UserAgent",
	"userid": "aws:userid",
	"username": "aws:username",
	"versionid": "s3:VersionId",
}
