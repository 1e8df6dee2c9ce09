package iam.lib.pattern_test

import data.iam.lib.pattern

test_like[note] if {
	some note, case in {
		"A3/star spans slashes": {"globs": {"a/*"}, "text": "a/b/c", "want": true},
		"A3/star spans colons": {"globs": {"a:*"}, "text": "a:b:c", "want": true},
		"A3/star of nothing": {"globs": {"a*"}, "text": "a", "want": true},
		"A3/question mark is one character": {"globs": {"a?c"}, "text": "abc", "want": true},
		"A3/question mark is not none": {"globs": {"a?c"}, "text": "ac", "want": false},
		"A3/question mark is a colon too": {"globs": {"a?c"}, "text": "a:c", "want": true},
		"A3/the whole text": {"globs": {"a"}, "text": "ab", "want": false},
		"A3/full stop is itself": {"globs": {"a.c"}, "text": "abc", "want": false},
		"C13/newline": {"globs": {"a*c"}, "text": "a\nc", "want": true},
		"C13/case": {"globs": {"A*"}, "text": "ab", "want": false},
		"C13/beyond the basic plane": {"globs": {"?"}, "text": "\ud83d\ude00", "want": true},
		"C13/escaped specials are themselves": {"globs": {`\[a\]\{b,c\}\\\*\?`}, "text": `[a]{b,c}\*?`, "want": true},
		"C3/second of several": {"globs": {"a*", "b*"}, "text": "bc", "want": true},
		"C3/none of several": {"globs": {"a*", "b*"}, "text": "cc", "want": false},
		"R12/star in the text is a character": {"globs": {"ab"}, "text": "*", "want": false},
	}
	got := count([1 | pattern.like(case.text, case.globs)]) > 0
	got == case.want
}

test_arn_like[note] if {
	some note, case in {
		"R7/star stays inside its field": {"globs": {"a*:d"}, "text": "ab:c:d", "want": false},
		"R7/star within its field": {"globs": {"a*:d"}, "text": "abc:d", "want": true},
		"R7/star of nothing": {"globs": {"a:*:d"}, "text": "a::d", "want": true},
		"R7/double star crosses colons": {"globs": {"a**:d"}, "text": "ab:c:d", "want": true},
		"R7/double star of nothing": {"globs": {"a:**"}, "text": "a:", "want": true},
		"R7/question mark stays inside its field": {"globs": {"a?d"}, "text": "a:d", "want": false},
		"R7/any character": {"globs": {"a[!\ufffd]d"}, "text": "a:d", "want": true},
		"R7/any character is not none": {"globs": {"a[!\ufffd]d"}, "text": "ad", "want": false},
		"R7/any character beyond the basic plane": {"globs": {"a[!\ufffd]d"}, "text": "a\ud83d\ude00d", "want": true},
		"R7/any character in a star": {"globs": {"**[!\ufffd]b*"}, "text": "a::b", "want": true},
		"R7/star takes slashes": {"globs": {"a:*"}, "text": "a:b/c", "want": true},
		"C22/newline in a field": {"globs": {"a:*"}, "text": "a:b\nc", "want": true},
		"C22/second of several": {"globs": {"a:*", "b:*"}, "text": "b:c", "want": true},
	}
	got := count([1 | pattern.arn_like(case.text, case.globs)]) > 0
	got == case.want
}
