"""IAM707: routes that let nobody through."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego.ir.policy import Kind
from iam2rego.lint import Front, check_front
from iam2rego.source import Source
from iam2rego.sources import load
from iam2rego.sources.gateway import gateway_of

GATEWAY: Final = """kind = "http"
principal = { arn = "PRINCIPAL" }
claims = { verified_by = "caller" }
[[routes]]
method = "GET"
path = "/"
action = "s3:GetObject"
resource = "*"
"""
USER: Final = "arn:aws:iam::123456789012:user/{claim.sub}"


def found(folder: Path, statement: str, principal: str = USER, kind: Kind = Kind.IDENTITY) -> list[str]:
    policy = folder / "policy.json"
    policy.write_text(f'{{"Version": "2012-10-17", "Statement": {{{statement}, "Resource": "*"}}}}', encoding="utf-8")
    source = Source("gateway.toml", GATEWAY.replace("PRINCIPAL", principal))
    front = Front(gateway_of(source), source, load([str(policy)], kind=kind).policies)
    return [f"{each.code} {each.message}" for each in check_front(front)]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param('"Effect": "Allow", "Action": "s3:PutObject"', id="another-action"),
        pytest.param('"Effect": "Allow", "NotAction": "s3:Get*"', id="every-action-but-it"),
        pytest.param('"Effect": "Deny", "Action": "s3:GetObject"', id="denied-only"),
    ],
)
def test_a_route_whose_action_nothing_allows_is_found(statement: str, tmp_path: Path) -> None:
    assert found(tmp_path, statement) == ["IAM707 no policy allows `s3:GetObject`, so this route denies everybody"]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param('"Effect": "Allow", "Action": "S3:getobject"', id="in-another-case"),
        pytest.param('"Effect": "Allow", "Action": "s3:*Obj*"', id="by-a-pattern"),
        pytest.param('"Effect": "Allow", "NotAction": "iam:*"', id="not-excluded"),
    ],
)
def test_a_route_whose_action_is_allowed_is_not(statement: str, tmp_path: Path) -> None:
    assert found(tmp_path, statement) == []


@pytest.mark.parametrize("principal", ["{claim.arn}", "arn:aws:iam::123456789012:{claim.sub}", "*"])
def test_who_may_be_a_root_user_needs_no_allow(principal: str, tmp_path: Path) -> None:
    assert found(tmp_path, '"Effect": "Deny", "Action": "*"', principal) == []


def test_a_policy_that_only_limits_allows_nobody(tmp_path: Path) -> None:
    assert found(tmp_path, '"Effect": "Allow", "Action": "*"', kind=Kind.SERVICE_CONTROL) != []
