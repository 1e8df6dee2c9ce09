"""What refutes a claim is a request that AWS could make, if there is one."""

from typing import Final

import pytest

from iam2rego.proofs.inclusion import Inclusion, verdict_of
from iam2rego.proofs.verdict import Refuted
from tests.unit.proofs.asking import Statement, allow, deny, identity, when

USER: Final = "arn:aws:iam::123456789012:user/example"
SESSION: Final = "arn:aws:sts::123456789012:assumed-role/example/session"

SHOWN: Final[dict[str, tuple[Statement, dict[str, object]]]] = {
    "C28/a-user-has-a-name": (when("StringEquals", "aws:username", "ann"), {"principal": USER}),
    "C28/a-session-has-none": (when("Null", "aws:username", "true"), {"principal": SESSION, "context": {}}),
    "C28/the-account-of-the-caller": (
        when("StringLike", "aws:PrincipalAccount", "*"),
        {"context": {"aws:PrincipalAccount": "123456789012"}},
    ),
    "A5/a-service-that-has-the-action": (allow(Action="*:GetBucketPolicy"), {"action": "s3:GetBucketPolicy"}),
    "A9/an-action-that-does-not-exist": (allow(Action="s3:GetNothing"), {"action": "s3:GetNothing", "resource": "*"}),
}


@pytest.mark.parametrize(("new", "expected"), SHOWN.values(), ids=SHOWN)
def test_counterexamples(new: Statement, expected: dict[str, object]) -> None:
    found = verdict_of(Inclusion(identity(new), identity(deny())).answers())
    assert isinstance(found, Refuted)
    assert expected.items() <= found.request.items()
