"""Whether the requests for some actions and resources are among those for others, by the rules of actions and resources."""

from typing import Any, Final

import pytest

from iam2rego.proofs import globs
from tests.unit.proofs.asking import MAYBE, NO, YES, Statement, allow, deny, identity, verdict

S3: Final = "arn:aws:s3:::"


def acting(*actions: str) -> Statement:
    return allow(Action=list(actions))


def on(*resources: str) -> Statement:
    return allow(Resource=list(resources))


ACTIONS: Final[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...], str]]] = {
    "A1/an-action-has-a-name": ((acting("s3:*"),), (acting("s3:?*"),), YES),
    "A2/star-is-every-action": ((allow(),), (acting("*:*"),), YES),
    "A3/a-wildcard-covers": ((acting("s3:Get?bject"),), (acting("s3:Get*"),), YES),
    "A3/a-wider-wildcard": ((acting("s3:Get*"),), (acting("s3:GetObject*"),), NO),
    "A3/a-question-mark-is-any-character": ((acting("s3:Get?bject"),), (acting("s3:GetObject"),), NO),
    "A4/case": ((acting("S3:getobject"),), (acting("s3:GetObject"),), YES),
    "A5/every-service": ((acting("*:Get*"),), (acting("s3:Get*"),), NO),
    "A6/an-empty-name-matches-nothing": ((acting("s3:"),), (acting("ec2:Never"),), YES),
    "A6/white-space-matches-nothing": ((acting("s3:Get Object"),), (acting("ec2:Never"),), YES),
    "A7/a-comma-matches-nothing": ((acting("s3:GetObject,PutObject"),), (acting("ec2:Never"),), YES),
    "A8/not-action": ((allow(NotAction=["iam:*", "sts:*"]),), (allow(NotAction="iam:*"),), YES),
    "A8/not-action-is-more": ((allow(NotAction="iam:*"),), (allow(NotAction=["iam:*", "sts:*"]),), NO),
    "A8/the-rest": ((allow(),), (acting("iam:*"), allow(NotAction="iam:*")), YES),
    "A8/not-action-on-another-resource": (
        (allow(NotAction="iam:*", Resource=f"{S3}a"),),
        (allow(NotAction="iam:*", Resource=f"{S3}b"),),
        NO,
    ),
    "A9/actions-that-do-not-exist-count": ((acting("s3:GetNothing"),), (acting("s3:GetObject"),), NO),
    "E14/only-trust-policies-allow-roles": ((acting("sts:AssumeRole*", "sts:TagSession"),), (acting("s3:GetObject"),), YES),
    "E14/other-actions-of-sts": ((acting("sts:*"),), (acting("s3:GetObject"),), NO),
    "E16/no-policy-controls-it": ((acting("sts:GetCallerIdentity"),), (acting("s3:GetObject"),), YES),
    "E16/sessions-need-a-policy": ((acting("sts:GetSessionToken"),), (acting("s3:GetObject"),), NO),
    "E1/a-deny-of-all-that-is-new": ((acting("s3:*"), {**acting("s3:Put*"), "Effect": "Deny"}), (allow(NotAction="s3:Put*"),), YES),
    "E3/an-order-of-statements": ((acting("s3:Get*"), acting("s3:Put*")), (acting("s3:Put*"), acting("s3:Get*")), YES),
}


@pytest.mark.parametrize(("new", "old", "expected"), ACTIONS.values(), ids=ACTIONS)
def test_actions(new: tuple[Statement, ...], old: tuple[Statement, ...], expected: str) -> None:
    assert verdict(identity(*new), identity(*old)) == expected


RESOURCES: Final[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...], str]]] = {
    "R2/star-is-more-than-every-arn": ((allow(),), (on("arn:*"),), NO),
    "R4/star-matches-an-empty-field": ((on(f"{S3}b"),), (on("arn:aws:s3:*:*:b"),), YES),
    "R4/an-empty-field-is-empty": ((on("arn:aws:s3:*:*:b"),), (on(f"{S3}b"),), NO),
    "R5/a-short-arn-goes-on": ((on(f"{S3}b"),), (on("arn:aws:s3"),), YES),
    "R6/a-folder": ((on(f"{S3}b/c/*"),), (on(f"{S3}b/*"),), YES),
    "R6/a-longer-name": ((on(f"{S3}b*"),), (on(f"{S3}b", f"{S3}b/*"),), NO),
    "R6/one-character": ((on(f"{S3}b?"),), (on(f"{S3}b*"),), YES),
    "R6/one-character-may-be-a-slash": ((on(f"{S3}b/c"),), (on(f"{S3}b?c"),), YES),
    "R7/an-inner-star-stays-in-its-field": ((on("arn:aws:s*3:::b"),), (allow(NotResource="arn:aws:*:?*:*:*"),), YES),
    "R7/a-star-at-the-end-of-a-field-does-not": ((on("arn:aws:s*:b"),), (on("arn:aws:s*3:*:b"),), NO),
    "R7/one-character-is-no-colon": ((on("arn:aws:s?:::b"),), (on("arn:aws:sa:::b", "arn:aws:s3:::b"),), NO),
    "R7/a-star-at-the-end-of-a-field-crosses-colons": ((on("arn:aws:sns:r:1:x:1:y"),), (on("arn:aws:sns:*:1:y"),), YES),
    "R7/one-character-is-never-a-colon": ((on("arn:aws:s?:::b"),), (allow(NotResource="arn:aws:s:::*"),), YES),
    "R8/case-counts": ((on(f"{S3}B"),), (on(f"{S3}b"),), NO),
    "R10/not-resource": ((allow(NotResource=[f"{S3}a*", f"{S3}b*"]),), (allow(NotResource=f"{S3}a*"),), YES),
    "R10/not-resource-is-more": ((allow(NotResource=f"{S3}a"),), (allow(NotResource=f"{S3}a*"),), NO),
    "R10/the-rest": ((allow(),), (on(f"{S3}a*"), allow(NotResource=f"{S3}a*")), YES),
    "R11/not-resource-reaches-star": ((allow(NotResource=f"{S3}a"),), (on("arn:*"),), NO),
    "E1/a-denied-folder": ((on(f"{S3}b/*"), deny(Resource=f"{S3}b/c/*")), (on(f"{S3}b/*"),), YES),
    "E1/no-longer-denied": ((on(f"{S3}b/*"),), (on(f"{S3}b/*"), deny(Resource=f"{S3}b/c/*")), NO),
    "E1/all-that-is-allowed-is-denied": ((on(f"{S3}b/c*"), deny(Resource=f"{S3}b/*")), (acting("t:Never"),), YES),
    "E9/nobody-is-of-an-empty-partition": ((on("arn::s3:::b"),), (acting("t:Never"),), YES),
}


@pytest.mark.parametrize(("new", "old", "expected"), RESOURCES.values(), ids=RESOURCES)
def test_resources(new: tuple[Statement, ...], old: tuple[Statement, ...], expected: str) -> None:
    assert verdict(identity(*new), identity(*old)) == expected


def equals(key: str, value: str) -> dict[str, Any]:
    return {"StringEquals": {key: value}}


VARIABLES: Final[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...], str]]] = {
    "V1/the-same": ((on(f"{S3}${{k:u}}"),), (on(f"{S3}${{K:U}}"),), YES),
    "V4/a-default": ((on(f"{S3}b-${{k:u, 'all'}}"),), (on(f"{S3}b-${{k:u}}"),), NO),
    "V4/a-default-beside": ((on(f"{S3}b-${{k:u, 'all'}}"),), (on(f"{S3}b-*"),), YES),
    "V4/an-empty-default": ((on(f"{S3}b${{k:u, ''}}"),), (on(f"{S3}b?*"),), NO),
    "V5/a-literal-star": ((on(f"{S3}b/${{*}}"),), (on(f"{S3}b/?"),), YES),
    "V5/a-star-is-more": ((on(f"{S3}b/*"),), (on(f"{S3}b/${{*}}"),), NO),
    "V6/a-value-is-literal": ((on(f"{S3}b/${{k:u}}/*"),), (on(f"{S3}b/*/*"),), YES),
    "V6/a-star-is-more-than-a-value": ((on(f"{S3}b/*/*"),), (on(f"{S3}b/${{k:u}}/*"),), NO),
    "V6/the-same-value-in-a-folder": ((on(f"{S3}b/${{k:u}}/*"),), (on(f"{S3}b/${{k:u}}*"),), YES),
    "V6/the-same-value-and-more": ((on(f"{S3}b/${{k:u}}*"),), (on(f"{S3}b/${{k:u}}/*"),), NO),
    "V6/another-value": ((on(f"{S3}b/${{k:u}}/*"),), (on(f"{S3}b/${{k:v}}/*"),), NO),
    "V6/one-character-is-not-every-value": ((on(f"{S3}b/${{k:u}}"),), (on(f"{S3}b/?"),), NO),
    "V6/a-value-twice": ((on(f"{S3}${{k:u}}/${{k:u}}"),), (on(f"{S3}${{k:u}}/*"),), YES),
    "V6/two-values-may-be-the-same": ((on(f"{S3}${{k:u}}/${{k:v}}"),), (on(f"{S3}${{k:u}}/${{k:u}}"),), NO),
    "V4/another-default": ((on(f"{S3}${{k:u, 'a'}}/*"),), (on(f"{S3}${{k:u, 'b'}}*"),), NO),
    "V9/a-value-in-two-fields": ((on("arn:aws:sns:r:${k:u}:${k:u}x"),), (on("arn:aws:sns:r:${k:u}:*x"),), YES),
    "V9/a-colon-in-a-value": ((on("arn:aws:sns:r:1:${k:u}"),), (on("arn:aws:s*s:r:1:${k:u}"),), YES),
    "E1/a-denied-folder-of-the-same-value": (
        (on(f"{S3}b/${{k:u}}/*"), deny(Resource=f"{S3}b/${{k:u}}/secret/*")),
        (allow(Resource=f"{S3}b/*", NotAction="t:Never"),),
        NO,
    ),
    "E1/all-that-is-denied-of-a-value": ((on(f"{S3}b/${{k:u}}/x"), deny(Resource=f"{S3}b/${{k:u}}/*")), (acting("t:Never"),), YES),
    "V7/without-a-value-nothing-matches": (
        (allow(Resource=f"{S3}${{k:u}}", Condition={"Null": {"k:u": "true"}}),),
        (acting("t:Never"),),
        YES,
    ),
    "V7/an-unresolved-deny": ((on(f"{S3}b*"), deny(Resource=f"{S3}b${{k:u}}")), (on(f"{S3}b"),), NO),
    "V7/a-value-that-equals-nothing": (
        (allow(Condition={"StringNotEquals": {"k:a": "${k:u}"}, "Null": {"k:u": "true"}}),),
        (allow(Condition={"Null": {"k:u": "true"}}),),
        YES,
    ),
    "V1/a-value-that-is-not-that-of-another-key": (
        (allow(Condition={"StringNotEquals": {"k:a": "${k:u}"}, "StringEquals": {"k:a": "x"}}),),
        (acting("t:Never"),),
        NO,
    ),
    "V8/a-list-is-no-value": (
        (allow(Resource=f"{S3}${{k:l}}", Condition={"ForAllValues:StringEquals": {"k:l": ["a", "b"]}}),),
        (on(f"{S3}a"),),
        NO,
    ),
    "V9/no-colon-in-a-field": ((on("arn:aws:iam::${k:u}:x"),), (on("arn:aws:iam::*:x"),), YES),
    "V10/a-bound-variable": (
        (allow(Resource=f"{S3}${{k:u}}/*", Condition=equals("k:u", "a")),),
        (on(f"{S3}${{k:u}}/*"), on(f"{S3}b/*")),
        YES,
    ),
    "R10/an-unresolved-not-resource-gives-nothing": (
        (allow(NotResource=f"{S3}${{k:u}}", Condition={"Null": {"k:u": "true"}}),),
        (acting("t:Never"),),
        YES,
    ),
    "R10/an-unresolved-not-resource-denies-all": (
        (allow(), deny(NotResource=f"{S3}${{k:u}}")),
        (allow(Condition={"Null": {"k:u": "false"}}),),
        YES,
    ),
}


@pytest.mark.parametrize(("new", "old", "expected"), VARIABLES.values(), ids=VARIABLES)
def test_variables(new: tuple[Statement, ...], old: tuple[Statement, ...], expected: str) -> None:
    assert verdict(identity(*new), identity(*old)) == expected


def test_variables_of_2008_are_text() -> None:
    same = identity(on(f"{S3}${{k:u}}"), version="2008-10-17")
    assert verdict(same, identity(on(f"{S3}${{$}}{{k:u}}"))) == YES


def test_patterns_that_blow_up_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(globs, "_MOST_STATES", 1_000)
    new = identity(on(f"{S3}*a{'?' * 12}"), deny(Resource=f"{S3}*b{'?' * 12}c*"))
    assert verdict(new, identity(on(f"{S3}?" + "?" * 40 + "*", f"{S3}*a{'?' * 11}"))) == MAYBE
