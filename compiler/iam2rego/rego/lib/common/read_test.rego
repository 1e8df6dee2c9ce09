package iam.lib.read_test

import data.iam.lib.read

test_decimals_are_exact if {
	read.decimal("10.0") == read.decimal("1e1")
	read.decimal("9999999999999999999999999999999999999998") < read.decimal("9999999999999999999999999999999999999999")
	read.decimal("0.1") < read.decimal("0.1000000000000000055")
	read.decimal("-2") < read.decimal("-1.5")
}

test_decimal_of_other_text_is_undefined if not read.decimal("10x")

test_boolean[note] if {
	some note, case in {
		"C19/true": {"text": "true", "want": ["true"]},
		"C19/false in capitals": {"text": "FALSE", "want": ["false"]},
		"C19/mixed case": {"text": "tRuE", "want": ["true"]},
		"C19/number": {"text": "1", "want": []},
		"C19/empty": {"text": "", "want": []},
		"C19/space": {"text": "true ", "want": []},
	}
	got := [value | value := read.boolean(case.text)]
	got == case.want
}

test_binary[note] if {
	some note, case in {
		"C20/three bytes": {"text": "YWJj", "want": ["YWJj"]},
		"C20/two bytes": {"text": "YWI=", "want": ["YWI="]},
		"C20/one byte": {"text": "YQ==", "want": ["YQ=="]},
		"C20/empty": {"text": "", "want": [""]},
		"C20/digits": {"text": "0189", "want": ["0189"]},
		"C20/plus and slash": {"text": "+/+/", "want": ["+/+/"]},
		"C20/unused bits": {"text": "QR==", "want": ["QQ=="]},
		"C20/unused bits of two bytes": {"text": "YWL=", "want": ["YWI="]},
		"C20/no padding": {"text": "YQ", "want": []},
		"C20/half the padding": {"text": "YQ=", "want": []},
		"C20/too much padding": {"text": "YWJj====", "want": []},
		"C20/padding inside": {"text": "YQ==YQ==", "want": []},
		"C20/alphabet of URLs": {"text": "-_-_", "want": []},
		"C20/newline": {"text": "YWJj\n", "want": []},
		"C20/space inside": {"text": "YW Jj", "want": []},
	}
	got := [value | value := read.binary(case.text)]
	got == case.want
}

test_address[note] if {
	some note, case in {
		"C21/IPv4": {"text": "203.0.113.5", "want": true},
		"C21/IPv6": {"text": "2001:db8::1", "want": true},
		"C21/IPv6 in capitals": {"text": "2001:DB8::1", "want": true},
		"C21/mapped": {"text": "::ffff:10.1.2.3", "want": true},
		"C21/range": {"text": "10.0.0.0/8", "want": false},
		"C21/single address as a range": {"text": "10.0.0.1/32", "want": false},
		"C21/octet with a leading zero": {"text": "10.0.0.01", "want": false},
		"C21/octet too large": {"text": "10.0.0.256", "want": false},
		"C21/three octets": {"text": "10.0.0", "want": false},
		"C21/five octets": {"text": "10.0.0.0.1", "want": false},
		"C21/zone": {"text": "fe80::1%eth0", "want": false},
		"C21/brackets": {"text": "[::1]", "want": false},
		"C21/two gaps": {"text": "1::2::3", "want": false},
		"C21/space": {"text": " 10.0.0.1", "want": false},
		"C21/newline": {"text": "10.0.0.1\n", "want": false},
		"C21/name": {"text": "localhost", "want": false},
		"C21/empty": {"text": "", "want": false},
	}
	got := count([1 | read.address(case.text)]) == 1
	got == case.want
}

test_within[note] if {
	some note, case in {
		"C21/inside": {"ip": "10.1.2.3", "ranges": {"10.0.0.0/8"}, "want": true},
		"C21/outside": {"ip": "11.1.2.3", "ranges": {"10.0.0.0/8"}, "want": false},
		"C21/second of several": {"ip": "192.0.2.9", "ranges": {"10.0.0.0/8", "192.0.2.0/24"}, "want": true},
		"C21/other family": {"ip": "2001:db8::1", "ranges": {"0.0.0.0/0"}, "want": false},
		"C21/other family, the other way": {"ip": "10.0.0.1", "ranges": {"::/0"}, "want": false},
		"C21/other spelling": {"ip": "2001:0db8:0:0:0:0:0:1", "ranges": {"2001:db8::1/128"}, "want": true},
		"C21/mapped is IPv4": {"ip": "::ffff:10.1.2.3", "ranges": {"10.0.0.0/8"}, "want": true},
		"C21/mapped is not IPv6": {"ip": "::ffff:10.1.2.3", "ranges": {"::/0"}, "want": false},
	}
	got := count([1 | read.within(case.ip, case.ranges)]) == 1
	got == case.want
}

test_arn[note] if {
	some note, case in {
		"C22/six fields": {"text": "arn:aws:s3:::b", "want": ["arn:aws:s3:::b"]},
		"C22/more colons": {"text": "arn:aws:sns:r:1:t:s", "want": ["arn:aws:sns:r:1:t:s"]},
		"C22/empty last field": {"text": "arn:aws:s3:::", "want": ["arn:aws:s3:::"]},
		"C22/five fields": {"text": "arn:aws:s3::", "want": []},
		"C22/first field in capitals": {"text": "ARN:aws:s3:::b", "want": []},
		"C22/first field longer": {"text": "arn1:aws:s3:::b", "want": []},
		"C22/something before": {"text": "\narn:aws:s3:::b", "want": []},
		"C22/no ARN": {"text": "*", "want": []},
	}
	got := [value | value := read.arn(case.text)]
	got == case.want
}

test_date[note] if {
	some note, case in {
		"C18/epoch": {"text": "1700000000", "want": [[1700000000, 0]]},
		"C18/four digits are an epoch": {"text": "2024", "want": [[2024, 0]]},
		"C18/epoch zero": {"text": "0", "want": [[0, 0]]},
		"C18/epoch with leading zeros": {"text": "000000000001", "want": [[1, 0]]},
		"C18/epoch of 12 digits": {"text": "999999999999", "want": [[999999999999, 0]]},
		"C18/epoch of 13 digits": {"text": "1700000000000", "want": []},
		"C18/epoch with sign": {"text": "-1", "want": []},
		"C18/epoch with plus": {"text": "+1", "want": []},
		"C18/epoch with fraction": {"text": "1.5", "want": []},
		"C18/month": {"text": "2024-03", "want": [[1709251200, 0]]},
		"C18/day": {"text": "2024-02-29", "want": [[1709164800, 0]]},
		"C18/day before 1970": {"text": "1969-12-31", "want": [[-86400, 0]]},
		"C18/first day": {"text": "0001-01-01", "want": [[-62135596800, 0]]},
		"C18/last instant": {"text": "9999-12-31T23:59:59.999999999Z", "want": [[253402300799, 999999999]]},
		"C18/year 0000": {"text": "0000-01-01", "want": []},
		"C18/minute": {"text": "1970-01-01T00:01Z", "want": [[60, 0]]},
		"C18/second": {"text": "1970-01-01T00:01:02Z", "want": [[62, 0]]},
		"C18/fraction": {"text": "1970-01-01T00:00:00.5Z", "want": [[0, 500000000]]},
		"C18/fraction with leading zeros": {"text": "1970-01-01T00:00:00.007Z", "want": [[0, 7000000]]},
		"C18/fraction of a second before 1970": {"text": "1969-12-31T23:59:59.25Z", "want": [[-1, 250000000]]},
		"C18/no zone is UTC": {"text": "1970-01-01T01:00:00", "want": [[3600, 0]]},
		"C18/no seconds and no zone": {"text": "1970-01-01T01:00", "want": [[3600, 0]]},
		"C18/zone ahead": {"text": "1970-01-01T01:00:00+01:00", "want": [[0, 0]]},
		"C18/zone behind": {"text": "1970-01-01T00:00:00-01:30", "want": [[5400, 0]]},
		"C18/zone of zero, behind": {"text": "1970-01-01T00:00:00-00:00", "want": [[0, 0]]},
		"C18/furthest zone": {"text": "1970-01-01T23:59:00+23:59", "want": [[0, 0]]},
		"C18/zone too far": {"text": "1970-01-01T00:00:00+24:00", "want": []},
		"C18/zone minutes": {"text": "1970-01-01T00:00:00+00:60", "want": []},
		"C18/zone without colon": {"text": "1970-01-01T00:00:00+0100", "want": []},
		"C18/zone of a date": {"text": "1970-01-01Z", "want": []},
		"C18/fraction of 10 digits": {"text": "1970-01-01T00:00:00.0000000001Z", "want": []},
		"C18/fraction of no digits": {"text": "1970-01-01T00:00:00.Z", "want": []},
		"C18/fraction of a minute": {"text": "1970-01-01T00:00.5Z", "want": []},
		"C18/hour alone": {"text": "1970-01-01T00Z", "want": []},
		"C18/no time after T": {"text": "1970-01-01T", "want": []},
		"C18/zone right after T": {"text": "1970-01-01TZ", "want": []},
		"C18/hour 24": {"text": "1970-01-01T24:00:00Z", "want": []},
		"C18/minute 60": {"text": "1970-01-01T00:60:00Z", "want": []},
		"C18/second 60": {"text": "1970-01-01T00:00:60Z", "want": []},
		"C18/lower-case t": {"text": "1970-01-01t00:00:00Z", "want": []},
		"C18/lower-case z": {"text": "1970-01-01T00:00:00z", "want": []},
		"C18/space for T": {"text": "1970-01-01 00:00:00Z", "want": []},
		"C18/newline after": {"text": "1970-01-01\n", "want": []},
		"C18/five digits of year": {"text": "12024-01-01", "want": []},
		"C18/one digit of month": {"text": "2024-1", "want": []},
		"C18/month 00": {"text": "2024-00-01", "want": []},
		"C18/month 13": {"text": "2024-13-01", "want": []},
		"C18/day 00": {"text": "2024-01-00", "want": []},
		"C18/31 January": {"text": "1970-01-31", "want": [[2592000, 0]]},
		"C18/32 January": {"text": "1970-01-32", "want": []},
		"C18/30 April": {"text": "1970-04-30", "want": [[10281600, 0]]},
		"C18/31 April": {"text": "1970-04-31", "want": []},
		"C18/28 February": {"text": "2023-02-28", "want": [[1677542400, 0]]},
		"C18/29 February of a common year": {"text": "2023-02-29", "want": []},
		"C18/29 February of a common century": {"text": "1900-02-29", "want": []},
		"C18/29 February of a leap century": {"text": "2000-02-29", "want": [[951782400, 0]]},
		"C18/first day after a leap day": {"text": "2000-03-01", "want": [[951868800, 0]]},
		"C18/wildcard": {"text": "2024-*", "want": []},
		"C18/empty": {"text": "", "want": []},
	}
	got := [instant | instant := read.date(case.text)]
	got == case.want
}

test_dates_order_as_instants if {
	read.date("1969-12-31T23:59:59.25Z") < read.date("1969-12-31T23:59:59.75Z")
	read.date("1969-12-31T23:59:59.75Z") < read.date("0")
	read.date("2024-01-01T00:00:00+01:00") < read.date("2024-01-01T00:00:00Z")
}
