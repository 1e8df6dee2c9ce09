"""Partitions of two accounts, together in one OPA: it answers as the native evaluator does for all of it."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from iam2rego.engines.compare import agree, outcome
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import Bundle, assemble, merge
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import write
from iam2rego.rego.bundle.partition import By, partitioned
from iam2rego.rego.bundle.unit import Unit, compile_policy
from iam2rego.sources import load
from tests.support.accounts import ACCOUNT, BESIDE, Size, export, requests
from tests.support.managed import managed_policies

SIZE: Final = Size(users=6, groups=2, roles=4)
OTHER: Final = "210987654321"
REQUESTS: Final = 400
SEED: Final = 11


@pytest.fixture(scope="module")
def policies() -> PolicySet:
    with TemporaryDirectory() as folder:
        for account, seed in ((ACCOUNT, 1), (OTHER, 2)):
            text = json.dumps(export(SIZE, managed_policies(), seed)).replace(ACCOUNT, account)
            Path(folder, f"{account}.json").write_text(text, encoding="utf-8")
        Path(folder, "beside.json").write_text(json.dumps(BESIDE), encoding="utf-8")
        return load([folder], lenient=True).policies


@pytest.fixture(scope="module")
def asked(policies: PolicySet) -> list[JsonValue]:
    return [*requests(policies, REQUESTS, SEED), {}, {"principal": "*"}, None]


def _below(layout: Layout, units: Sequence[Unit], attached: Attachments, package: str) -> Bundle:
    return assemble(units, attached, revision="", package=package, layout=layout)


@pytest.mark.parametrize(("by", "layout"), [(By.ACCOUNT, Layout.MODULES), (By.ACCOUNT, Layout.PACKED), (By.INITIAL, Layout.MODULES)])
def test_partitions_decide_as_the_whole_does(
    opa: Binary, policies: PolicySet, asked: list[JsonValue], tmp_path: Path, by: By, layout: Layout
) -> None:
    units = [compile_policy(policy, labels=False, layout=layout) for policy in policies.policies]
    bundles = partitioned(units, policies.attachments, by=by, package="iam", below=partial(_below, layout))
    assert len(bundles) == {By.ACCOUNT: 4, By.INITIAL: 6}[by]
    write(merge(list(bundles.values())), tmp_path / "out")
    with serve(opa, tmp_path / "out") as client:
        different = [each for each in asked if not agree(authorize(policies, each), client.decide("iam", each).decision)]
    assert different == []


def test_decisions_of_each_kind_occur(policies: PolicySet, asked: list[JsonValue]) -> None:
    decisions = Counter(map(outcome, map(partial(authorize, policies), asked)))
    assert min(decisions[each] for each in ("allowed", "explicitDeny", "implicitDeny")) > REQUESTS // 40


def _user(account: str, name: str) -> str:
    return f"arn:aws:iam::{account}:user/{name}"


def _having(arn: str) -> JsonValue:
    """A user who is denied everything, so that one whose policies are lost is seen."""
    denied = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
    return {"Arn": arn, "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": denied}]}


STRANGE: Final = "333333333333"
NAMES: Final = ("r", "\u0130x", "\u212aelvin", "\u017fs", "\u00e9", "path/\u0130")
"""Some of the first letters fold to a letter of ASCII, U+0130 in OPA to `i` and in Python to two code points (N1)."""

EVERYBODY: Final[JsonValue] = {
    "policies": {"identity": []},
    "resources": {
        "arn:aws:s3:::b": {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
        }
    },
}


@pytest.fixture(scope="module")
def denied() -> PolicySet:
    """Two exported accounts whose users are denied everything, and a bucket that allows everybody everything."""
    with TemporaryDirectory() as folder:
        for account in (ACCOUNT, OTHER):
            users = [_having(_user(account, name)) for name in NAMES]
            Path(folder, f"{account}.json").write_text(json.dumps({"UserDetailList": users, "IsTruncated": False}), encoding="utf-8")
        Path(folder, "beside.json").write_text(json.dumps(EVERYBODY), encoding="utf-8")
        return load([folder]).policies


def _callers() -> Iterator[JsonValue]:
    """Yield users and federated users' sessions, also such whose user is of another account, or not told."""
    accounts = (ACCOUNT, OTHER, STRANGE)
    yield from (_user(account, name) for account in accounts for name in NAMES)
    for account in accounts:
        session = f"arn:aws:sts::{account}:federated-user/f"
        yield session
        yield from ({"arn": session, "user_arn": _user(of, name)} for of in accounts for name in NAMES)


@pytest.mark.parametrize("by", By)
def test_no_caller_loses_a_deny_by_partitions(opa: Binary, denied: PolicySet, tmp_path: Path, by: By) -> None:
    units = [compile_policy(policy, labels=False, layout=Layout.MODULES) for policy in denied.policies]
    write(assemble(units, denied.attachments, revision="", package="whole", layout=Layout.MODULES), tmp_path / "whole")
    bundles = partitioned(units, denied.attachments, by=by, package="iam", below=partial(_below, Layout.MODULES))
    write(merge(list(bundles.values())), tmp_path / "parted")
    asked: list[JsonValue] = [
        {"principal": each, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}} for each in _callers()
    ]
    native = [authorize(denied, each) for each in asked]
    with serve(opa, tmp_path / "whole") as whole, serve(opa, tmp_path / "parted") as parted:
        for each, want in zip(asked, native, strict=True):
            assert agree(want, whole.decide("whole", each).decision)
            assert agree(want, parted.decide("iam", each).decision), each
    assert Counter(map(outcome, native)) == {"explicitDeny": 2 * 6 + 2 * 2 * 6, "allowed": 6 + 3 + 5 * 6}
