package iam.authz

# METADATA
# title: Context keys that are known
# description: |
#   Each in one spelling, so a request with only these keys has no two that differ only in case (C2). A build writes AWS's global keys
#   and those of its policies here. A constant in this package costs less than data or another package. It is a function so that the
#   document of this package has only the entry points.
known_keys(_) := {
	"aws:SourceIp",
}
