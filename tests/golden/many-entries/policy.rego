# Compiled by iam2rego from "policy.json"
package iam.policies.policy

import data.iam.lib.pattern

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {
		"t:action01",
		"t:action02",
		"t:action03",
		"t:action04",
		"t:action05",
		"t:action06",
		"t:action07",
		"t:action08",
		"t:action09",
		"t:action10",
		"t:action11",
		"t:action12",
		"t:action13",
		"t:action14",
		"t:action15",
		"t:action16",
		"t:action17",
		"t:action18",
		"t:action19",
		"t:action20",
	}
	pattern.like(input.resource, {
		"arn:aws:s3:::bucket-01/*",
		"arn:aws:s3:::bucket-02/*",
		"arn:aws:s3:::bucket-03/*",
		"arn:aws:s3:::bucket-04/*",
		"arn:aws:s3:::bucket-05/*",
		"arn:aws:s3:::bucket-06/*",
		"arn:aws:s3:::bucket-07/*",
		"arn:aws:s3:::bucket-08/*",
		"arn:aws:s3:::bucket-09/*",
		"arn:aws:s3:::bucket-10/*",
		"arn:aws:s3:::bucket-11/*",
		"arn:aws:s3:::bucket-12/*",
		"arn:aws:s3:::bucket-13/*",
		"arn:aws:s3:::bucket-14/*",
		"arn:aws:s3:::bucket-15/*",
		"arn:aws:s3:::bucket-16/*",
		"arn:aws:s3:::bucket-17/*",
		"arn:aws:s3:::bucket-18/*",
	})
}

# METADATA
# labels:
#   policy: "policy"
#   sid: ""
#   index: 1
deny contains 1 if {
	not strings.any_prefix_match(input.action, {
		"t:action01",
		"t:action02",
		"t:action03",
		"t:action04",
		"t:action05",
		"t:action06",
		"t:action07",
		"t:action08",
		"t:action09",
		"t:action10",
		"t:action11",
		"t:action12",
		"t:action13",
		"t:action14",
		"t:action15",
		"t:action16",
		"t:action17",
		"t:action18",
		"t:action19",
		"t:action20",
	})
}
