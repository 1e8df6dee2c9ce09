"""Statements that only several others cover together, and conditions of which only three exclude each other."""

import json
from typing import Any, Final

import pytest

from iam2rego.ir.policy import Kind
from tests.support.marked_policies import findings

B: Final = "arn:aws:s3:::b"
YES: Final = {"Bool": {"k:b": "true"}}
NO: Final = {"BoolIfExists": {"k:b": "false"}}
TEN: Final = {"NumericLessThan": {"k:n": "10"}}
TWENTY: Final = {"NumericLessThan": {"k:n": "20"}}
NET: Final = {"IpAddress": {"aws:SourceIp": "203.0.112.0/21"}}
PART: Final = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
OWNED: Final = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
OTHERS: Final = {"StringNotEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
LISTED: Final = {"Null": {"k:b": "false"}}


def statement(effect: str, action: object, resource: object = "*", **more: object) -> dict[str, object]:
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def allow(action: object = "s3:GetObject", resource: object = "*", when: object = None, **more: object) -> dict[str, object]:
    return statement("Allow", action, resource, **({} if when is None else {"Condition": when}), **more)


def deny(action: object = "s3:GetObject", resource: object = "*", when: object = None) -> dict[str, object]:
    return {**allow(action, resource, when), "Effect": "Deny"}


def messages(code: str, *statements: dict[str, object], kind: Kind = Kind.IDENTITY) -> list[str]:
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return [each.message for each in findings(text, kind, False, {}) if each.code == code]


MOOT: Final[dict[str, tuple[list[dict[str, object]], list[str]]]] = {
    "C17/a-lower-bound": (
        [allow(when=TWENTY), allow(when=TEN)],
        ["statement 1 can never change a decision: statement 0 already allows all of it"],
    ),
    "C17/a-higher-bound": (
        [allow(when=TEN), allow(when=TWENTY)],
        ["statement 0 can never change a decision: statement 1 already allows all of it"],
    ),
    "C21/a-part-of-a-network": (
        [deny(when=NET), deny(when=PART)],
        ["statement 1 can never change a decision: statement 0 already denies all of it"],
    ),
    "V1/what-is-and-what-is-not-the-callers": (
        [deny(when=OWNED), deny(when=OTHERS), deny(resource=f"{B}/*", when={"StringLike": {"aws:ResourceTag/team": "a*"}})],
        ["statement 2 can never change a decision: statement 0 and statement 1 already deny all of it"],
    ),
    "C11/what-is-true-is-there": (
        [allow(when=YES), allow(when=NO), allow(when=LISTED)],
        ["statement 0 can never change a decision: statement 2 already allows all of it"],
    ),
    "E3/the-others-are-about-fewer-actions": ([allow(when=TWENTY), allow(["s3:GetObject", "s3:PutObject"], when=TEN)], []),
}


@pytest.mark.parametrize(("statements", "expected"), MOOT.values(), ids=MOOT)
def test_moot_statements(statements: list[dict[str, object]], expected: list[str]) -> None:
    assert messages("IAM501", *statements) == expected


DENIED: Final[dict[str, tuple[list[dict[str, object]], list[str]]]] = {
    "E1/what-is-and-what-is-not-the-callers": (
        [allow(when={"Null": {"k:x": "true"}, "StringLike": {"aws:ResourceTag/team": "a"}}), deny(when=OWNED), deny(when=OTHERS)],
        ["this `Allow` allows nothing: statement 1 and statement 2 deny all of it"],
    ),
    "C21/a-network-around": ([allow(when=PART), deny(when=NET)], ["this `Allow` allows nothing: statement 1 denies all of it"]),
    "C21/a-part-of-the-network": ([allow(when=NET), deny(when=PART)], []),
    "R6/two-buckets": (
        [allow(resource=[f"{B}/*", f"{B}c/*"]), deny(resource=f"{B}/*"), deny("s3:Get*", f"{B}c*")],
        ["this `Allow` allows nothing: statement 1 and statement 2 deny all of it"],
    ),
    "A2/two-actions": (
        [allow(["s3:GetObject", "s3:PutObject"]), deny("s3:Get*"), deny("s3:Put*")],
        ["this `Allow` allows nothing: statement 1 and statement 2 deny all of it"],
    ),
    "R6/one-bucket-of-two": ([allow(resource=[f"{B}/*", f"{B}c/*"]), deny(resource=f"{B}/*")], []),
}


@pytest.mark.parametrize(("statements", "expected"), DENIED.values(), ids=DENIED)
def test_denied_allows(statements: list[dict[str, object]], expected: list[str]) -> None:
    assert messages("IAM506", *statements) == expected


def test_principals_that_differ_are_not_compared() -> None:
    other: Any = {"AWS": "arn:aws:iam::111122223333:user/ann"}
    statements = [allow(resource=f"{B}/*", when=TEN, Principal="*"), {**deny(resource=f"{B}/*", when=TWENTY), "Principal": other}]
    assert messages("IAM506", *statements, kind=Kind.BUCKET) == []


IMPOSSIBLE: Final[dict[str, tuple[object, list[str]]]] = {
    "C3/three": (
        {"StringLike": {"k:a": "a?"}, "StringNotLike": {"k:a": "a?c"}, "StringEquals": {"k:a": ["ab", "ac"]}},
        [],
    ),
    "C3/only-three-exclude-each-other": (
        {"StringEquals": {"k:a": ["a", "b"]}, "StringNotEquals": {"k:a": "a"}, "StringNotLike": {"k:a": "b*"}},
        ["`StringEquals`, `StringNotEquals` and `StringNotLike` of `k:a` are never all true, so this statement never applies"],
    ),
    "C3/two-of-three": (
        {"StringEquals": {"k:a": ["a"]}, "StringNotEquals": {"k:a": "a"}, "StringLike": {"k:a": "*"}},
        ["`StringEquals` and `StringNotEquals` of `k:a` are never both true, so this statement never applies"],
    ),
    "V1/a-tag-and-not-that-tag": (
        {**OWNED, **OTHERS},
        ["`StringEquals` and `StringNotEquals` of `aws:ResourceTag/team` are never both true, so this statement never applies"],
    ),
}


@pytest.mark.parametrize(("conditions", "expected"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_impossible_conditions(conditions: object, expected: list[str]) -> None:
    assert messages("IAM507", allow(when=conditions)) == expected
