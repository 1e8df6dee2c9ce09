package iam.authz

# METADATA
# title: Context keys that are known
# description: |
#   One spelling of each: a request of these alone has no two that differ only in case (C2). A build writes AWS's global keys here, and
#   those that its policies ask for. It is a constant of this package, since a look into data, or into another one, would cost more, and
#   a function, so that the document of this package has the entry points alone.
known_keys(_) := {
	"aws:SourceIp",
}
