"""Placeholders and the parameters that fill them (T1, T2, L7)."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from iam2rego.ir.condition import ArnValue, ConditionValue, LiteralValue, TextValue
from iam2rego.ir.pattern import AnyRun, ArnPattern, Pattern, ResourceEntry, Text, Unmatchable, Variable
from iam2rego.ir.policy import Document
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

Judge = Callable[..., Any]
Read = Callable[..., Document]


def policy(resource: str, action: str = "*", version: str = "2012-10-17") -> str:
    members = f'"Effect": "Allow", "Action": "{action}", "Resource": {resource}'
    return f'{{"Version": "{version}", "Statement": {{{members}}}}}'


def condition(operator: str, value: str, key: str = "k:v") -> str:
    block = f'"Condition": {{"{operator}": {{"{key}": {value}}}}}'
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*", {block}}}}}'


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(policy('"arn:aws:s3:::⟨IAM404 lenient⟩<bucket>/*"'), id="T1/resource"),
        pytest.param(policy('"arn:aws:ecs:⟨IAM404 lenient⟩<region>:⟨IAM404 lenient⟩<account>:x"'), id="T1/two-names"),
        pytest.param(
            policy('["arn:aws:s3:::⟨IAM404 lenient⟩<b>", "arn:aws:s3:::⟨IAM404 lenient⟩<b>/⟨IAM404 lenient⟩<b>"]'), id="T1/one-name"
        ),
        pytest.param(policy('"arn:aws:s3:::⟨IAM404 lenient⟩<a_B>"'), id="T1/letters-and-underscores"),
        pytest.param(policy('"arn:aws:s3:::\\u00e9⟨IAM404 lenient⟩<x>"'), id="T1/after-an-escape"),
        pytest.param(policy('"arn:aws:s3:::⟨IAM404 lenient⟩\\u003cx>"'), id="T1/by-escape"),
        pytest.param(policy('"arn:aws:s3:::⟨IAM404 lenient⟩<x>"', version="2008-10-17"), id="T1/under-2008"),
        pytest.param(policy('"arn:aws:s3:::⟨IAM404 lenient⟩<a-1_B>"'), id="T1/hyphens-and-digits"),
        pytest.param(policy('"arn:aws:s3:::⟨IAM404 lenient⟩<_>"'), id="T1/underscore"),
        pytest.param(policy('"arn:aws:s3:::<1a>/<-a>/<a.b>/<>/< a>/<a"'), id="T1/other-text-is-no-placeholder"),
        pytest.param(policy('"arn:aws:s3:::a>b<c"'), id="T1/signs-alone"),
        pytest.param(policy('"*"', action="s3:<x>"), id="T1/action-is-text"),
        pytest.param(condition("StringEquals", '"⟨IAM404 lenient⟩<v>"'), id="T1/text-value"),
        pytest.param(condition("ArnLike", '"arn:aws:s3:::⟨IAM404 lenient⟩<v>"'), id="T1/arn-value"),
        pytest.param(condition("StringEquals", '"${k:a/⟨IAM404 lenient⟩<v>}"'), id="T1/name-of-a-variable"),
        pytest.param(condition("StringEquals", "\"${k:a, '⟨IAM404 lenient⟩<v>'}\""), id="T1/default-of-a-variable"),
        pytest.param(condition("StringEquals", '"a"', key="k:<v>"), id="T1/key-is-text"),
    ],
)
def test_unbound(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


ANYWHERE = '"arn:aws:s3:::⟨IAM405⟩<{}>"'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("x", "", id="T2/empty"),
        pytest.param("x", "a*", id="T2/star"),
        pytest.param("x", "a?", id="T2/question-mark"),
        pytest.param("x", "${a:b}", id="T2/variable"),
        pytest.param("x", "$", id="T2/dollar"),
        pytest.param("x", "<y>", id="T2/placeholder"),
        pytest.param("x", 'a"', id="T2/quotation-mark"),
        pytest.param("x", "a\\", id="T2/backslash"),
        pytest.param("x", "a b", id="T2/space"),
        pytest.param("x", "a\n", id="T2/line-break"),
        pytest.param("x", "a\u00a0b", id="T2/no-break-space"),
        pytest.param("x", "a:b", id="T2/colon"),
        pytest.param("x", "a/b", id="T2/slash"),
        pytest.param("x_path", "a:b", id="T2/colon-in-a-path"),
        pytest.param("x_path", "a/*", id="T2/star-in-a-path"),
        pytest.param("x_arn", "arn:aws:s3:::*", id="T2/star-in-an-arn"),
        pytest.param("x_arn", "arn:aws:s3:::${a:b}", id="T2/variable-in-an-arn"),
        pytest.param("arn", "a:b", id="T2/name-without-the-ending"),
        pytest.param("x", "a\ud800", id="N3/half-a-pair"),
    ],
)
def test_a_value_that_could_widen_the_policy_is_refused(name: str, value: str, judge: Judge) -> None:
    judged = judge(policy(ANYWHERE.format(name)), **{name: value})
    assert judged.found == judged.wanted


@pytest.mark.parametrize(
    ("marked", "value"),
    [
        pytest.param('"arn:aws:s3:::<x>"', "b", id="T2/last-field"),
        pytest.param('"arn:<x>:<x>:<x>:<x>:<x>"', "b", id="T2/every-field"),
        pytest.param('"arn:aws:s3:::⟨IAM112 lenient⟩<x>"', "b\u2019", id="G1/forbidden-character"),
        pytest.param('"arn:aws:s3:::a/<x_arn>"', "arn:aws:s3:::b/c", id="T2/arn-in-the-last-field"),
        pytest.param('"<x_arn>"', "arn:aws:s3:::b", id="T2/whole-arn"),
        pytest.param('"<x_arn>/*"', "arn:aws:s3:::b", id="T2/beginning-of-an-arn"),
        pytest.param('"⟨IAM405⟩<x_arn>:b"', "arn:aws:s3::", id="T2/beginning-of-five-fields"),
        pytest.param('"⟨IAM405⟩<x_arn>/*"', "b", id="T2/beginning-that-is-no-arn"),
        pytest.param('"⟨IAM405⟩<x_arn>*"', "arn:aws:s3:::", id="T2/arn-without-resource"),
        pytest.param('"⟨IAM405⟩<x_arn>/b"', "arn:aws:s3:::*", id="T2/beginning-with-a-star"),
        pytest.param('"arn:aws:⟨IAM405⟩<x_arn>"', "s3:::b", id="T2/arn-across-fields"),
        pytest.param('"arn:aws:s3::⟨IAM405⟩<x_arn>:b"', "1:2", id="T2/colon-before-the-last-field"),
        pytest.param('⟨IAM205 lenient⟩"<x>"', "b", id="G17/filled-to-no-arn"),
        pytest.param('"<x>:aws:s3:::b"', "arn", id="G17/filled-to-an-arn"),
    ],
)
def test_where_a_value_fits(marked: str, value: str, judge: Judge) -> None:
    judged = judge(policy(marked), x=value, x_arn=value)
    assert judged.found == judged.wanted


@pytest.mark.parametrize(
    ("operator", "marked", "value"),
    [
        pytest.param("StringEquals", '"<x_arn>"', "arn:aws:s3:::b", id="T2/arn-as-a-text"),
        pytest.param("StringEquals", '"${k:a/<x>}"', "b", id="T2/name-of-a-variable"),
        pytest.param("StringEquals", '"${<x>}"', "b", id="T2/all-of-a-name"),
        pytest.param("StringEquals", '"${a/⟨IAM405⟩<x>}"', "b}", id="T2/brace-in-a-name"),
        pytest.param("StringEquals", '"${a/⟨IAM405⟩<x>}"', "b,", id="T2/comma-in-a-name"),
        pytest.param("StringEquals", "\"${k:a, '<x>'}\"", "it's}", id="T2/default-of-a-variable"),
        pytest.param("NumericEquals", '"<x>"', "10", id="T2/number"),
        pytest.param("NumericEquals", '"⟨IAM405⟩<x>"', "ten", id="T2/no-number"),
        pytest.param("NumericEquals", '⟨IAM311 lenient⟩"1<x>"', "ten", id="L6/part-of-no-number"),
        pytest.param("NumericEquals", '["⟨IAM405⟩<x>", "<x>"]', "ten", id="T2/reported-once"),
        pytest.param("DateLessThan", '"<x>"', "2030-01-01T00:00:00Z", id="T2/date"),
        pytest.param("DateLessThan", '"⟨IAM405⟩<x>"', "tomorrow", id="T2/no-date"),
        pytest.param("Bool", '"<x>"', "true", id="T2/boolean"),
        pytest.param("Bool", '"⟨IAM405⟩<x>"', "yes", id="T2/no-boolean"),
        pytest.param("Null", '"⟨IAM405⟩<x>"', "1", id="T2/no-boolean-for-null"),
        pytest.param("BinaryEquals", '"<x>"', "a/8=", id="T2/bytes"),
        pytest.param("BinaryEquals", '"⟨IAM405⟩<x>"', "a", id="T2/no-bytes"),
        pytest.param("BinaryEquals", '"⟨IAM405⟩<x>"', "", id="T2/no-bytes-at-all"),
        pytest.param("IpAddress", '"<x>"', "203.0.113.0/24", id="T2/range"),
        pytest.param("IpAddress", '"<x>"', "2001:db8::/32", id="T2/range-of-the-newer-addresses"),
        pytest.param("IpAddress", '"⟨IAM405⟩<x>"', "203.0.113.0/33", id="T2/no-range"),
        pytest.param("IpAddress", '"⟨IAM405⟩<x>"', "*", id="T2/star-for-a-range"),
        pytest.param("IpAddress", '"⟨IAM405⟩<x>/24"', "2001:db8::", id="T2/colon-in-a-part-of-a-range"),
        pytest.param("StringEquals", '"⟨IAM405⟩<x>"', "203.0.113.0/24", id="T2/range-as-a-text"),
        pytest.param("IpAddress", '["<x>", "⟨IAM405⟩<x>/8"]', "10.0.0.0/8", id="T2/range-and-a-part"),
        pytest.param("NumericEquals", '"⟨IAM405⟩<x>"', "1*", id="T2/star-in-a-number"),
        pytest.param("IpAddress", '"10.0.0.0/<x>"', "8", id="T2/part-of-a-range"),
        pytest.param("ArnEquals", '"<x_arn>"', "arn:aws:s3:::b", id="T2/arn"),
        pytest.param("ArnEquals", '"⟨IAM405⟩<x_arn>"', "arn:aws:s3", id="T2/short-arn"),
    ],
)
def test_where_a_value_fits_into_a_condition(operator: str, marked: str, value: str, judge: Judge) -> None:
    judged = judge(condition(operator, marked), x=value, x_arn=value)
    assert judged.found == judged.wanted


def test_a_refused_value_is_reported_once(judge: Judge) -> None:
    judged = judge(policy('["arn:aws:s3:::⟨IAM405⟩<x>", "arn:aws:s3:::<x>/<x>"]'), x="*")
    assert judged.found == judged.wanted


def text(value: str) -> Pattern:
    return (Text(text=value),)


def arn(written: str, *fields: Pattern) -> ArnPattern:
    return ArnPattern(text=written, fields=(text("arn"), text("aws"), text("s3"), *fields))


@pytest.mark.parametrize(
    ("written", "parameters", "want"),
    [
        pytest.param("arn:aws:s3:::<b>", {"b": "x"}, arn("arn:aws:s3:::x", (), (), text("x")), id="T2/filled"),
        pytest.param("arn:aws:s3:::a<b>c", {"b": "x"}, arn("arn:aws:s3:::axc", (), (), text("axc")), id="T2/merged-with-text"),
        pytest.param("arn:aws:s3:::<b>/*", {"b": "x"}, arn("arn:aws:s3:::x/*", (), (), (Text(text="x/"), AnyRun())), id="T2/before-a-star"),
        pytest.param("arn:aws:s3:::<b><c>", {"b": "x", "c": "y"}, arn("arn:aws:s3:::xy", (), (), text("xy")), id="T2/two"),
        pytest.param("arn:aws:s3::<b>:c", {"b": "1"}, arn("arn:aws:s3::1:c", (), text("1"), text("c")), id="T2/account"),
        pytest.param("<b_arn>:c", {"b_arn": "arn:aws:s3::1:x:y"}, arn("arn:aws:s3::1:x:y:c", (), text("1"), text("x:y:c")), id="T2/arn"),
        pytest.param(
            "arn:aws:s3:::${k/<b>, '<c>'}",
            {"b": "x", "c": "}'"},
            arn("arn:aws:s3:::${k/x, '}''}", (), (), (Variable(key="k/x", default="}'"),)),
            id="T2/inside-a-variable",
        ),
        pytest.param("arn:aws:s3:::<b>", {}, arn("arn:aws:s3:::<b>", (), (), text("<b>")), id="L7/unfilled-is-text"),
        pytest.param("<b_arn>/*", {}, Unmatchable(text="<b_arn>/*"), id="L7/unfilled-arn-is-no-resource"),
    ],
)
def test_resource(written: str, parameters: Mapping[str, str], want: ResourceEntry, read: Read) -> None:
    (statement,) = read(policy(f'"{written}"'), lenient=True, **parameters).statements
    assert statement.resources.entries == (want,)


@pytest.mark.parametrize(
    ("operator", "want"),
    [
        pytest.param("StringEquals", TextValue(text="a>b", segments=text("a>b")), id="T2/text"),
        pytest.param("ArnEquals", ArnValue(text="a>b", fields=(text("a>b"),)), id="T2/arn"),
    ],
)
def test_condition_value(operator: str, want: ConditionValue, read: Read) -> None:
    (statement,) = read(condition(operator, '"<x>"'), lenient=True, x="a>b").statements
    assert statement.conditions[0].values == (want,)


def test_a_typed_value_is_filled(read: Read) -> None:
    (statement,) = read(condition("IpAddress", '"<my-corporate-cidr>"'), **{"my-corporate-cidr": "203.0.113.0/24"}).statements
    assert statement.conditions[0].values == (LiteralValue(text="203.0.113.0/24"),)


def test_a_placeholder_of_typed_values_only_is_told() -> None:
    source = Source("p.json", condition("IpAddress", '"<my-cidr>"'))
    assert read_policy(parse_json(source), source, parameters={"my-cidr": "10.0.0.0/8"}).placeholders == {"my-cidr"}


def test_the_placeholders_of_a_policy_are_told() -> None:
    source = Source("p.json", policy('["arn:aws:s3:::<a>/<b>", "arn:aws:s3:::<b>"]'))
    assert read_policy(parse_json(source), source, parameters={"a": "x", "c": "y"}).placeholders == {"a", "b"}


def test_the_hint_tells_how_to_bind_it(hints: Callable[[str], list[str]]) -> None:
    assert hints(policy('"arn:aws:s3:::<bucket>"')) == ["give it one: `--param bucket=VALUE`"]
