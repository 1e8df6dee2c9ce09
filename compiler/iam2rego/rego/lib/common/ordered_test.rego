package iam.lib.ordered_test

import data.iam.lib.ordered

# `?` is a part of two texts, as ["a", "c"] is `a?c`.
test_matches[note] if {
	some note, case in {
		"A3/one text": {"text": "ab", "parts": ["ab"], "want": true},
		"A3/more than one text": {"text": "abc", "parts": ["ab"], "want": false},
		"A3/start and end": {"text": "a-b", "parts": ["a", "b"], "want": true},
		"A3/star of nothing": {"text": "ab", "parts": ["a", "b"], "want": true},
		"A3/start and end overlap": {"text": "aba", "parts": ["ab", "ba"], "want": false},
		"A3/other start": {"text": "xa-b", "parts": ["a", "b"], "want": false},
		"A3/other end": {"text": "a-bx", "parts": ["a", "b"], "want": false},
		"A3/middle": {"text": "a-m-b", "parts": ["a", "m", "b"], "want": true},
		"A3/no middle": {"text": "a-b", "parts": ["a", "m", "b"], "want": false},
		"A3/middle in the end": {"text": "a-mb", "parts": ["a", "mb", "mb"], "want": false},
		"A3/middles in another order": {"text": "b-a", "parts": ["", "a", "b", ""], "want": false},
		"A3/the same middle twice": {"text": "m-m", "parts": ["", "m", "m", ""], "want": true},
		"A3/the same middle not twice": {"text": "-m-", "parts": ["", "m", "m", ""], "want": false},
		"A3/question mark": {"text": "abc", "parts": [["a", "c"]], "want": true},
		"A3/question mark is not none": {"text": "ac", "parts": [["a", "c"]], "want": false},
		"A3/question mark is not two": {"text": "abbc", "parts": [["a", "c"]], "want": false},
		"A3/question mark first": {"text": "xa.", "parts": [["", "a"], ""], "want": true},
		"A3/question mark last": {"text": ".ax", "parts": ["", ["a", ""]], "want": true},
		"A3/question mark at the very end": {"text": ".a", "parts": ["", ["a", ""]], "want": false},
		"A3/question mark after another start": {"text": "xa.b", "parts": [["a", "b"], ""], "want": false},
		"A3/question mark before the start": {"text": "a", "parts": ["", ["", "a"], ""], "want": false},
		"A3/question mark after the end": {"text": ".a", "parts": ["", ["a", ""], ""], "want": false},
		"A3/question mark in the middle": {"text": "aa.b.", "parts": ["", ["a", "b"], ""], "want": true},
		"A3/question mark in the second place": {"text": "a-.a-b", "parts": ["", ["a", "b"], ""], "want": true},
		"A3/question marks in the middle": {"text": "a-b-c", "parts": ["", ["a", "b", "c"], ""], "want": true},
		"A3/nothing but question marks": {"text": "ab", "parts": [["", "", ""]], "want": true},
		"A3/fewer characters than question marks": {"text": "a", "parts": [["", "", ""]], "want": false},
		"A3/question marks before an end": {"text": "ab", "parts": ["", ["", ""], "b"], "want": true},
		"A3/question marks beyond the end": {"text": "b", "parts": ["", ["", ""], "b"], "want": false},
		"V4/empty middle": {"text": "ab", "parts": ["a", "", "b"], "want": true},
		"V6/star is a character": {"text": "a-b", "parts": ["a", "*", "b"], "want": false},
		"C13/beyond ASCII": {"text": "\u00e9\ud83d\ude00m\u00e9", "parts": ["\u00e9", ["", "m"], "\u00e9"], "want": true},
		"C13/newline": {"text": "a\nb", "parts": [["a", "b"]], "want": true},
		"A3/empty text": {"text": "", "parts": ["", ""], "want": true},
	}
	got := count([1 | ordered.matches(case.text, case.parts)]) > 0
	got == case.want
}

# A pattern of so many parts, `a*b*c` and so on, matches the text of all its parts, and no text that lacks one.
test_matches_up_to_thirteen_parts[note] if {
	letters := split("abcdefghijklm", "")
	some size in numbers.range(2, 13)
	parts := array.slice(letters, 0, size)
	note := sprintf("A3/%d parts", [size])
	lacking := [text |
		some missing in parts
		text := concat("-", [letter | some letter in parts; letter != missing])
	]
	ordered.matches(concat("-", parts), parts)
	every text in lacking {
		not ordered.matches(text, parts)
	}
}

arn := [["arn"], ["aws"], ["sns"], ["us-", "-", "1"], ["1"], ["t", ""]]

spilling := [["arn"], ["aws"], ["sns", ""], ["us-", "-", "1"], ["1"], ["t"]]

test_matches_fields[note] if {
	some note, case in {
		"C22/every field": {"text": "arn:aws:sns:us-x-1:1:t:u", "want": true},
		"C22/two stars in a field": {"text": "arn:aws:sns:us-x-y-1:1:t", "want": true},
		"C22/a star leaves no field": {"text": "arn:aws:sns:us-:-1:1:t", "want": false},
		"C22/another field": {"text": "arn:aws:sqs:us-x-1:1:t", "want": false},
		"C22/another sixth field": {"text": "arn:aws:sns:us-x-1:1:u", "want": false},
		"C22/fewer fields": {"text": "arn:aws:sns:us-x-1:1", "want": false},
	}
	got := count([1 | ordered.matches_fields(case.text, arn)]) > 0
	got == case.want
}

# The sixth field includes further colons.
test_matches_fields_to_the_end if {
	ordered.matches_fields("arn:aws:sns:r:1:a:b", [["arn"], ["aws"], ["sns"], ["r"], ["1"], ["a:b"]])
}

test_matches_fields_of_a_short_arn if {
	not ordered.matches_fields("arn:aws:sns:r:1", [["arn"], ["aws"], ["sns"], ["r"], ["1"], ["", ""]])
}

test_matches_resource[note] if {
	some note, case in {
		"R7/every field": {"fields": spilling, "crossing": [2], "text": "arn:aws:sns:us-x-1:1:t", "want": true},
		"R7/a star that ends a field crosses colons": {"fields": spilling, "crossing": [2], "text": "arn:aws:sns:a:b:us-x-1:1:t", "want": true},
		"R7/it may cross all but the last chance": {"fields": spilling, "crossing": [2], "text": "arn:aws:sns:us-x-1:1:t:us-x-1:1:t", "want": true},
		"R7/no star in another place does": {"fields": spilling, "crossing": [2], "text": "arn:aws:sns:a:us-x:-1:1:t", "want": false},
		"R7/another end": {"fields": spilling, "crossing": [2], "text": "arn:aws:sns:us-x-1:1:u", "want": false},
		"R7/another service": {"fields": spilling, "crossing": [2], "text": "arn:aws:sqs:us-x-1:1:t", "want": false},
		"R7/fewer fields": {"fields": spilling, "crossing": [2], "text": "arn:aws:sns:us-x-1:1", "want": false},
		"R7/no star ends a field": {"fields": arn, "crossing": [], "text": "arn:aws:sns:us-x-1:1:t:u", "want": true},
		"R7/no star ends a field, a colon more": {"fields": arn, "crossing": [], "text": "arn:aws:sns::us-x-1:1:t", "want": false},
		"R7/the fifth field ends in a star": {"fields": [["arn"], ["a", "b"], ["s"], ["r"], ["1", ""], ["t", "x"]], "crossing": [4], "text": "arn:ab:s:r:1:2:t:t:x", "want": true},
		"R7/the sixth field at the end": {"fields": [["arn"], ["a", "b"], ["s"], ["r"], ["1", ""], ["t:x"]], "crossing": [4], "text": "arn:ab:s:r:1:t:x:t:x", "want": true},
		"R7/the sixth field in no place of its own": {"fields": [["arn"], ["a", "b"], ["s"], ["r"], ["1", ""], ["t"]], "crossing": [4], "text": "arn:ab:s:r:1:xt", "want": false},
		"R7/the first field is not the one that crosses": {"fields": [["arn"], ["a", ""], ["s3"], [""], [""], ["x"]], "crossing": [1], "text": "arn:x:aws:s3:::x", "want": false},
		"R7/the second field is not the one that crosses": {"fields": [["arn"], ["aws"], ["s", ""], [""], [""], ["x"]], "crossing": [2], "text": "arn:aws:z:s3:::x", "want": false},
		"R7/a star does not cross back": {"fields": [["arn"], ["a", ""], ["arn"], ["aws"], [""], ["x"]], "crossing": [1], "text": "arn:aws::x", "want": false},
		"R7/a star does not lend its field": {"fields": [["arn"], ["a", ""], ["aws"], [""], [""], ["x"]], "crossing": [1], "text": "arn:aws:::x", "want": false},
		"V4/an empty default after a star is no star that ends the field": {"fields": [["arn"], ["a", ""], ["s"], ["r"], ["1"], ["t"]], "crossing": [], "text": "arn:a:b:s:r:1:t", "want": false},
		"R4/an empty field": {"fields": [["arn"], ["a", "b"], [""], [""], ["1"], ["t"]], "crossing": [], "text": "arn:ab:::1:t", "want": true},
		"R4/no empty field": {"fields": [["arn"], ["a", "b"], [""], [""], ["1"], ["t"]], "crossing": [], "text": "arn:ab::x:1:t", "want": false},
	}
	got := count([1 | ordered.matches_resource(case.text, case.fields, case.crossing)]) > 0
	got == case.want
}
