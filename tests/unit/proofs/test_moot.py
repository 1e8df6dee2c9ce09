"""Which statements of a policy never decide."""

from typing import Any, Final

import pytest

from iam2rego.ir.policy import PolicyType
from iam2rego.proofs.moot import moot
from iam2rego.proofs.verdict import Proved
from tests.support.policies import SAME, USER, allow, deny, equals, policy

IF_A: Final = [equals("aws:RequestedRegion", "a")]
CASES: Final[dict[str, tuple[list[Any], list[int]]]] = {
    "two-that-differ": ([allow("s3:Get*"), allow("s3:Put*")], []),
    "a-narrower-one": ([allow("s3:*"), allow("s3:Get*")], [1]),
    "a-narrower-one-with-a-condition": ([allow("s3:Get*", when=IF_A), allow("s3:*")], [0]),
    "two-halves": ([allow("s3:GetObject"), allow("s3:PutObject"), allow("s3:GetObject", "s3:PutObject")], [0, 1, 2]),
    "an-allow-that-is-denied": ([allow("s3:Get*"), deny("s3:*")], [0]),
    "a-deny-beside-no-allow": ([deny("s3:Get*"), allow("ec2:*")], []),
    "a-narrower-deny": ([deny("s3:Get*"), deny("s3:*"), allow("*")], [0]),
    "an-action-that-cannot-be": ([allow("s3")], [0]),
    "a-contradiction": ([allow("*", when=[*IF_A, equals("aws:RequestedRegion", "b")])], [0]),
}


@pytest.mark.parametrize(("statements", "expected"), CASES.values(), ids=CASES)
def test_statements_of_identity_policies(statements: list[Any], expected: list[int]) -> None:
    found = moot(policy("p", *statements))
    assert [index for index, each in enumerate(found) if isinstance(each, Proved)] == expected


def test_statements_of_other_policies() -> None:
    of_resource = policy("p", allow("s3:*", to=SAME), allow("s3:*", to=USER), deny("s3:Put*", to="*"), of=PolicyType.RESOURCE)
    limiting = policy("p", allow("*"), deny("s3:*"), allow("s3:*"), of=PolicyType.SERVICE_CONTROL)
    assert [isinstance(each, Proved) for each in moot(of_resource)] == [False, False, False]
    assert [isinstance(each, Proved) for each in moot(limiting)] == [False, False, True]


def test_an_allow_of_a_resource_control_policy_is_wanted() -> None:
    assert list(moot(policy("p", allow("*"), of=PolicyType.RESOURCE_CONTROL))) == [None]
