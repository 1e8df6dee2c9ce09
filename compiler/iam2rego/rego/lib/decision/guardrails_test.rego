package iam.lib.guardrails_test

import data.iam.lib.guardrails
import data.iam.lib.request

user := "arn:aws:iam::111111111111:user/u"

policies := {"allows": {"allow": {0}}, "does_not": {"allow": set()}}

blocking(by, attached) := types if {
	asked := {"principal": by, "action": "s3:getobject", "resource": "*", "context": {}}
	normal := request.normal with input as asked
	types := guardrails.blocking with input as normal
		with data.iam.policies as policies
		with data.iam.attachments as {"accounts": [], "principals": {}, "everybody": {}, "others": {"guardrails": attached}}
}

test_service_control[note] if {
	some note, case in {
		"E11/all levels allow": {"levels": [["allows"], ["does_not", "allows"]], "want": set()},
		"E11/one level does not": {"levels": [["allows"], ["does_not"], ["allows"]], "want": {"service_control"}},
		"E11/empty level": {"levels": [["allows"], []], "want": {"service_control"}},
		"E11/no levels": {"levels": [], "want": {"service_control"}},
	}
	got := blocking(user, {"service_control": {"levels": case.levels, "deny": []}})
	got == case.want
}

test_service_control_does_not_concern[note] if {
	some note, by in {
		"E11/management account": {"arn": user, "management_account": true},
		"E11/service": {"Service": "s"},
		"E11/anonymous": "*",
	}
	blocking(by, {"service_control": {"levels": [], "deny": []}}) == set()
}

test_endpoint[note] if {
	some note, case in {
		"E13/allows": {"by": user, "level": ["does_not", "allows"], "want": set()},
		"E13/does not": {"by": user, "level": ["does_not"], "want": {"vpc_endpoint"}},
		"E13/no policy": {"by": user, "level": [], "want": {"vpc_endpoint"}},
		"E13/anonymous": {"by": "*", "level": [], "want": {"vpc_endpoint"}},
	}
	got := blocking(case.by, {"vpc_endpoint": {"levels": [case.level], "deny": []}})
	got == case.want
}

test_resource_control_needs_no_allow if blocking(user, {"resource_control": {"deny": []}}) == set()

test_both_may_block if {
	attached := {"service_control": {"levels": [], "deny": []}, "vpc_endpoint": {"levels": [[]], "deny": []}}
	blocking(user, attached) == {"service_control", "vpc_endpoint"}
}
