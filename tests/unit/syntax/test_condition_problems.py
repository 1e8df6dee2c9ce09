"""What is wrong with conditions (G10 to G14, C2, C11 to C27, L5, L6)."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.syntax.operators import _SHORT, suggest_operator
from tests.unit.syntax.conditions import condition_on, policy

Judge = Callable[..., Any]
Hints = Callable[[str], list[str]]


BLOCKS = [
    pytest.param(policy('{"StringEquals": {"k:v": "a"}}'), id="G12/plain"),
    pytest.param(policy("{}"), id="G12/empty-block"),
    pytest.param(policy("⟨IAM101⟩[]"), id="G12/list"),
    pytest.param(policy("⟨IAM101⟩null"), id="G12/null"),
    pytest.param(policy('{"StringEquals": {}}'), id="G12/operator-without-keys"),
    pytest.param(policy('{"StringEquals": ⟨IAM101⟩"a"}'), id="G12/operator-with-a-string"),
    pytest.param(policy(f'{{"StringLike": {{"k:v": ⟨IAM409⟩"{"*x" * 13}${{aws:username}}"}}}}'), id="V6/thirteen-stars-and-a-variable"),
    pytest.param(policy(f'{{"StringEquals": {{"k:v": "{"*x" * 13}${{aws:username}}"}}}}'), id="C12/stars-that-are-characters"),
    pytest.param(policy(f'{{"ArnLike": {{"k:v": ⟨IAM409⟩"arn:aws:{"*x" * 13}:::b"}}}}'), id="C22/thirteen-stars-in-a-field"),
    pytest.param(policy('{⟨IAM301⟩"StringLikes": {"k:v": "a"}}'), id="G12/unknown-operator"),
    pytest.param(policy('{⟨IAM301 warning⟩"StringLikes": {}}'), id="G12/unknown-operator-that-tests-nothing"),
    pytest.param(policy('{⟨IAM301⟩"StringLikes": ⟨IAM101⟩[]}'), id="G12/unknown-operator-with-a-list"),
    pytest.param(policy('{⟨IAM301⟩"": {"k:v": "a"}}'), id="G12/no-operator"),
    pytest.param(policy('{⟨IAM301⟩"IfExists": {"k:v": "a"}}'), id="G12/only-a-suffix"),
    pytest.param(policy('{⟨IAM301⟩"ForAnyValue:": {"k:v": "a"}}'), id="G12/only-a-qualifier"),
    pytest.param(policy('{⟨IAM301⟩":StringEquals": {"k:v": "a"}}'), id="G12/empty-qualifier"),
    pytest.param(policy('{⟨IAM301⟩"ForSomeValue:StringEquals": {"k:v": "a"}}'), id="G12/unknown-qualifier"),
    pytest.param(policy('{⟨IAM301⟩"StringEqualsIfExistsIfExists": {"k:v": "a"}}'), id="G12/suffix-twice"),
    pytest.param(policy('{⟨IAM301⟩"ForAnyValue:ForAnyValue:StringEquals": {"k:v": "a"}}'), id="G12/qualifier-twice"),
    pytest.param(policy('{⟨IAM301⟩"StringEquals ": {"k:v": "a"}}'), id="G12/space-after"),
    pytest.param(policy('{"stringequals": {"k:v": "a"}}'), id="G13/operator"),
    pytest.param(policy('{"StringEqualsifexists": {"k:v": "a"}}'), id="G13/suffix"),
    pytest.param(policy('{"foranyvalue:StringEquals": {"k:v": "a"}}'), id="G13/qualifier"),
    pytest.param(policy('{"StringEquals": {"k:v": "a"}, "STRINGEQUALS": {"k:v": "b"}}'), id="G13/two-spellings"),
    pytest.param(policy('{"StringEquals": {"k:v": "a", ⟨IAM305⟩"K:V": "b"}}'), id="G14/key-in-other-case"),
    pytest.param(policy('{"StringEquals": {"k:v": "a", ⟨IAM305⟩"K:V": "b", ⟨IAM009⟩"k:v": "c"}}'), id="G14/key-in-other-case-and-twice"),
    pytest.param(policy('{"StringEquals": {"k:v/\\u00e9": "a", ⟨IAM305⟩"k:v/\\u00c9": "b"}}'), id="G14/letters-that-are-not-ascii"),
    pytest.param(policy('{"StringEquals": {"k:v": "a"}, "StringLike": {"K:V": "b"}}'), id="G14/under-two-operators"),
    pytest.param(policy('{⟨IAM303⟩"NullIfExists": {"k:v": "true"}}'), id="C11/null-if-exists"),
    pytest.param(policy('{⟨IAM303⟩"nullifexists": {"k:v": "true"}}'), id="C11/null-if-exists-in-other-case"),
    pytest.param(policy('{"ForAllValues:Null": {"k:v": "true"}}'), id="C11/for-all-values"),
    pytest.param(policy('{"ForAnyValue:Null": {"aws:TagKeys": "true"}}'), id="C11/for-any-value"),
    pytest.param(condition_on('"Null"', '["true", "FALSE"]'), id="C11/several-values"),
    pytest.param(condition_on('"Null"', '⟨IAM311 lenient⟩"a"'), id="C11/unreadable"),
]

KEYS = [
    pytest.param('"username"', id="C25/no-colon"),
    pytest.param('""', id="C25/empty"),
    pytest.param('"aws:RequestTag"', id="C25/no-tag"),
    pytest.param('"AWS:requesttag/"', id="C25/empty-tag"),
    pytest.param('"ec2:ResourceTag/"', id="C25/tag-of-a-service"),
    pytest.param('"aws:RequestTag/a"', id="C25/tag"),
    pytest.param('"s3:RequestObjectTag/"', id="C25/another-key-with-a-slash"),
    pytest.param('"no:such-key"', id="C25/unknown-key"),
    pytest.param('"aws:username"', id="C26/single"),
    pytest.param('"aws:TagKeys"', id="C26/many-values"),
    pytest.param('"AWS:tagkeys"', id="C26/many-values-in-other-case"),
]

QUALIFIED = [
    pytest.param('"aws:TagKeys"', id="C26/many-values"),
    pytest.param('"ecs:container-instances"', id="C26/unknown-key"),
    pytest.param('"aws:UserName"', id="C26/single"),
    pytest.param('"aws:ResourceTag/Owner"', id="C26/tag"),
    pytest.param('"username"', id="C25/no-colon"),
]

BIG, SMALL = "1" + "0" * 39, "0." + "0" * 39 + "1"

VALUES = [
    pytest.param("StringEquals", '["a", "b"]', id="G10/list"),
    pytest.param("StringEquals", "⟨IAM111 lenient⟩[]", id="G10/empty-list"),
    pytest.param("StringEquals", '[⟨IAM101⟩["a"]]', id="G11/list-in-a-list"),
    pytest.param("StringEquals", "⟨IAM101⟩null", id="G11/null"),
    pytest.param("StringEquals", "⟨IAM101⟩{}", id="G11/object"),
    pytest.param("StringEquals", '⟨IAM309⟩["a", 1]', id="G11/mixed"),
    pytest.param("Bool", '⟨IAM309⟩[true, "true"]', id="G11/boolean-and-string"),
    pytest.param("StringEquals", '⟨IAM309⟩["a", ⟨IAM101⟩null, true]', id="G11/mixed-and-null"),
    pytest.param("StringEquals", "[1, 2.5]", id="G11/numbers"),
    pytest.param("StringEquals", "true", id="G11/boolean"),
    pytest.param("StringEquals", BIG, id="N2/40-digits"),
    pytest.param("StringEquals", f"⟨IAM310⟩{BIG}0", id="N2/41-digits"),
    pytest.param("StringEquals", "⟨IAM310⟩1e40", id="N2/41-digits-by-exponent"),
    pytest.param("StringEquals", SMALL, id="N2/40-digits-after-the-point"),
    pytest.param("StringEquals", "⟨IAM310⟩1e-41", id="N2/41-digits-after-the-point"),
    pytest.param("StringEquals", f"{BIG}.{'0' * 50}", id="N2/superfluous-zeros-do-not-count"),
    pytest.param("StringEquals", "⟨IAM310⟩1e999999999999", id="N2/huge-exponent"),
    pytest.param("StringEquals", "0e999999999999", id="N2/zero-with-a-huge-exponent"),
    pytest.param("NumericEquals", "⟨IAM310⟩1e40", id="N2/under-numeric"),
    pytest.param("StringEquals", '""', id="C12/empty"),
    pytest.param("NumericEquals", '["10", "-1.5", "+2", "007", "1e2", "1E+2", "1e-2"]', id="C16/numbers"),
    pytest.param("NumericEquals", "10", id="C16/json-number"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩""', id="C16/empty"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"10x"', id="C16/letter-after"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"0x10"', id="C16/hexadecimal"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"NaN"', id="C16/not-a-number"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩".5"', id="C16/no-digit-before-the-point"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"5."', id="C16/no-digit-after-the-point"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"1_000"', id="C16/underscore"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩" 1"', id="C16/space"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"1\\n"', id="C16/line-break"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"²"', id="C16/superscript"),
    pytest.param("NumericEquals", '⟨IAM311 lenient⟩"*"', id="C16/wildcard"),
    pytest.param("NumericEquals", f'⟨IAM311 lenient⟩"{BIG}0"', id="C16/41-digits"),
    pytest.param("NumericEquals", f'"000{BIG}"', id="C16/leading-zeros-do-not-count"),
    pytest.param("NumericEquals", "⟨IAM311 lenient⟩true", id="C16/boolean"),
    pytest.param("DateEquals", '["2020", "2020-02", "2020-02-29", "2020-01-01T00:00Z", "2020-01-01T23:59:59Z"]', id="C18/dates"),
    pytest.param("DateEquals", '["2020-01-01T00:00:00.123456789+23:59", "2020-01-01T00:00:00-00:00", "2020-01-01T00:00"]', id="C18/zones"),
    pytest.param("DateEquals", '["0", "999999999999"]', id="C18/seconds"),
    pytest.param("DateEquals", "1577836800", id="C18/json-number"),
    pytest.param("DateEquals", '["0001-01-01", "9999-12-31"]', id="C18/first-and-last-year"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩""', id="C18/empty"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"tomorrow"', id="C18/word"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"0000-01-01"', id="C18/year-zero"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-13"', id="C18/thirteenth-month"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2021-02-29"', id="C18/no-such-day"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-1-1"', id="C18/one-digit"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T24:00Z"', id="C18/hour-24"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T23:60Z"', id="C18/minute-60"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T23:59:60Z"', id="C18/leap-second"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T00:00:00+24:00"', id="C18/offset-24"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01t00:00:00Z"', id="C18/lower-case-t"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T00:00:00z"', id="C18/lower-case-z"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01 00:00:00Z"', id="C18/space"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01Z"', id="C18/zone-without-time"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T00Z"', id="C18/hour-alone"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-01-01T00:00:00.1234567890Z"', id="C18/ten-fraction-digits"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"1000000000000"', id="C18/13-digits"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"-1"', id="C18/negative-seconds"),
    pytest.param("DateEquals", "⟨IAM311 lenient⟩1.5", id="C18/fraction-of-a-second"),
    pytest.param("DateEquals", '⟨IAM311 lenient⟩"2020-*"', id="C18/wildcard"),
    pytest.param("Bool", '["true", "FALSE", "True"]', id="C19/any-case"),
    pytest.param("Bool", "[true, false]", id="C19/json-booleans"),
    pytest.param("Bool", '⟨IAM311 lenient⟩"yes"', id="C19/word"),
    pytest.param("Bool", '⟨IAM311 lenient⟩""', id="C19/empty"),
    pytest.param("Bool", "⟨IAM311 lenient⟩1", id="C19/number"),
    pytest.param("BinaryEquals", '["", "QQ==", "QUE=", "QUFB", "+/8=", "QR=="]', id="C20/base64"),
    pytest.param("BinaryEquals", '⟨IAM311 lenient⟩"QQ"', id="C20/no-padding"),
    pytest.param("BinaryEquals", '⟨IAM311 lenient⟩"-_8="', id="C20/other-alphabet"),
    pytest.param("BinaryEquals", '⟨IAM311 lenient⟩"QQ ="', id="C20/space"),
    pytest.param("BinaryEquals", '⟨IAM311 lenient⟩"Q==="', id="C20/three-signs"),
    pytest.param("IpAddress", '["203.0.113.7", "203.0.113.77/24", "0.0.0.0/0", "1.2.3.4/32"]', id="C21/version-4"),
    pytest.param("IpAddress", '["2001:db8::/32", "::1", "2001:DB8:0:0::1", "::ffff:10.0.0.0/104", "::/0", "::1/128"]', id="C21/version-6"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.0/33"', id="C21/prefix-too-long"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"::/129"', id="C21/version-6-prefix-too-long"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.0/08"', id="C21/prefix-with-leading-zero"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.0/"', id="C21/no-prefix-after-the-slash"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.0/255.0.0.0"', id="C21/mask"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.01"', id="C21/octet-with-leading-zero"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.256"', id="C21/octet-too-large"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0"', id="C21/three-octets"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"10.0.0.*"', id="C21/wildcard"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩"fe80::1%eth0"', id="C21/zone"),
    pytest.param("IpAddress", '⟨IAM311 lenient⟩" 10.0.0.1"', id="C21/space"),
    pytest.param("NotIpAddress", '["10.0.0.0/8", ⟨IAM311 lenient⟩"x", ⟨IAM311 lenient⟩"y"]', id="C21/each-value"),
    pytest.param("ArnLike", '["arn:aws:s3:::b", "arn:*:*:*:*:*"]', id="C22/arns"),
    pytest.param("ArnEquals", '⟨IAM311 lenient⟩"arn:aws:s3:b"', id="C22/short"),
    pytest.param("ArnEquals", '⟨IAM311 lenient⟩"*"', id="C22/star"),
    pytest.param("ArnNotLike", '⟨IAM311 lenient⟩"x:aws:s3:::b"', id="C22/another-first-field"),
    pytest.param("ArnNotEquals", '⟨IAM311 lenient⟩"${aws:PrincipalArn}"', id="C22/only-a-variable"),
    pytest.param("ArnEquals", '"arn:aws:iam::${aws:PrincipalAccount}:role/x"', id="C22/variable-in-the-account"),
    pytest.param("ArnLike", "⟨IAM311 lenient⟩true", id="C22/boolean"),
]


@pytest.mark.parametrize("marked", BLOCKS)
def test_problems_of_a_block(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


@pytest.mark.parametrize("key", KEYS)
def test_problems_of_a_key(key: str, judge: Judge) -> None:
    judged = judge(condition_on('"StringEquals"', '"a"', key))
    assert judged.found == judged.wanted


@pytest.mark.parametrize("key", QUALIFIED)
def test_problems_of_a_key_under_a_set_operator(key: str, judge: Judge) -> None:
    judged = judge(condition_on('"ForAnyValue:StringEquals"', '"a"', key))
    assert judged.found == judged.wanted


@pytest.mark.parametrize(("operator", "values"), VALUES)
def test_problems_of_values(operator: str, values: str, judge: Judge) -> None:
    judged = judge(condition_on(f'"{operator}"', values))
    assert judged.found == judged.wanted


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("StringEqual", "did you mean `StringEquals`?", id="G12/operator"),
        pytest.param("stringlikes", "did you mean `StringLike`?", id="G12/in-lower-case"),
        pytest.param("ForAnyValues:StringLikeIfExist", "did you mean `ForAnyValue:StringLike`?", id="G12/two-mistakes"),
        pytest.param("ForAllValue:NumericLesThanIfExists", "did you mean `ForAllValues:NumericLessThanIfExists`?", id="G12/all-parts"),
        pytest.param(
            "Matches",
            "operators have names like `StringEquals`, `ForAnyValue:StringLike` or `NumericLessThanIfExists`",
            id="G12/far-off",
        ),
        pytest.param("streq", "`streq` is a short name of 2009, which is no longer accepted: write `StringEquals`", id="G12/of-2009"),
        pytest.param(
            "StrNeqI", "`StrNeqI` is a short name of 2009, which is no longer accepted: write `StringNotEqualsIgnoreCase`", id="G12/case"
        ),
        pytest.param(
            "ForAnyValue:strlIfExists",
            "`strl` is a short name of 2009, which is no longer accepted: write `ForAnyValue:StringLikeIfExists`",
            id="G12/of-2009-with-all-parts",
        ),
        pytest.param("strlike", "did you mean `StringLike`?", id="G12/mixed-names"),
        pytest.param("numlte", "did you mean `NumericLessThanEquals`?", id="G12/near-a-short-name"),
        pytest.param("numericlt", "did you mean `NumericLessThan`?", id="G12/half-a-short-name"),
        pytest.param("ipaddr", "did you mean `IpAddress`?", id="G12/address"),
        pytest.param("NullIfExists", "did you mean `Null`?", id="C11/null-if-exists"),
    ],
)
def test_hint_for_an_operator(name: str, hint: str, hints: Hints) -> None:
    assert hints(condition_on(f'"{name}"', '"true"')) == [hint]


@pytest.mark.parametrize(("short", "operator"), [pytest.param(short, operator, id=short) for short, operator in _SHORT.items()])
def test_every_short_name_leads_to_the_operator_of_today(short: str, operator: str) -> None:
    assert suggest_operator(short).endswith(f"write `{operator}`")
