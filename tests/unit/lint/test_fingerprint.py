"""Fingerprints of findings: equal for the same mistake in the same statement, however it is written."""

import pytest

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.lint.fingerprint import fingerprint
from iam2rego.source import Source, Span


def of(marked: str, code: str = "IAM502", file: str = "a.json", message: str = "m") -> str:
    """Return the fingerprint of a finding at the place between the two marks `«` and `»`."""
    before, mark, _ = marked.replace("»", "«").split("«")
    text = marked.replace("«", "").replace("»", "")
    return fingerprint(Diagnostic(code, message, Source(file, text), Span(*_at(before), *_at(before + mark))))


def _at(before: str) -> tuple[int, int]:
    lines = before.split("\n")
    return len(lines), len(lines[-1]) + 1


def policy(*statements: str) -> str:
    return '{"Statement": [' + ", ".join(statements) + "]}"


GET = '{"Effect": "Allow", "Action": ["s3:Get", «"s3:Put"»], "Resource": "*"}'
OTHER = '{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}'
LISTED = '{"Effect": "Deny", "Action": "iam:*", "Resource": ["*"]}'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(policy(GET), policy(GET.replace(" ", "\n\t")), id="space"),
        pytest.param(policy(GET), policy(OTHER, GET), id="another-statement"),
        pytest.param(policy(GET), '{"Statement": ' + GET + "}", id="no-list"),
        pytest.param(policy(GET), policy('{"Resource": ["*"], "Action": [«"s3:Put"», "s3:Get"], "Effect": "Allow"}'), id="order"),
        pytest.param(policy(GET), '{"a": [{"b": ' + policy(GET) + "}]}", id="a-policy-in-an-export"),
        pytest.param(policy(f"«{OTHER}»"), policy(f"«{LISTED}»"), id="a-whole-statement"),
        pytest.param(f"«{policy(OTHER)}»", f"«{policy(OTHER, OTHER)}»", id="a-whole-policy"),
        pytest.param(policy(OTHER.replace('"iam', '«"i»am')), policy(OTHER.replace('"iam', ' «"i»am')), id="part-of-a-string"),
        pytest.param('{«"A"»: 1, "B": 2}', '{ "B":2, «"A"» : 1}', id="outside-statements"),
        pytest.param('{"A":\n «x 1»', '{"A":  «x  1»', id="no-json"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert of(one) == of(other, file="b.json", message="other words")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(policy('{"Effect": "Allow", "Action": [«"s3:Get"», "s3:Put"], "Resource": "*"}'), id="mark"),
        pytest.param(policy(GET.replace("Allow", "Deny")), id="effect"),
        pytest.param(policy(GET.replace('"*"', '"arn:aws:s3:::b"')), id="resource"),
        pytest.param(policy(GET.replace('"*"', '"*", "Condition": {}')), id="condition"),
        pytest.param(policy(GET.replace('"Resource"', '"NotResource"')), id="member"),
        pytest.param(GET, id="no-statement"),
    ],
)
def test_different(other: str) -> None:
    assert of(policy(GET)) != of(other)


def test_the_code_is_part_of_it() -> None:
    assert of(policy(GET)) != of(policy(GET), code="IAM503")


def test_a_finding_without_a_place_counts_by_its_message() -> None:
    def unused(name: str, file: str) -> str:
        return fingerprint(Diagnostic(Code.UNUSED_PARAMETER, f"no policy has the placeholder `<{name}>`", Source(file, "")))

    assert unused("a", "--param") == unused("a", "other")
    assert unused("a", "--param") != unused("b", "--param")


@pytest.mark.parametrize(("one", "other"), [("1", '"1"'), ("1", "1.0"), ("true", '"true"'), ("null", '"null"'), ("{}", "[]")])
def test_values_of_different_types_differ(one: str, other: str) -> None:
    around = '{"Statement": {"Effect": «%s»}}'
    assert of(around % one) != of(around % other)


def test_it_is_stable() -> None:
    assert of(policy(GET)) == "ce133a329c24f0738f56da3a5457881c"
