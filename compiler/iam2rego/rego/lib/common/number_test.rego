package iam.lib.number_test

import data.iam.lib.number

nines := "9999999999999999999999999999999999999999"

nulls := "000000000000000000000000000000000000000"

test_the_text_of_a_number[note] if {
	some note, case in {
		"N2/integer": {"json": "10", "want": ["10"]},
		"N2/fraction of zeros": {"json": "10.0", "want": ["10"]},
		"N2/exponent": {"json": "1e2", "want": ["100"]},
		"N2/exponent with sign": {"json": "1E+2", "want": ["100"]},
		"N2/exponent within the fraction": {"json": "1.25e1", "want": ["12.5"]},
		"N2/exponent that ends the fraction": {"json": "1.25e2", "want": ["125"]},
		"N2/negative exponent within the digits": {"json": "123e-2", "want": ["1.23"]},
		"N2/negative exponent beyond the digits": {"json": "12e-4", "want": ["0.0012"]},
		"N2/negative exponent of just the digits": {"json": "12e-2", "want": ["0.12"]},
		"N2/zeros at the end of an integer stay": {"json": "1200", "want": ["1200"]},
		"N2/zeros at the end of a fraction go": {"json": "0.1200", "want": ["0.12"]},
		"N2/zero": {"json": "0", "want": ["0"]},
		"N2/zero with fraction": {"json": "0.000", "want": ["0"]},
		"N2/zero with exponent": {"json": "0e5", "want": ["0"]},
		"N2/signed zero": {"json": "-0", "want": ["0"]},
		"N2/signed zero with fraction": {"json": "-0.0", "want": ["0"]},
		"N2/negative": {"json": "-7", "want": ["-7"]},
		"N2/negative fraction": {"json": "-1.50", "want": ["-1.5"]},
		"N2/not rounded to binary": {"json": "0.1000000000000000055", "want": ["0.1000000000000000055"]},
		"N2/40 digits": {"json": nines, "want": [nines]},
		"N2/40 digits, negative": {"json": concat("", ["-", nines]), "want": [concat("", ["-", nines])]},
		"N2/41 digits": {"json": concat("", [nines, "9"]), "want": []},
		"N2/41 digits in the fraction": {"json": concat("", ["0.", nines, "9"]), "want": []},
		"N2/40 digits in the fraction": {"json": concat("", ["0.", nines]), "want": [concat("", ["0.", nines])]},
		"N2/40 digits on either side": {
			"json": concat(".", [nines, nines]),
			"want": [concat(".", [nines, nines])],
		},
		"N2/41 digits before a fraction": {"json": concat("", [nines, "9.5"]), "want": []},
		"N2/41 digits after an integer": {"json": concat("", ["5.", nines, "9"]), "want": []},
		"N2/superfluous zeros are not counted": {"json": concat("", ["0.1", nulls, "00"]), "want": ["0.1"]},
		"N2/exponent up to 40 digits": {"json": "1e39", "want": [concat("", ["1", nulls])]},
		"N2/exponent beyond 40 digits": {"json": "1e40", "want": []},
		"N2/fraction of 40 digits by exponent": {"json": "1e-40", "want": [concat("", ["0.", nulls, "1"])]},
		"N2/fraction of 41 digits by exponent": {"json": "1e-41", "want": []},
		"N2/beyond a double": {"json": "1e309", "want": []},
		"N2/a string is no number": {"json": `"10"`, "want": []},
		"N2/a boolean is no number": {"json": "true", "want": []},
	}
	got := [text | text := number.plain(json.marshal(json.unmarshal(case.json)))]
	got == case.want
}

test_the_decimal_of_a_spelling[note] if {
	some note, case in {
		"C16/plus sign": {"text": "+5", "want": ["5"]},
		"C16/minus sign": {"text": "-5", "want": ["-5"]},
		"C16/leading zeros": {"text": "007", "want": ["7"]},
		"C16/leading zeros, negative": {"text": "-007.50", "want": ["-7.5"]},
		"C16/many leading zeros": {"text": concat("", [nulls, nulls, "7"]), "want": ["7"]},
		"C16/leading zeros of a fraction": {"text": "0.007", "want": ["0.007"]},
		"C16/signed zero": {"text": "+0", "want": ["0"]},
		"C16/negative zero": {"text": "-000", "want": ["0"]},
		"C16/leading zeros of an exponent": {"text": "1e000000000000000000002", "want": ["100"]},
		"C16/zero exponent": {"text": "1e-0", "want": ["1"]},
		"C16/zero with an enormous exponent": {"text": "0e99999999999999999999", "want": ["0"]},
		"C16/enormous exponent": {"text": "1e99999999999999999999", "want": []},
		"C16/enormous negative exponent": {"text": "1e-99999999999999999999", "want": []},
		"C16/empty": {"text": "", "want": []},
		"C16/trailing letter": {"text": "10x", "want": []},
		"C16/hexadecimal": {"text": "0x10", "want": []},
		"C16/not a number": {"text": "NaN", "want": []},
		"C16/infinity": {"text": "Infinity", "want": []},
		"C16/no digit before the point": {"text": ".5", "want": []},
		"C16/no digit after the point": {"text": "5.", "want": []},
		"C16/underscore": {"text": "1_000", "want": []},
		"C16/comma": {"text": "1,000", "want": []},
		"C16/space before": {"text": " 1", "want": []},
		"C16/space after": {"text": "1 ", "want": []},
		"C16/newline after": {"text": "1\n", "want": []},
		"C16/sign alone": {"text": "-", "want": []},
		"C16/two signs": {"text": "--1", "want": []},
		"C16/exponent without digits": {"text": "1e", "want": []},
		"C16/exponent of a sign": {"text": "1e+", "want": []},
		"C16/exponent with fraction": {"text": "1e1.5", "want": []},
		"C16/digits of another script": {"text": "\u0661", "want": []},
	}
	got := [decimal | decimal := number.plain(case.text)]
	got == case.want
}
