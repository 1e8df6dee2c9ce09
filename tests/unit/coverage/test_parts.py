"""Parts of statements: the pair of requests that shows each, and why some have none."""

import json
from typing import Any, Final

import pytest

from iam2rego.coverage.cover import Subject, cover
from iam2rego.coverage.model import PartCoverage, PartKind, Reason
from iam2rego.ir.policy import Policy, PolicyType, identity_policies
from iam2rego.questions import base
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

COUNT: Final = 300


def covered(*statements: dict[str, Any]) -> dict[tuple[str, str], PartCoverage]:
    """Cover the first statement beside the others; the parts by kind and text, the last of equal ones."""
    filled = [{"Effect": "Allow", **({} if "NotAction" in each else {"Action": "s3:Get*"}), **each} for each in statements]
    filled = [each if "NotResource" in each else {"Resource": "*", **each} for each in filled]
    source = Source("p.json", json.dumps({"Version": "2012-10-17", "Statement": filled}))
    document = read_policy(parse_json(source), source).document
    assert document is not None
    policy = Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=document)
    subject = Subject(identity_policies((policy,)), policy, PolicyType.IDENTITY, 0)
    parts = cover(subject, base(document.statements[0]), seed=1, count=COUNT)
    return {(each.part.kind.value, each.part.text): each for each in parts}


def when(operator: str, *values: str, key: str = "k:a") -> dict[str, Any]:
    return {"Condition": {operator: {key: list(values)}}}


def both(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"Condition": {name: keys for each in conditions for name, keys in each["Condition"].items()}}


OTHER: Final = {"Action": "sqs:*"}


def test_parts_are_named_in_the_order_of_the_text() -> None:
    found = covered({"Action": ["s3:Get*", "s3:Put*"], "Resource": "arn:aws:s3:::b", **when("ForAnyValue:StringLikeIfExists", "x*", "y")})
    assert list(found) == [
        ("action", "s3:Get*"),
        ("action", "s3:Put*"),
        ("resource", "arn:aws:s3:::b"),
        ("qualifier", "ForAnyValue"),
        ("operator", "StringLike"),
        ("qualifier", "IfExists"),
        ("key", "k:a"),
        ("value", "x*"),
        ("value", "y"),
    ]


def test_a_part_has_its_place() -> None:
    part = covered({"Action": "s3:Put*"})[("action", "s3:Put*")].part
    assert part.kind is PartKind.ACTION
    assert part.span is not None
    assert part.span.line == 1


def shown(part: PartCoverage) -> tuple[Any, Any]:
    """Return the two requests of a pair."""
    assert part.pair is not None
    return part.pair.applies, part.pair.misses


@pytest.mark.parametrize(
    ("statement", "action", "applies", "misses"),
    [
        pytest.param({"Action": ["s3:Get*", "s3:GetB?"]}, "s3:Get*", "s3:Getx1", "unlike:Unlike", id="not-met-by-the-entry-beside-it"),
        pytest.param({"Action": ["s3:*B", "s3:Get*"]}, "s3:*B", "s3:x1B", "unlike:Unlike", id="entries-that-overlap"),
        pytest.param({"NotAction": ["s3:Get*", "sqs:*"]}, "s3:Get*", "unlike:Unlike", "s3:Getx1", id="A8/not-action"),
    ],
)
def test_a_pair_of_an_action(statement: dict[str, Any], action: str, applies: str, misses: str) -> None:
    one, other = shown(covered(statement)[("action", action)])
    assert (one["action"], other["action"]) == (applies, misses)
    assert {**one, "action": ""} == {**other, "action": ""}


@pytest.mark.parametrize(
    ("statement", "resource", "met"),
    [
        pytest.param({"Resource": ["arn:aws:s3:::b", "arn:aws:s3:::c*"]}, "arn:aws:s3:::c*", "arn:aws:s3:::cx1", id="one-of-two"),
        pytest.param({"Resource": "arn:aws-cn:s3:::b"}, "arn:aws-cn:s3:::b", "arn:aws-cn:s3:::b", id="E9/asked-from-its-partition"),
        pytest.param(
            {"Resource": "arn:aws:s3:::b/${aws:username}"}, "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/probe", id="V6/variable"
        ),
    ],
)
def test_a_pair_of_a_resource(statement: dict[str, Any], resource: str, met: str) -> None:
    one, other = shown(covered(statement)[("resource", resource)])
    assert one["resource"] == met
    assert {**one, "resource": ""} == {**other, "resource": ""}


@pytest.mark.parametrize(
    ("condition", "kind", "text", "applies", "misses"),
    [
        pytest.param(when("StringEquals", "v"), "key", "k:a", ["v"], [], id="C4/key-of-a-positive-operator"),
        pytest.param(when("StringNotEquals", "v"), "key", "k:a", [], ["v"], id="C4/key-of-a-negated-operator"),
        pytest.param(when("Null", "true"), "key", "k:a", [], ["present"], id="C11/key-of-null"),
        pytest.param(when("StringEquals", "v"), "operator", "StringEquals", ["v"], ["x"], id="C12/operator"),
        pytest.param(when("NumericLessThan", "10"), "operator", "NumericLessThan", ["9.9999999999"], ["10"], id="C17/just-below"),
        pytest.param(when("NumericLessThanEquals", "10"), "operator", "NumericLessThanEquals", ["10"], ["10.0000000001"], id="C17/equal"),
        pytest.param(
            when("DateGreaterThan", "2020-01-01T00:00:00Z"),
            "operator",
            "DateGreaterThan",
            ["2020-01-01T00:00:01Z"],
            ["2020-01-01T00:00:00Z"],
            id="C18/a-second-later",
        ),
        pytest.param(when("StringEquals", "v", "w"), "value", "w", ["w"], ["unlike"], id="C3/one-value-of-two"),
        pytest.param(when("StringNotEquals", "v", "w"), "value", "w", ["unlike"], ["w"], id="C3/one-value-of-two-negated"),
        pytest.param(when("StringEqualsIfExists", "v"), "qualifier", "IfExists", [], ["unlike"], id="C4/if-exists"),
        pytest.param(when("ForAnyValue:StringEquals", "v"), "qualifier", "ForAnyValue", [["v", "unlike"]], [], id="C9/any"),
        pytest.param(when("ForAllValues:StringEquals", "v"), "qualifier", "ForAllValues", [["v"]], [["v", "unlike"]], id="C8/all"),
    ],
)
def test_a_pair_of_a_condition(condition: dict[str, Any], kind: str, text: str, applies: list[Any], misses: list[Any]) -> None:
    one, other = shown(covered(condition)[(kind, text)])
    assert (list(one["context"].values()), list(other["context"].values())) == (applies, misses)
    assert {**one, "context": ""} == {**other, "context": ""}


@pytest.mark.parametrize(
    ("statements", "kind", "text", "reason", "by"),
    [
        pytest.param([{"Resource": "*"}], "resource", "*", Reason.NO_VALUE, ("every request matches it",), id="R2/any-resource"),
        pytest.param([{"Action": "*"}], "action", "*", Reason.NO_VALUE, ("every request matches it",), id="A3/any-action"),
        pytest.param(
            [when("ForAllValues:StringLike", "*")], "value", "*", Reason.NO_VALUE, ("every request matches it",), id="C8/any-value-or-none"
        ),
        pytest.param(
            [{"Action": ["s3:GetObject", "s3:Get*"]}], "action", "s3:GetObject", Reason.EQUIVALENT, ("`s3:Get*`",), id="A3/covered-action"
        ),
        pytest.param(
            [{"NotAction": ["s3:GetObject", "s3:Get*"]}],
            "action",
            "s3:GetObject",
            Reason.EQUIVALENT,
            ("`s3:Get*`",),
            id="A8/covered-action",
        ),
        pytest.param(
            [{"Resource": ["arn:aws:s3:::b/c", "arn:aws:s3:::b/*"]}],
            "resource",
            "arn:aws:s3:::b/c",
            Reason.EQUIVALENT,
            ("`arn:aws:s3:::b/*`",),
            id="R6/covered-resource",
        ),
        pytest.param([when("StringLike", "v*", "vw")], "value", "vw", Reason.EQUIVALENT, ("`v*`",), id="C13/covered-value"),
        pytest.param(
            [when("StringNotEqualsIfExists", "v")],
            "qualifier",
            "IfExists",
            Reason.EQUIVALENT,
            ("`StringNotEquals` of `k:a`",),
            id="C4/negated-operator-with-if-exists",
        ),
        pytest.param(
            [both(when("Null", "false"), when("StringLike", "v*"))],
            "operator",
            "Null",
            Reason.EQUIVALENT,
            ("`StringLike` of `k:a`",),
            id="C11/null-beside-an-operator-that-needs-the-key",
        ),
        pytest.param(
            [both(when("StringEquals", "v"), when("StringNotEquals", "v"))],
            "action",
            "s3:Get*",
            Reason.CONTRADICTORY,
            ("`StringEquals` of `k:a`", "`StringNotEquals` of `k:a`"),
            id="C1/never-true-together",
        ),
        pytest.param(
            [both(when("StringLike", "v*", "wa"), when("StringNotLike", "w*"))],
            "value",
            "wa",
            Reason.CONTRADICTORY,
            ("`wa`", "`StringNotLike` of `k:a`"),
            id="C1/a-value-that-is-excluded",
        ),
        pytest.param(
            [{"Action": ["s3:Get*", "s3:Put*"]}, {"Effect": "Deny", "Action": "s3:Put*"}],
            "action",
            "s3:Put*",
            Reason.SHADOWED,
            ("Deny statement 1 of p",),
            id="E1/denied-action",
        ),
        pytest.param(
            [{"Resource": ["arn:aws:s3:::b", "arn:aws:s3:::c"]}, {"Effect": "Deny", "Resource": "arn:aws:s3:::c*"}],
            "resource",
            "arn:aws:s3:::c",
            Reason.SHADOWED,
            ("Deny statement 1 of p",),
            id="E1/denied-resource",
        ),
    ],
)
def test_why_there_is_no_pair(statements: list[dict[str, Any]], kind: str, text: str, reason: Reason, by: tuple[str, ...]) -> None:
    part = covered(*statements)[(kind, text)]
    assert part.pair is None
    assert part.infeasible is not None
    assert (part.infeasible.reason, part.infeasible.by, part.infeasible.searched) == (reason, by, COUNT)


@pytest.mark.parametrize(
    ("statements", "kind", "text"),
    [
        pytest.param(
            [{"Action": "s3:*"}, {"Effect": "Deny", "Action": "s3:*", **when("StringNotEquals", "v")}],
            "action",
            "s3:*",
            id="E1/denied-unless-a-key-is-so",
        ),
        pytest.param(
            [{"Action": ["s3:Get*", "s3:Put*"]}, {"Effect": "Deny", "Action": "s3:Put*", "Resource": "arn:aws:s3:::c*"}],
            "action",
            "s3:Put*",
            id="E1/denied-on-some-resources",
        ),
        pytest.param([both(when("NumericGreaterThan", "1"), when("NumericLessThan", "9"))], "operator", "NumericLessThan", id="C1/a-range"),
        pytest.param([when("StringEquals", "${aws:username}", key="aws:PrincipalTag/owner")], "key", "aws:PrincipalTag/owner", id="V6"),
        pytest.param([{"Effect": "Deny", "Action": "s3:Put*"}, {"Action": "*"}], "action", "s3:Put*", id="E1/of-a-deny"),
    ],
)
def test_a_pair_is_found_all_the_same(statements: list[dict[str, Any]], kind: str, text: str) -> None:
    shown(covered(*statements)[(kind, text)])


def test_the_same_seed_gives_the_same_pairs() -> None:
    statement = {"Action": ["s3:Get*", "s3:GetObject"], **when("StringLike", "v*", "w?")}
    assert covered(statement) == covered(statement)
