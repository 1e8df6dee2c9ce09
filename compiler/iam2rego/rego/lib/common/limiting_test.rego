# The boundaries and session policies that limit a caller, and whether identity policies allow.
package iam.lib.limiting_test

import data.iam.lib.attachments
import data.iam.lib.attachments_test.asked
import data.iam.lib.attachments_test.exported
import data.iam.lib.attachments_test.federated_user
import data.iam.lib.attachments_test.root
import data.iam.lib.attachments_test.session
import data.iam.lib.attachments_test.user

# A stand-in for the evaluation of policies, which differs by layout: the policy with this name allows.
allows("allow", listed) if "allows" in listed

statements("allow", listed) := {[name, 0] | some name in listed; name == "allows"}

test_limiting[note] if {
	some note, case in {
		"none": {"by": user, "attached": {}, "want": set()},
		"boundary": {"by": session, "attached": exported, "want": {"permissions_boundary"}},
		"boundary that allows": {
			"by": user,
			"attached": {"everybody": {"permissions_boundary": {"allow": ["p", "allows"]}}},
			"want": set(),
		},
		"boundary without an Allow": {
			"by": user,
			"attached": {"everybody": {"permissions_boundary": {}}},
			"want": {"permissions_boundary"},
		},
		"E7/no session policies": {"by": federated_user, "attached": {}, "want": {"session"}},
		"E8/session policies of root": {
			"by": root,
			"attached": {"others": {"everybody": {"session": {"allow": ["p"]}}}},
			"want": {"session"},
		},
		"E8/root without session policies": {"by": root, "attached": {}, "want": set()},
		"E7/session policies that allow": {
			"by": federated_user,
			"attached": {"others": {"everybody": {"session": {"allow": ["allows"]}}}},
			"want": set(),
		},
	}
	attached := object.union({"accounts": [], "principals": {}, "everybody": {}}, case.attached)
	every explained in [{}, {"explained": true}] {
		got := attachments.limiting with input as object.union(asked(case.by), explained)
			with data.iam.attachments as attached
			with data.iam.lib.applying.applies as allows
			with data.iam.lib.applying.statements as statements
		got == case.want
	}
}

test_identity_allows[note] if {
	some note, case in {
		"E5/allows": {"allow": ["p", "allows"], "want": true},
		"E5/does not": {"allow": ["p"], "want": false},
		"E5/no Allow": {"allow": [], "want": false},
	}
	allowed := [true | attachments.identity_allows] with input as asked(user)
		with data.iam.attachments as {"everybody": {"identity": {"allow": case.allow}}}
		with data.iam.lib.applying.applies as allows
	allowed == [true] == case.want
}

test_bounded[note] if {
	some note, case in {
		"boundary of the caller": {"by": session, "want": true},
		"boundary of another": {"by": user, "want": false},
	}
	bounded := [true | attachments.bounded] with input as asked(case.by)
		with data.iam.attachments as object.union({"everybody": {}}, exported)
	bounded == [true] == case.want
}
