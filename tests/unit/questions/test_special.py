"""The requests that rules of their own decide: on both sides of each of these rules."""

from typing import Final

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.questions import special
from iam2rego.questions.aim import ACCOUNT, Aim

FOREIGN: Final = "999999999999"
MADE: Final = list(special.requests(Aim("t:Get", "arn:aws:s3:::b/k", {"k:a": "x"})))
USER: Final = f"arn:aws:iam::{ACCOUNT}:user/richard-roe"
ROOT: Final = f"arn:aws:iam::{ACCOUNT}:root"
LINKED_ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/probe.amazonaws.com/AWSServiceRoleForProbe"
SERVICE: Final = {"Service": "probe.amazonaws.com"}
KEY: Final = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/probe"
ALIKE: Final = f"arn:{ACCOUNT}:iam::{FOREIGN}:user/richard-roe"


@pytest.mark.parametrize(
    ("principal", "action", "resource"),
    [
        pytest.param(SERVICE, "sts:AssumeRole", LINKED_ROLE, id="E12/service-assumes-a-service-linked-role"),
        pytest.param(SERVICE, "sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/probe", id="E12/service-assumes-another-role"),
        pytest.param(USER, "sts:AssumeRole", LINKED_ROLE, id="E12/user-assumes-a-service-linked-role"),
        pytest.param(SERVICE, "sts:TagSession", LINKED_ROLE, id="E12/service-tags"),
        pytest.param(ROOT, "sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/probe", id="E8/root-assumes-a-role"),
        pytest.param(USER, "kms:Decrypt", KEY, id="E15/user-and-key"),
        pytest.param(ROOT, "kms:Decrypt", KEY, id="E15/root-and-key"),
        pytest.param(USER, "sts:GetCallerIdentity", "*", id="E16/user-asks-who-he-is"),
        pytest.param("*", "sts:GetCallerIdentity", "*", id="E16/nobody-asks-who-he-is"),
        pytest.param(f"arn:aws:iam::{FOREIGN}:root", "STS:GETSESSIONTOKEN", "*", id="E16/token-of-another-root"),
        pytest.param(f"arn:aws:sts::{ACCOUNT}:assumed-role/probe/session", "STS:GETSESSIONTOKEN", "*", id="E16/token-of-a-session"),
    ],
)
def test_a_request_is_made(principal: JsonValue, action: str, resource: str) -> None:
    owned = {"resource_account": ACCOUNT, "context": {"k:a": "x"}}
    assert {"principal": principal, "action": action, "resource": resource, **owned} in MADE


@pytest.mark.parametrize(
    ("principal", "resource"),
    [
        pytest.param(ALIKE, f"arn:{ACCOUNT}:probe:us-east-1:{ACCOUNT}:probe/unlike", id="E4/partition-of-both"),
        pytest.param(ALIKE, f"arn:{ACCOUNT}:s3:::b/k", id="E4/partition-of-the-resource-aimed-at"),
        pytest.param(USER, f"arn:aws:{ACCOUNT}:us-east-1:{FOREIGN}:probe/unlike", id="E4/service"),
        pytest.param(USER, f"arn:aws:probe:{ACCOUNT}:{FOREIGN}:probe/unlike", id="E4/region"),
        pytest.param(USER, f"arn:aws:probe:{ACCOUNT}::probe/unlike", id="E4/region-without-account"),
    ],
)
def test_an_arn_that_looks_like_an_account_has_no_owner_beside_it(principal: JsonValue, resource: str) -> None:
    assert {"principal": principal, "action": "t:Get", "resource": resource, "context": {"k:a": "x"}} in MADE
