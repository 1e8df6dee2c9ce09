# METADATA
# title: Typed values of the context
# description: |
#   Readers of the texts that typed condition operators compare. Each is undefined for a text not of its type (C15).
package iam.lib.read

import data.iam.lib.number

# METADATA
# title: A number (C16)
decimal(text) := to_number(number.plain(text))

# METADATA
# title: A boolean as `true` or `false` (C19)
boolean(text) := folded if {
	folded := lower(text)
	folded in {"true", "false"}
}

# METADATA
# title: Base64 text with its unused bits cleared, so that equal bytes are equal texts (C20)
binary(text) := base64.encode(base64.decode(text)) if {
	regex.match(`^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`, text)
}

# METADATA
# title: One IP address of either family (C21)
address(text) := text if {
	not contains(text, "/")
	is_boolean(net.cidr_contains("0.0.0.0/0", text))
}

# METADATA
# title: Whether one of the ranges contains the address
within(ip, ranges) if {
	some range in ranges
	net.cidr_contains(range, ip)
}

# METADATA
# title: An ARN of six fields (C22)
arn(text) := text if regex.match(`^arn(:[^:]*){4}:`, text)

# METADATA
# title: An instant as seconds since 1970 and nanoseconds, which compare in that order (C18)
date(text) := [to_number(number.plain(text)), 0] if regex.match(`^[0-9]{1,12}$`, text)

date(text) := [seconds, nanoseconds] if {
	[_, year, month, day, time, zone] := regex.find_all_string_submatch_n(date_and_time, text, -1)[0]
	days := days_since_1970(decimal(year), decimal(month), integer(day, 1))
	[_, hour, minute, second, fraction] := regex.find_all_string_submatch_n(time_of_day, time, -1)[0]
	seconds := ((days * 86400) + clock(hour, minute, second)) - offset(zone)
	nanoseconds := decimal(substring(concat("", [fraction, "00000000"]), 0, 9))
}

date_and_time := `^([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9:.]+)(Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?)?$`

time_of_day := `^(?:([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?)?$`

integer(digits, _) := decimal(digits)

integer("", fallback) := fallback

clock(hour, minute, second) := ((integer(hour, 0) * 3600) + (integer(minute, 0) * 60)) + integer(second, 0)

offset(zone) := 0 if zone in {"", "Z"}

offset(zone) := clock(substring(zone, 1, 2), substring(zone, 4, -1), "") if startswith(zone, "+")

offset(zone) := 0 - clock(substring(zone, 1, 2), substring(zone, 4, -1), "") if startswith(zone, "-")

# Days of the proleptic Gregorian calendar, counted from years that begin in March so that a leap day ends its year.
days_since_1970(year, month, day) := days if {
	year >= 1
	day >= 1
	day <= days_in_month(year, month)
	elapsed := shifted_year(year, month)
	leap_days := (floor(elapsed / 4) - floor(elapsed / 100)) + floor(elapsed / 400)
	month_days := floor(((153 * ((month + 9) % 12)) + 2) / 5)
	days := ((((elapsed * 365) + leap_days) + month_days) + (day - 1)) - 719468
}

shifted_year(year, month) := year if month > 2

shifted_year(year, month) := year - 1 if month <= 2

days_in_month(year, 2) := 29 if is_leap(year)

days_in_month(year, 2) := 28 if not is_leap(year)

days_in_month(_, month) := 30 if month in {4, 6, 9, 11}

days_in_month(_, month) := 31 if month in {1, 3, 5, 7, 8, 10, 12}

is_leap(year) if {
	year % 4 == 0
	year % 100 != 0
}

is_leap(year) if year % 400 == 0
