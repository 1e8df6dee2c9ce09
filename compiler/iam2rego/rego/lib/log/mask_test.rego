package system.log_test

import data.system.log

masked := {
	"names": ["authorization", "aws:requesttag/team"],
	"in_texts": ["authorization", "aws:requesttag/team"],
	"query": `(?i)((?:^|[?&;])(?:authorization|aws:requesttag/team))=[^&;#\s]*`,
}

test_documents_are_cleared[note] if {
	some note, case in {
		"nothing to hide": {"document": {"principal": "*", "context": {"aws:username": "a"}}, "want": null},
		"a header": {"document": {"headers": {"authorization": "s", "host": "h"}}, "want": {"headers": {"host": "h"}}},
		"in another case": {"document": {"Authorization": "s", "AUTHORIZATION": ["s"]}, "want": {}},
		"a name with a slash": {"document": {"context": {"aws:RequestTag/Team": "s", "a": 1}}, "want": {"context": {"a": 1}}},
		"in a list": {"document": [1, {"authorization": "s", "b": [2]}], "want": [1, {"b": [2]}]},
		"within itself": {"document": {"authorization": {"authorization": "s"}, "c": 1}, "want": {"c": 1}},
		"a value is no name": {"document": {"action": "authorization"}, "want": null},
		"a pair": {"document": [{"key": "Authorization", "raw_value": "s", "v": "s"}], "want": [{"key": "Authorization"}]},
		"a pair by name": {"document": {"name": "authorization", "value": {"b": "s"}}, "want": {"name": "authorization"}},
		"a pair of something else": {"document": {"key": "host", "name": 1, "value": "h"}, "want": null},
		"a query": {"document": {"path": "/p?a=1&authorization=s&b=2"}, "want": {"path": "/p?a=1&authorization=(masked)&b=2"}},
		"a query alone": {"document": "AUTHORIZATION=s", "want": "AUTHORIZATION=(masked)"},
		"the end of another name": {"document": {"path": "/p?no-authorization=1"}, "want": null},
		"text": {"document": "a", "want": null},
		"true": {"document": true, "want": null},
		"false": {"document": false, "want": null},
		"null": {"document": null, "want": null},
	}
	upserts := [{"op": "upsert", "path": "/input", "value": case.want} | case.want != null]
	got := log.mask with input as {"input": case.document} with data.system.log.masked as masked
	got == {"/nd_builtin_cache"} | {each | some each in upserts}
}

test_results_are_cleared_too if {
	got := log.mask with input as {"input": {"a": 1}, "result": {"authorization": "s"}} with data.system.log.masked as masked
	got == {"/nd_builtin_cache", {"op": "upsert", "path": "/result", "value": {}}}
}

test_what_cannot_be_cleared_is_left_out[note] if {
	some note, names in {"no names": {}, "a pattern that is none": object.union(masked, {"query": "("})}
	got := log.mask with input as {"input": {"authorization": "s"}, "result": "authorization"} with data.system.log.masked as names
	got == {"/nd_builtin_cache", "/input", "/result"}
}
