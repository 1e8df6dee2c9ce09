package iam.lib.resource_policy_test

import data.iam.lib.attachments
import data.iam.lib.attachments_test.role

single := {
	"arn:aws:s3:::b": "of_b",
	"arn:aws:s3:::b/k": "of_k",
	"arn:aws-cn:s3:::c": "of_c",
	"arn:aws:sqs:r:111111111111:q": "of_q",
	"arn:aws:s3:r:111111111111:a": "of_a",
}

test_resource_policy[note] if {
	some note, case in {
		"bucket": {"on": "arn:aws:s3:::b", "want": ["of_b"]},
		"object of a bucket": {"on": "arn:aws:s3:::b/x/y", "want": ["of_b"]},
		"object with a policy": {"on": "arn:aws:s3:::b/k", "want": ["of_k"]},
		"object of a bucket elsewhere": {"on": "arn:aws-cn:s3:::c/x", "want": ["of_c"]},
		"bucket whose name starts alike": {"on": "arn:aws:s3:::bb/x", "want": []},
		"bucket in another partition": {"on": "arn:aws:s3:::c", "want": []},
		"queue": {"on": "arn:aws:sqs:r:111111111111:q", "want": ["of_q"]},
		"nothing else has objects": {"on": "arn:aws:sqs:r:111111111111:q/x", "want": []},
		"no bucket has a region": {"on": "arn:aws:s3:r:111111111111:a/x", "want": []},
		"any": {"on": "*", "want": []},
		"E14/role, to take it on": {"on": role, "action": "sts:assumerole", "want": ["trust"]},
		"E14/role, for a provider": {"on": role, "action": "sts:assumerolewithsaml", "want": ["trust"]},
		"E14/role, to take root on": {"on": role, "action": "sts:assumeroot", "want": ["trust"]},
		"E14/role, to tag": {"on": role, "action": "sts:tagsession", "want": ["trust"]},
		"E14/role, to name a source": {"on": role, "action": "sts:setsourceidentity", "want": ["trust"]},
		"E14/role, other action": {"on": role, "action": "iam:getrole", "want": []},
		"E14/role without one": {"on": "arn:aws:iam::111111111111:role/q", "action": "sts:assumerole", "want": []},
	}
	asking := {"resource": case.on, "action": object.get(case, "action", "s3:getobject")}
	got := [policy | policy := attachments.resource_policy] with input as asking
		with data.iam.attachments as {"trust": {role: "trust"}, "others": {"resource": {"single": single}}}
	got == case.want
}

test_the_policy_of_whatever_resource_is_asked_for if {
	attachments.resource_policy == "p" with input as {"resource": "*", "action": "s3:getobject"}
		with data.iam.attachments as {"others": {"resource": {"every": "p"}}}
}

test_no_resource_policy if {
	not attachments.resource_policy with input as {"resource": "arn:aws:s3:::b/k", "action": "s3:getobject"}
		with data.iam.attachments as {"accounts": [], "principals": {}, "everybody": {}}
}
