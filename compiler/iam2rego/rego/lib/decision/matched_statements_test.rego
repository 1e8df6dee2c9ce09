# The statements that a document names, and the context keys that it misses.
package iam.lib.matched_statements_test

import data.iam.lib.document
import data.iam.lib.document_test.allows
import data.iam.lib.document_test.asked
import data.iam.lib.document_test.attached
import data.iam.lib.document_test.denies
import data.iam.lib.document_test.federated_user
import data.iam.lib.document_test.nothing
import data.iam.lib.document_test.of_everybody
import data.iam.lib.document_test.policy
import data.iam.lib.document_test.root
import data.iam.lib.document_test.statement
import data.iam.lib.document_test.statements
import data.iam.lib.document_test.user

matched(by, applies) := answer.matched_statements if {
	answer := document.document with input as asked({"by": by})
		with data.iam.policies as {"p": applies}
		with data.iam.attachments as attached
		with data.iam.statements as statements
}

test_statements_that_allow_are_matched_in_order if {
	matched(user, object.union(nothing, {"allow": {2, 0}})) == [
		{
			"policy": "dir/P",
			"policy_type": "identity",
			"sid": "A",
			"index": 0,
			"effect": "Allow",
			"start": {"line": 1, "column": 2},
			"end": {"line": 3, "column": 4},
		},
		{
			"policy": "dir/P",
			"policy_type": "identity",
			"sid": "",
			"index": 2,
			"effect": "Allow",
			"start": {"line": 1, "column": 2},
			"end": {"line": 3, "column": 4},
		},
	]
}

test_only_statements_that_deny_are_matched_by_a_deny if {
	[match.sid | some match in matched(user, denies)] == ["D"]
}

test_an_implicit_deny_matches_nothing if matched(federated_user, allows) == []

test_root_matches_nothing if matched(root, allows) == []

test_what_no_policy_controls_matches_nothing_and_misses_keys_all_the_same if {
	answer := document.document with input as asked({"by": user, "action": "sts:getcalleridentity"})
		with data.iam.policies as {"p": object.union(denies, {"reads_context": {0}})}
		with data.iam.attachments as attached
		with data.iam.statements as {"p": policy("P", [reading(["k"]), statement("D")])}
	answer == {
		"decision": "allowed",
		"matched_statements": [],
		"denied_by": [],
		"missing_context_keys": ["k"],
		"errors": [],
	}
}

test_policies_are_matched_in_the_order_of_their_names if {
	answer := document.document with input as asked({"by": user})
		with data.iam.policies as {"z": allows, "a": allows, "other": allows}
		with data.iam.attachments as of_everybody({"allow": ["a", "z"]})
		with data.iam.statements as {
			"z": policy("A", [statement("")]),
			"a": policy("B", [statement("")]),
		}
	[match.policy | some match in answer.matched_statements] == ["A", "B"]
}

test_what_is_not_attached_takes_no_part if {
	answer := document.document with input as asked({"by": user})
		with data.iam.policies as {"p": object.union(denies, {"reads_context": {0}})}
		with data.iam.attachments as of_everybody({})
		with data.iam.statements as {"p": policy("P", [reading(["k"])])}
	answer == {
		"decision": "implicitDeny",
		"matched_statements": [],
		"denied_by": ["identity"],
		"missing_context_keys": [],
		"errors": [],
	}
}

reading(keys) := ["", 1, 2, 3, 4, keys]

missing(by, context, reads) := answer.missing_context_keys if {
	answer := document.document with input as object.union(asked({"by": by}), {"context": context})
		with data.iam.policies.p as object.union(nothing, {"reads_context": reads})
		with data.iam.policies.q as object.union(nothing, {"reads_context": {0}})
		with data.iam.attachments as of_everybody({"reads_context": ["p", "q"]})
		with data.iam.statements as {
			"p": policy("B", [reading(["aws:username", "z:z"]), reading(["AWS:UserName", "Z:a"])]),
			"q": policy("A", [reading(["aws:USERNAME"])]),
		}
}

test_missing_context_keys[note] if {
	some note, case in {
		"D5/all missing": {"by": user, "context": {}, "reads": {0, 1}, "want": ["Z:a", "aws:USERNAME", "z:z"]},
		"D5/not about the action": {"by": user, "context": {}, "reads": {0}, "want": ["aws:USERNAME", "z:z"]},
		"D5/present in other case": {"by": user, "context": {"AWS:username": "u"}, "reads": {0}, "want": ["z:z"]},
		"C5/empty list is missing": {"by": user, "context": {"z:z": []}, "reads": {0}, "want": ["aws:USERNAME", "z:z"]},
		"C5/empty string is present": {"by": user, "context": {"z:z": ""}, "reads": {0}, "want": ["aws:USERNAME"]},
		"D5/none missing": {"by": user, "context": {"aws:username": "u", "z:z": 1}, "reads": {0}, "want": []},
		"E8/root has no identity policies": {"by": root, "context": {}, "reads": {0, 1}, "want": []},
	}
	got := missing(case.by, case.context, case.reads)
	got == case.want
}
