"""What decisions say about statements."""

import json
from dataclasses import replace
from typing import Any, Final

import pytest

from iam2rego.coverage.model import Coverage
from iam2rego.coverage.observe import Place, observe
from iam2rego.coverage.seen import Seen
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Policy, PolicySet, PolicyType, identity_policies
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

ALLOW_GET: Final = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}
ALLOW_PUT: Final = {"Effect": "Allow", "Action": "s3:Put*", "Resource": "*"}
DENY_OWN: Final = {"Effect": "Deny", "Action": "s3:GetOwn", "Resource": "*"}
ROOT: Final = "arn:aws:iam::123456789012:root"
USER: Final = "arn:aws:iam::123456789012:user/u"


def policy(*statements: dict[str, Any]) -> Policy:
    source = Source("p.json", json.dumps({"Version": "2012-10-17", "Statement": statements}))
    document = read_policy(parse_json(source), source).document
    assert document is not None
    return Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=document)


def seen(made: Policy, *asked: tuple[str, str]) -> Coverage:
    noted = Seen()
    for principal, action in asked:
        noted.note(observe(identity_policies((made,)), {"principal": principal, "action": action, "resource": "*", "context": {}}))
    return replace(noted.coverage([made]), detail=())


FIRST: Final = Place("p", 0)
SECOND: Final = Place("p", 1)


@pytest.mark.parametrize(
    ("asked", "never", "always"),
    [
        pytest.param([], (FIRST, SECOND), (FIRST, SECOND), id="nothing-asked"),
        pytest.param([(USER, "s3:GetObject")], (SECOND,), (FIRST,), id="one-applies-and-not-the-other"),
        pytest.param([(USER, "s3:GetObject"), (USER, "s3:PutObject")], (), (), id="both-ways"),
        pytest.param([(USER, "ec2:Run")], (FIRST, SECOND), (), id="none-applies"),
        pytest.param([(ROOT, "s3:GetObject")], (FIRST, SECOND), (FIRST, SECOND), id="E8/root-shows-nothing"),
        pytest.param([(USER, "no action")], (FIRST, SECOND), (FIRST, SECOND), id="N3/refused-shows-nothing"),
    ],
)
def test_allows(asked: list[tuple[str, str]], never: tuple[Place, ...], always: tuple[Place, ...]) -> None:
    assert seen(policy(ALLOW_GET, ALLOW_PUT), *asked) == Coverage(2, 2 - len(never), 2 - len(always), never, always)


@pytest.mark.parametrize(
    ("asked", "never", "always"),
    [
        pytest.param([(USER, "s3:GetOwn")], (FIRST,), (FIRST, SECOND), id="E1/a-deny-hides-the-allow"),
        pytest.param([(USER, "s3:GetOwn"), (USER, "s3:GetObject")], (), (FIRST,), id="allowed-beside-it"),
    ],
)
def test_a_deny(asked: list[tuple[str, str]], never: tuple[Place, ...], always: tuple[Place, ...]) -> None:
    assert seen(policy(ALLOW_GET, DENY_OWN), *asked) == Coverage(2, 2 - len(never), 2 - len(always), never, always)


def test_an_allow_that_only_limits() -> None:
    """It is in no document, but what lacks it is: so it is seen unless a Deny decides."""
    boundary = policy(ALLOW_GET, ALLOW_PUT)
    everything = policy({"Effect": "Allow", "Action": "*", "Resource": "*"}).model_copy(update={"name": "all"})
    bounded = PolicySet(policies=(everything, boundary), attachments=Attachments(identity=("all",), permissions_boundary=("p",)))
    noted = Seen()
    noted.note(observe(bounded, {"principal": USER, "action": "s3:GetObject", "resource": "*", "context": {}}))
    assert replace(noted.coverage([boundary]), detail=()) == Coverage(2, 1, 1, (SECOND,), (FIRST,))
