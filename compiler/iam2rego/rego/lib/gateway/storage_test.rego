package iam.lib.gateway.storage_test

import data.iam.lib.gateway.storage

settings := {"places": {
	"account": ["account"],
	"claims": ["claims"],
	"is_owner": ["owner"],
	"action": ["action"],
	"bucket": ["bucket"],
	"object": ["object"],
	"conditions": ["conditions"],
	"only_denied": ["denyOnly"],
}}

document := {
	"account": "u",
	"claims": {"team": "red"},
	"owner": false,
	"action": "s3:GetObject",
	"bucket": "b",
	"object": "k",
	"conditions": {"SourceIp": ["192.0.2.1"]},
	"denyOnly": false,
}

facts(asked) := answer if {
	answer := storage.facts with input as asked with data.iam.routes.settings as settings
}

errors(asked) := answer if {
	answer := storage.errors with input as asked with data.iam.routes.settings as settings
}

conditions(told) := facts({"conditions": told}).conditions

test_the_request_is_made_of_what_was_read if {
	facts(document) == {
		"account": "u",
		"claims": {"team": "red"},
		"is_owner": false,
		"action": "s3:GetObject",
		"resource": "arn:aws:s3:::b/k",
		"conditions": {"aws:SourceIp": "192.0.2.1"},
	}
	errors(document) == set()
}

test_what_is_absent_is_null if {
	facts({}) == {"account": null, "claims": {}, "is_owner": false, "action": null, "resource": "*", "conditions": {}}
	errors({}) == set()
	facts({"claims": 1}).claims == {}
}

test_a_resource_is_a_bucket_or_an_object if {
	cases := {
		["", ""]: "*",
		["b", ""]: "arn:aws:s3:::b",
		["b", "k/l"]: "arn:aws:s3:::b/k/l",
		["b", "/k"]: "arn:aws:s3:::b//k",
		["b", "a:*?$"]: "arn:aws:s3:::b/a:*?$",
		["b", 1]: {},
		["b", null]: null,
		["", "k"]: {},
		["b:c", "k"]: {},
		["b*", ""]: {},
		[1, ""]: {},
		[null, ""]: null,
	}
	every asked, resource in cases {
		facts({"bucket": asked[0], "object": asked[1]}).resource == resource
	}
}

test_conditions_have_the_names_of_keys if {
	cases := {
		"CurrentTime": "aws:CurrentTime",
		"EpochTime": "aws:EpochTime",
		"Referer": "aws:Referer",
		"SecureTransport": "aws:SecureTransport",
		"SourceIp": "aws:SourceIp",
		"UserAgent": "aws:UserAgent",
		"principaltype": "aws:PrincipalType",
		"userid": "aws:userid",
		"username": "aws:username",
		"authType": "s3:authType",
		"delimiter": "s3:delimiter",
		"LocationConstraint": "s3:LocationConstraint",
		"max-keys": "s3:max-keys",
		"Prefix": "s3:prefix",
		"signatureAge": "s3:signatureAge",
		"signatureversion": "s3:signatureversion",
		"versionid": "s3:VersionId",
		"X-Amz-Acl": "s3:x-amz-acl",
		"ExistingObjectTag/T": "s3:existingobjecttag/t",
		"RequestObjectTag/T": "s3:requestobjecttag/t",
		"object-lock-mode": "s3:object-lock-mode",
	}
	every name, key in cases {
		conditions({name: ["x"]}) == {key: "x"}
	}
}

test_other_conditions_are_left_out if {
	others := {"Content-Type", "aws:SourceIp", "", "ExistingObjectTag", "RequestObjectTagKeys", "object-lock", "x-amz", "prefixes"}
	every name in others {
		conditions({name: ["x"]}) == {}
	}
}

test_a_condition_that_is_told_in_two_ways_is_no_value if {
	conditions({"SourceIp": ["a", "b"]}) == {"aws:SourceIp": {}}
	conditions({"SourceIp": ["a"], "sourceip": ["b"]}) == {"aws:SourceIp": {}}
	conditions({"SourceIp": ["a"], "sourceip": ["a", "a"]}) == {"aws:SourceIp": "a"}
	conditions({"SourceIp": [["a"]]}) == {"aws:SourceIp": {}}
	conditions({"SourceIp": {"a": "b"}}) == {"aws:SourceIp": {}}
	conditions({"SourceIp": []}) == {"aws:SourceIp": null}
	conditions({"SourceIp": "a"}) == {"aws:SourceIp": "a"}
	conditions({"Prefix": [1, 1.0]}) == {"s3:prefix": {}}
	conditions({"delimiter": [1, 1], "Prefix": [1, 1.0]}) == {"s3:delimiter": 1, "s3:prefix": {}}
}

test_only_a_deny_counts_where_the_store_says_so if {
	storage.only_denied with input as {"denyOnly": true} with data.iam.routes.settings as settings
	storage.only_denied == false with input as {} with data.iam.routes.settings as settings
}

test_what_is_not_understood_says_why if {
	every odd in [null, 1, "true", [], {}] {
		errors({"owner": odd}) == {"the document does not say whether the owner asks"}
		errors({"denyOnly": odd}) == {"the document does not say whether only a Deny counts"}
	}
	every odd in [null, 1, "x", [], true] {
		errors({"conditions": odd}) == {"the conditions are not understood"}
	}
}
