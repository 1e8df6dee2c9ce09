package iam.lib.principals_test

import data.iam.lib.principal
import data.iam.lib.principals

user := "arn:aws:iam::111111111111:user/u"

role := "arn:aws:iam::111111111111:role/p/r"

bare_role := "arn:aws:iam::111111111111:role/r"

session := "arn:aws:sts::111111111111:assumed-role/r/s"

federated_user := "arn:aws:sts::111111111111:federated-user/f"

root := "arn:aws:iam::111111111111:root"

account := "111111111111"

of_role := {"arn": session, "role_arn": role}

asked(by) := {"principal": by, "caller": caller} if {
	caller := principal.caller with input as {"principal": by}
}

of_user := {"arn": federated_user, "user_arn": user}

test_kind[note] if {
	some note, case in {
		"P2/everybody, user": {"by": user, "listed": {"any": {"*"}}, "want": ["wild"]},
		"P2/everybody, anonymous": {"by": "*", "listed": {"any": {"*"}}, "want": ["wild"]},
		"P2/everybody, service": {"by": {"Service": "s"}, "listed": {"any": {"*"}}, "want": ["wild"]},
		"P3/account id": {"by": user, "listed": {"account": {account}}, "want": ["account"]},
		"P3/account id, any partition": {
			"by": "arn:aws-cn:iam::111111111111:user/u",
			"listed": {"account": {account}},
			"want": ["account"],
		},
		"P3/root ARN": {"by": session, "listed": {"account": {root}}, "want": ["account"]},
		"P3/root ARN of another partition": {
			"by": "arn:aws-cn:iam::111111111111:user/u",
			"listed": {"account": {root}},
			"want": [],
		},
		"P3/root by its ARN": {"by": root, "listed": {"account": {root}}, "want": ["account"]},
		"P3/another account": {"by": user, "listed": {"account": {"222222222222"}}, "want": []},
		"P4/user": {"by": user, "listed": {"arn": {user, role}}, "want": ["direct"]},
		"P4/user as an object": {"by": {"arn": user}, "listed": {"arn": {user}}, "want": ["direct"]},
		"P4/user in other case": {"by": user, "listed": {"arn": {"arn:aws:iam::111111111111:user/U"}}, "want": []},
		"P4/session": {"by": session, "listed": {"arn": {session}}, "want": ["direct"]},
		"P4/federated-user session": {"by": federated_user, "listed": {"arn": {federated_user}}, "want": ["direct"]},
		"P5/role with its path": {"by": of_role, "listed": {"arn": {role}}, "want": ["role"]},
		"P5/role without its path": {"by": of_role, "listed": {"arn": {bare_role}}, "want": []},
		"P5/role of unknown path": {"by": session, "listed": {"arn": {bare_role}}, "want": ["role"]},
		"P5/role as the caller": {"by": role, "listed": {"arn": {role}}, "want": ["role"]},
		"P5/role as the caller, another named": {
			"by": {"arn": bare_role, "role_arn": role},
			"listed": {"arn": {role}},
			"want": ["role"],
		},
		"P5/role as the caller is no session": {"by": bare_role, "listed": {"arn": {session}}, "want": []},
		"P5/role of a user counts for nothing": {
			"by": {"arn": user, "role_arn": role},
			"listed": {"arn": {role}},
			"want": [],
		},
		"P5/role in the name of a session": {
			"by": "arn:aws:sts::111111111111:assumed-role/a:role/b",
			"listed": {"arn": {"arn:aws:sts::111111111111:assumed-role/a:role/b"}},
			"want": ["direct"],
		},
		"P5/user": {"by": of_user, "listed": {"arn": {user}}, "want": ["user"]},
		"P5/user unknown": {"by": federated_user, "listed": {"arn": {user}}, "want": []},
		"P5/user of a session counts for nothing": {
			"by": {"arn": session, "user_arn": user},
			"listed": {"arn": {user}},
			"want": [],
		},
		"P7/service": {"by": {"Service": "s"}, "listed": {"service": {"r", "s"}}, "want": ["direct"]},
		"P7/another service": {"by": {"Service": "s"}, "listed": {"service": {"r"}}, "want": []},
		"P7/service by another name": {
			"by": {"Service": "s", "service_names": ["t", "r"]},
			"listed": {"service": {"r"}},
			"want": ["direct"],
		},
		"P7/provider": {"by": {"Federated": "f"}, "listed": {"provider": {"f"}}, "want": ["direct"]},
		"P7/another provider": {"by": {"Federated": "f"}, "listed": {"provider": {"g"}}, "want": []},
		"P7/provider of a service's name": {"by": {"Federated": "s"}, "listed": {"service": {"s"}}, "want": []},
		"P7/canonical user": {
			"by": {"arn": user, "canonical_user": "c"},
			"listed": {"canonical_user": {"c"}},
			"want": ["account"],
		},
		"P7/another canonical user": {
			"by": {"arn": user, "canonical_user": "c"},
			"listed": {"canonical_user": {"d"}},
			"want": [],
		},
		"P8/user": {"by": {"arn": user, "unique_id": "A"}, "listed": {"unique_id": {"A"}}, "want": ["direct"]},
		"P8/session": {"by": {"arn": session, "unique_id": "A"}, "listed": {"unique_id": {"A"}}, "want": ["role"]},
		"P8/role": {"by": {"arn": role, "unique_id": "A"}, "listed": {"unique_id": {"A"}}, "want": ["role"]},
		"P8/root": {"by": {"arn": root, "unique_id": "A"}, "listed": {"unique_id": {"A"}}, "want": []},
		"P8/federated-user session": {
			"by": {"arn": federated_user, "unique_id": "A"},
			"listed": {"unique_id": {"A"}},
			"want": [],
		},
		"P8/another": {"by": {"arn": user, "unique_id": "B"}, "listed": {"unique_id": {"A"}}, "want": []},
		"P8/an id that looks like an account": {
			"by": {"arn": user, "unique_id": "222222222222"},
			"listed": {"account": {"222222222222"}},
			"want": [],
		},
		"P1/direct before everybody": {"by": user, "listed": {"any": {"*"}, "arn": {user}}, "want": ["direct"]},
		"P1/everybody before role": {"by": of_role, "listed": {"any": {"*"}, "arn": {role}}, "want": ["wild"]},
		"P1/role before account": {"by": of_role, "listed": {"account": {account}, "arn": {role}}, "want": ["role"]},
		"P1/user before account": {"by": of_user, "listed": {"account": {account}, "arn": {user}}, "want": ["user"]},
		"P1/session before role": {"by": of_role, "listed": {"arn": {role, session}}, "want": ["direct"]},
	}
	got := [kind | kind := principals.kind(case.listed)] with input as asked(case.by)
	included := [true | principals.include(case.listed)] with input as asked(case.by)
	[got, count(included)] == [case.want, count(case.want)]
}

exported := {
	"accounts": [account],
	"principals": {sprintf("arn:aws:sts::%s:assumed-role/r/", [account]): {"arn": role}},
	"everybody": {},
}

test_an_account_export_knows_the_path_of_a_role[note] if {
	some note, case in {
		"P5/session": {"by": session, "names": role, "want": ["role"]},
		"P5/session, not without the path": {"by": session, "names": bare_role, "want": []},
		"P5/the request's word counts first": {
			"by": {"arn": session, "role_arn": bare_role},
			"names": bare_role,
			"want": ["role"],
		},
		"P5/a role's ARN is a word, too": {"by": bare_role, "names": bare_role, "want": ["role"]},
		"P5/role that the export does not hold": {
			"by": "arn:aws:sts::111111111111:assumed-role/q/s",
			"names": "arn:aws:iam::111111111111:role/q",
			"want": ["role"],
		},
		"P5/role of the name in another account": {
			"by": "arn:aws:sts::222222222222:assumed-role/r/s",
			"names": "arn:aws:iam::222222222222:role/r",
			"want": ["role"],
		},
		"P5/user is of no role": {"by": user, "names": role, "want": []},
	}
	got := [kind | kind := principals.kind({"arn": {case.names}})] with input as asked(case.by)
		with data.iam.attachments as exported
	got == case.want
}

test_exempt[note] if {
	some note, case in {
		"P10/everybody": {"by": session, "listed": {"any": {"*"}}, "want": true},
		"P10/everybody, anonymous": {"by": "*", "listed": {"any": {"*"}}, "want": true},
		"P9/anonymous": {"by": "*", "listed": {"account": {account}, "arn": {user}}, "want": false},
		"P10/user and account": {"by": user, "listed": {"account": {root}, "arn": {user}}, "want": true},
		"P10/user alone": {"by": user, "listed": {"arn": {user}}, "want": false},
		"P10/account alone": {"by": user, "listed": {"account": {account}}, "want": false},
		"P10/user by unique id": {
			"by": {"arn": user, "unique_id": "A"},
			"listed": {"account": {account}, "unique_id": {"A"}},
			"want": true,
		},
		"P10/account by canonical user": {
			"by": {"arn": user, "canonical_user": "c"},
			"listed": {"canonical_user": {"c"}, "arn": {user}},
			"want": true,
		},
		"P10/whole chain of a session": {
			"by": of_role,
			"listed": {"account": {account}, "arn": {role, session}},
			"want": true,
		},
		"P10/session without role": {"by": of_role, "listed": {"account": {account}, "arn": {session}}, "want": false},
		"P10/role without session": {"by": of_role, "listed": {"account": {account}, "arn": {role}}, "want": false},
		"P10/session without account": {"by": of_role, "listed": {"arn": {role, session}}, "want": false},
		"P10/role by unique id": {
			"by": {"arn": session, "unique_id": "A"},
			"listed": {"account": {account}, "unique_id": {"A"}, "arn": {session}},
			"want": true,
		},
		"P10/role as the caller": {"by": role, "listed": {"account": {account}, "arn": {role}}, "want": false},
		"P10/role as the caller, everybody": {"by": role, "listed": {"any": {"*"}}, "want": true},
		"P10/whole chain of a federated-user session": {
			"by": of_user,
			"listed": {"account": {account}, "arn": {user, federated_user}},
			"want": true,
		},
		"P10/federated-user session without user": {
			"by": of_user,
			"listed": {"account": {account}, "arn": {federated_user}},
			"want": false,
		},
		"P10/root": {"by": root, "listed": {"account": {root}}, "want": true},
		"P10/root of another account": {"by": root, "listed": {"account": {"222222222222"}}, "want": false},
		"P10/service": {"by": {"Service": "s"}, "listed": {"service": {"s"}}, "want": true},
		"P9/service": {"by": {"Service": "s"}, "listed": {"service": {"r"}}, "want": false},
		"P10/provider": {"by": {"Federated": "f"}, "listed": {"provider": {"f"}}, "want": true},
		"P9/provider": {"by": {"Federated": "f"}, "listed": {"arn": {user}}, "want": false},
	}
	got := count([true | principals.exempt(case.listed)]) == 1 with input as asked(case.by)
	got == case.want
}

test_a_boundary_undoes_an_exemption[note] if {
	some note, case in {
		"P11/user": {"by": user, "want": false},
		"P11/session": {"by": session, "want": false},
		"P11/root has no boundary": {"by": root, "want": true},
		"P11/service has no boundary": {"by": {"Service": "s"}, "want": true},
		"P11/anonymous has no boundary": {"by": "*", "want": true},
	}
	got := count([true | principals.exempt({"any": {"*"}})]) == 1 with input as asked(case.by)
		with data.iam.attachments as {"accounts": [], "principals": {}, "everybody": {"permissions_boundary": {}}}
	got == case.want
}
