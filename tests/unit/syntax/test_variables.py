"""Policy variables (V1 to V8) as they are written in resources and condition values."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.condition import ArnValue, LiteralValue, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Text, Variable
from iam2rego.ir.policy import Document

Judge = Callable[..., Any]
Read = Callable[..., Document]


def policy(resource: str, version: str = "2012-10-17") -> str:
    return f'{{"Version": "{version}", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "{resource}"}}}}'


def condition(operator: str, value: str, version: str = "2012-10-17") -> str:
    block = f'"Condition": {{"{operator}": {{"k:v": {value}}}}}'
    return f'{{"Version": "{version}", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*", {block}}}}}'


def variable(body: str) -> str:
    return policy(f"arn:aws:s3:::b/{body}")


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(policy("arn:aws:s3:::${aws:username}", "2008-10-17"), id="V1/2008"),
        pytest.param(policy("arn:aws:s3:::${", "2008-10-17"), id="V1/unclosed-under-2008"),
        pytest.param(condition("StringEquals", '"${*}"', "2008-10-17"), id="V1/escape-under-2008"),
        pytest.param('{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::${k:v}"}}', id="V1/absent"),
        pytest.param(condition("NumericEquals", '⟨IAM311 lenient⟩"${k:w}"', "2008-10-17"), id="V1/typed-under-2008"),
        pytest.param(condition("StringEquals", '"${k:w}"'), id="V2/string"),
        pytest.param(condition("StringNotEqualsIgnoreCase", '"${k:w}"'), id="V2/string-ignoring-case"),
        pytest.param(condition("StringLike", '"a*${k:w}"'), id="V2/like"),
        pytest.param(condition("ArnLike", '"arn:aws:s3:::${k:w}"'), id="V2/arn"),
        pytest.param(condition("NumericEquals", '⟨IAM402 lenient⟩"${k:w}"'), id="V2/numeric"),
        pytest.param(condition("DateLessThan", '⟨IAM402 lenient⟩"${k:w}"'), id="V2/date"),
        pytest.param(condition("Bool", '⟨IAM402 lenient⟩"${k:w}"'), id="V2/bool"),
        pytest.param(condition("BinaryEquals", '⟨IAM402 lenient⟩"${k:w}"'), id="V2/binary"),
        pytest.param(condition("IpAddress", '⟨IAM402 lenient⟩"${k:w}/24"'), id="V2/address"),
        pytest.param(condition("Null", '⟨IAM402 lenient⟩"${k:w}"'), id="V2/null"),
        pytest.param(condition("Bool", '⟨IAM402 lenient⟩"${"'), id="V2/unclosed-where-none-is-expanded"),
        pytest.param(
            '{"Version": "2012-10-17", "Statement": {"Sid": ⟨IAM108 lenient⟩"${x}", "Effect": "Deny", "Action": "*", "Resource": "*"}}',
            id="V2/sid",
        ),
        pytest.param(condition("StringEquals", '"a"').replace("k:v", "k:${a:b}"), id="V2/key"),
        pytest.param(variable("$aws"), id="V3/dollar"),
        pytest.param(variable("$"), id="V3/dollar-at-the-end"),
        pytest.param(variable("$$"), id="V3/two-dollars"),
        pytest.param(variable("}{"), id="V3/braces"),
        pytest.param(variable("${*a}${a?}${A.b/c'd}"), id="V3/odd-names"),
        pytest.param(variable("⟨IAM401⟩${}"), id="V3/empty"),
        pytest.param(variable("⟨IAM401⟩${"), id="V3/unclosed-at-once"),
        pytest.param(variable("⟨IAM401⟩${aws:username"), id="V3/unclosed"),
        pytest.param(variable("${a}⟨IAM401⟩${b"), id="V3/second-unclosed"),
        pytest.param(variable("⟨IAM401⟩${aws: username}"), id="V3/space"),
        pytest.param(variable("⟨IAM401⟩${ a}"), id="V3/space-before"),
        pytest.param(variable("⟨IAM401⟩${a }"), id="V3/space-after"),
        pytest.param(variable("⟨IAM401⟩${a\\tb}"), id="V3/tab"),
        pytest.param(variable("⟨IAM401⟩${a\\u00a0b}"), id="V3/no-break-space"),
        pytest.param(variable("⟨IAM401⟩${a${b}}"), id="V3/nested"),
        pytest.param(variable("⟨IAM401⟩${a$b}"), id="V3/dollar-in-the-name"),
        pytest.param(variable("⟨IAM401⟩${a{b}"), id="V3/brace-in-the-name"),
        pytest.param(variable("\\u0061\\\\⟨IAM401⟩${"), id="V3/escapes-before-it"),
        pytest.param(condition("StringLike", '["a", "b⟨IAM401⟩${}"]'), id="V3/second-value"),
        pytest.param(condition("ArnLike", '"arn:aws:s3:::⟨IAM401⟩${"'), id="V3/arn-value"),
        pytest.param(variable("${k:a, 'b'}"), id="V4/default"),
        pytest.param(variable("${k:a, ''}"), id="V4/empty-default"),
        pytest.param(variable("${k:a, 'it's, ${ {* ?'}"), id="V4/odd-default"),
        pytest.param(variable("⟨IAM401⟩${a,'b'}"), id="V4/no-space"),
        pytest.param(variable("⟨IAM401⟩${a,  'b'}"), id="V4/two-spaces"),
        pytest.param(variable("⟨IAM401⟩${a, b}"), id="V4/no-quotes"),
        pytest.param(variable('⟨IAM401⟩${a, \\"b\\"}'), id="V4/double-quotes"),
        pytest.param(variable("⟨IAM401⟩${a, 'b}"), id="V4/one-quote"),
        pytest.param(variable("⟨IAM401⟩${a, 'b' }"), id="V4/space-after-the-default"),
        pytest.param(variable("⟨IAM401⟩${a, 'b}c'}"), id="V4/first-brace-ends"),
        pytest.param(variable("⟨IAM401⟩${, 'b'}"), id="V4/no-name"),
        pytest.param(variable("${*, 'b'}"), id="V4/star-as-a-name"),
        pytest.param(variable("${*}${?}${$}"), id="V5/escapes"),
        pytest.param(variable("${$}{a b}"), id="V5/escaped-dollar-opens-nothing"),
        pytest.param(condition("StringEquals", '"a${*}b"'), id="V5/under-string-equals"),
    ],
)
def test_problems(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


def pattern(*parts: str | AnyRun | AnyOne | Variable) -> Pattern:
    return tuple(Text(text=part) if isinstance(part, str) else part for part in parts)


NAME = Variable(key="aws:username")

BODIES = [
    pytest.param("${aws:username}", pattern(NAME), id="V3/variable"),
    pytest.param("a${aws:username}b", pattern("a", NAME, "b"), id="V3/text-around-it"),
    pytest.param("${AWS:UserName}", pattern(Variable(key="AWS:UserName")), id="V3/as-written"),
    pytest.param("${a}${b}", pattern(Variable(key="a"), Variable(key="b")), id="V3/two"),
    pytest.param("$a$", pattern("$a$"), id="V3/dollars"),
    pytest.param("${a, 'x y'}", pattern(Variable(key="a", default="x y")), id="V4/default"),
    pytest.param("${a, ''}", pattern(Variable(key="a", default="")), id="V4/empty-default"),
    pytest.param("${a, '''}", pattern(Variable(key="a", default="'")), id="V4/quote"),
    pytest.param("${a, '*${?:'}", pattern(Variable(key="a", default="*${?:")), id="V4/default-is-literal"),
    pytest.param("${*}", pattern("*"), id="V5/star"),
    pytest.param("a${?}b${$}", pattern("a?b$"), id="V5/merged-with-text"),
    pytest.param("${$}{a}", pattern("${a}"), id="V5/dollar-opens-nothing"),
]


@pytest.mark.parametrize(("body", "want"), BODIES)
def test_meaning_in_a_resource(body: str, want: Pattern, read: Read) -> None:
    (statement,) = read(policy(f"arn:aws:s3:::{body}")).statements
    (entry,) = statement.resources.entries
    assert isinstance(entry, ArnPattern)
    assert entry.text == f"arn:aws:s3:::{body}"
    assert entry.fields[5] == want


@pytest.mark.parametrize(("body", "want"), BODIES)
@pytest.mark.parametrize("operator", ["StringEquals", "StringLike"])
def test_meaning_in_a_text(operator: str, body: str, want: Pattern, read: Read) -> None:
    (statement,) = read(condition(operator, f'"{body}"')).statements
    assert statement.conditions[0].values == (TextValue(text=body, segments=want),)


@pytest.mark.parametrize(("body", "want"), BODIES)
def test_meaning_in_an_arn_value(body: str, want: Pattern, read: Read) -> None:
    (statement,) = read(condition("ArnEquals", f'"arn:aws:s3:::{body}"')).statements
    (value,) = statement.conditions[0].values
    assert isinstance(value, ArnValue)
    assert value.fields[5] == want


def test_under_2008_a_variable_is_text(read: Read) -> None:
    (statement,) = read(policy("arn:aws:s3:::${a:b}*", "2008-10-17")).statements
    (entry,) = statement.resources.entries
    assert isinstance(entry, ArnPattern)
    assert entry.fields[5] == pattern("${a:b}", AnyRun())


def test_under_2008_the_colon_of_a_variable_splits(read: Read) -> None:
    (statement,) = read(policy("arn:aws:iam::${a:b}", "2008-10-17")).statements
    (entry,) = statement.resources.entries
    assert isinstance(entry, ArnPattern)
    assert entry.fields[4:] == (pattern("${a"), pattern("b}"))


def test_a_typed_value_keeps_it_as_text(read: Read) -> None:
    (statement,) = read(condition("Bool", '"${k:w}"'), lenient=True).statements
    assert statement.conditions[0].values == (LiteralValue(text="${k:w}"),)


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        pytest.param("${}", "`${}` has no variable name", id="V3/empty"),
        pytest.param("${a", "the variable `${a` is not closed", id="V3/unclosed"),
        pytest.param("${a b}", "the name of the variable `${a b}` contains white space, `$` or `{`", id="V3/space"),
        pytest.param("${a,'b'}", "the default in `${a,'b'}` is not written `, '...'`", id="V4/default"),
    ],
)
def test_message(marked: str, message: str, messages: Callable[[str], list[str]]) -> None:
    assert messages(variable(marked)) == [message]
