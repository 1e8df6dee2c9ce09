"""Actions that no resource control policy governs (E12)."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import found

Statement: TypeAlias = Mapping[str, Any]


def denied(*actions: str, kind: Kind = Kind.RESOURCE_CONTROL, member: str = "Action") -> list[Diagnostic]:
    return found({"Effect": "Deny", "Principal": "*", member: actions, "Resource": "*"}, kind=kind)


@pytest.mark.parametrize(
    ("actions", "ungoverned"),
    [
        pytest.param(("ec2:*",), ["ec2:*"], id="E12/other-service"),
        pytest.param(("s3:*", "sts:AssumeRole", "KMS:Decrypt"), [], id="E12/governed"),
        pytest.param(("s3:*", "EC2:RunInstances", "ec?:Run*"), ["EC2:RunInstances"], id="E12/one-of-three"),
        pytest.param(("*", "e*:Run*"), [], id="E12/wildcard-in-the-service"),
    ],
)
def test_ungoverned_action(actions: tuple[str, ...], ungoverned: list[str]) -> None:
    told = [each.message for each in denied(*actions) if each.code == "IAM226"]
    assert [message.rpartition(" deny ")[2] for message in told] == [f"`{action}`" for action in ungoverned]


def test_other_policies_may_deny_any_action() -> None:
    assert denied("ec2:*", kind=Kind.SERVICE_CONTROL) == []
    assert denied("ec2:*", member="NotAction") == []
