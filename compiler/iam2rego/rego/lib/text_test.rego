package iam.lib.text_test

import data.iam.lib.text

# 65,536 characters
most := sprintf("%065536d", [0])

# 32,768 characters
half := sprintf("%032768d", [0])

# 16,384 characters
quarter := sprintf("%016384d", [0])

test_usable_text[note] if {
	some note, case in {
		"N3/empty": {"value": "", "want": true},
		"N3/plain": {"value": "a", "want": true},
		"N3/control characters": {"value": "\u0000\n\u007f", "want": true},
		"N3/lone surrogate, as OPA reads it": {"value": "a\ufffd", "want": false},
		"N3/number": {"value": 1, "want": false},
		"N3/list": {"value": ["a"], "want": false},
		"N3/null": {"value": null, "want": false},
		"N3/64 KiB of one byte each": {"value": most, "want": true},
		"N3/one byte more": {"value": concat("", [most, "0"]), "want": false},
		"N3/64 KiB of two bytes each": {"value": replace(half, "0", "\u00e9"), "want": true},
		"N3/one byte more than that": {"value": concat("", [replace(half, "0", "\u00e9"), "0"]), "want": false},
		"N3/64 KiB of four bytes each": {"value": replace(quarter, "0", "\ud83d\ude00"), "want": true},
		"N3/four bytes more": {"value": replace(concat("", [quarter, "0"]), "0", "\ud83d\ude00"), "want": false},
	}
	got := count([1 | text.is_usable(case.value)]) == 1
	got == case.want
}
