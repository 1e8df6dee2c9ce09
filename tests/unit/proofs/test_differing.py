"""The actions about which two policy sets can decide differently."""

from typing import Final

import pytest

from iam2rego.proofs.differing import differing_actions
from tests.unit.proofs.asking import Statement, allow, deny, identity

S3: Final = "arn:aws:s3:::"
GET: Final = allow(Action=["s3:Get*", "s3:List*"])

CASES: Final[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...], list[str] | None]]] = {
    "the-same": ((GET, deny()), (deny(), GET), []),
    "A2/one-more": ((allow(Action=["s3:Get*", "s3:List*", "s3:Put*"]),), (GET,), ["s3:Put*"]),
    "A2/another": ((allow(Action=["s3:Get*", "s3:Put*"]), deny()), (GET, deny()), ["s3:List*", "s3:Put*"]),
    "A8/one-exception-less": ((deny(NotAction=["iam:*", "sts:*"]),), (deny(NotAction="iam:*"),), ["sts:*"]),
    "A8/another-resource-of-not-action": ((allow(NotAction="iam:*", Resource=f"{S3}a"),), (allow(NotAction="iam:*"),), None),
    "A8/action-and-not-action": ((allow(NotAction="iam:*"),), (allow(Action="iam:*"),), None),
    "R6/another-resource": ((allow(Action="s3:Get*", Resource=f"{S3}a"), GET), (GET,), ["s3:Get*"]),
    "E1/a-deny-less": ((GET,), (GET, deny(Action="s3:GetObject")), ["s3:GetObject"]),
    "E3/another-effect": ((allow(Action="s3:Get*"),), (deny(Action="s3:Get*"),), ["s3:Get*", "s3:Get*"]),
    "E3/a-statement-twice": ((GET, GET), (GET,), ["s3:Get*", "s3:List*"]),
}


@pytest.mark.parametrize(("one", "other", "expected"), CASES.values(), ids=CASES)
def test_differing_actions(one: tuple[Statement, ...], other: tuple[Statement, ...], expected: list[str] | None) -> None:
    found = differing_actions(identity(*one), identity(*other))
    assert (None if found is None else [each.text for each in found.entries]) == (None if expected is None else sorted(set(expected)))


def test_other_types_of_policy() -> None:
    policies = identity(GET)
    names = policies.attachments.identity
    limited = policies.model_copy(update={"attachments": policies.attachments.model_copy(update={"permissions_boundary": names})})
    assert differing_actions(policies, limited) is None
    assert differing_actions(limited, limited) is not None
