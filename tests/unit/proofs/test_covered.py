"""Whether statements together apply to all requests to which another one applies (E3)."""

from typing import Final

import pytest

from iam2rego.ir.policy import PolicyType
from iam2rego.proofs import globs
from iam2rego.proofs.covered import is_covered
from tests.unit.proofs.asking import Statement, allow, deny, identity, when

S3: Final = "arn:aws:s3:::"
OWN: Final = "${aws:PrincipalTag/team}"

CASES: Final[dict[str, tuple[Statement, tuple[Statement, ...], bool]]] = {
    "E3/itself": (allow(), (allow(),), True),
    "E3/what-never-applies": (allow(Condition={"StringEquals": {"k:a": "a"}, "StringNotEquals": {"k:a": "a"}}), (allow(),), False),
    "E3/nothing-covers": (allow(), (), False),
    "A2/two-halves-of-the-actions": (allow(Action=["s3:Get*", "s3:Put*"]), (deny(Action="s3:G*"), allow(Action="s3:P*")), True),
    "A2/one-half-of-the-actions": (allow(Action=["s3:Get*", "s3:Put*"]), (deny(Action="s3:G*"), allow(Action="s3:Put")), False),
    "A8/not-action": (allow(NotAction="s3:*"), (allow(NotAction=["s3:*", "iam:*"]), allow(Action="iam:*")), True),
    "A8/not-action-is-more": (allow(NotAction="s3:*"), (allow(NotAction=["s3:*", "iam:*"]),), False),
    "R6/two-folders": (allow(Resource=[f"{S3}a/*", f"{S3}b/*"]), (allow(Resource=f"{S3}a*"), allow(Resource=f"{S3}b*")), True),
    "R6/one-folder": (allow(Resource=[f"{S3}a/*", f"{S3}b/*"]), (allow(Resource=f"{S3}a*"), allow(Resource=f"{S3}c*")), False),
    "R10/a-resource-or-not": (allow(), (deny(Resource=f"{S3}a"), deny(NotResource=f"{S3}a")), True),
    "R10/an-allow-needs-the-value": (allow(), (allow(Resource=f"{S3}{OWN}"), allow(NotResource=f"{S3}{OWN}")), False),
    "C4/missing-or-there": (allow(), (when("Null", "k:a", "true"), when("Null", "k:a", "false")), True),
    "C6/a-list-is-neither-equal-nor-unequal": (allow(), (when("StringEquals", "k:a", "a"), when("StringNotEquals", "k:a", "a")), False),
    "C1/both-conditions-of-one-that-covers": (
        when("StringEquals", "k:a", "a"),
        (allow(Condition={"StringEquals": {"k:a": "a", "k:b": "b"}}),),
        False,
    ),
    "V1/the-callers-tag-or-another": (
        when("StringLike", "k:t", "?*"),
        (when("StringEquals", "k:t", OWN), when("StringNotEquals", "k:t", OWN)),
        True,
    ),
}


@pytest.mark.parametrize(("this", "others", "expected"), CASES.values(), ids=CASES)
def test_covered(this: Statement, others: tuple[Statement, ...], expected: bool) -> None:
    first, *rest = (policy.document.statements[0] for each in (this, *others) for policy in identity(each).policies)
    assert is_covered(first, rest, PolicyType.IDENTITY) is expected


def test_a_limit_covers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(globs, "_MOST_STATES", 1_000)
    this = allow(Resource=f"{S3}*a{'?' * 12}")
    others = deny(Resource=f"{S3}*b{'?' * 12}c*"), allow(Resource=[f"{S3}?{'?' * 40}*", f"{S3}*a{'?' * 11}"])
    first, *rest = (policy.document.statements[0] for each in (this, *others) for policy in identity(each).policies)
    assert not is_covered(first, rest, PolicyType.IDENTITY)
