package iam.lib.gateway.storage_test

import data.iam.lib.gateway.storage

sent := {
	"is_owner": false,
	"bucket": "b",
	"object_name": "k",
	"conditions": {"SourceIp": ["192.0.2.1"]},
	"only_denied": false,
}

read(changes) := answer if {
	answer := storage with data.iam.routes as object.union(object.remove(sent, object.keys(changes)), changes)
}

conditions(told) := read({"conditions": told}).conditions

test_the_request_is_made_of_what_was_read if {
	every is_owner in [true, false] {
		given := read({"is_owner": is_owner})
		given.asked == [is_owner]
		given.resource == "arn:aws:s3:::b/k"
		given.conditions == {"aws:SourceIp": "192.0.2.1"}
		given.errors == set()
	}
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
		read({"bucket": asked[0], "object_name": asked[1]}).resource == resource
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

test_what_is_not_understood_says_why if {
	cases := {
		"the document does not say whether the owner asks": [{"is_owner": odd} | some odd in [null, 1, "true", [], {}]],
		"the document does not say whether only a Deny counts": [{"only_denied": odd} | some odd in [null, 1, "true", [], {}]],
		"the conditions are not understood": [{"conditions": odd} | some odd in [null, 1, "x", [], true]],
	}
	every message, changes in cases {
		every change in changes {
			given := read(change)
			given.errors == {message}
			not given.asked
		}
	}
}
