"""A generated account in one bundle, asked by those who are in it: both engines give equal documents (`make prove` takes more)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import botocore.session
import pytest
from botocore.model import Shape
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iam2rego.engines.compare import agree, answer, outcome
from iam2rego.engines.engine import Engine, NativeEngine, OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.rego import Layout
from iam2rego.sources import load
from tests.support.accounts import BESIDE, Json, Size, export, requests

SMALL: Final = Size(users=12, groups=4, roles=8)
REQUESTS: Final = 600
SEED: Final = 5


@dataclass(frozen=True, slots=True)
class Account:
    """What an export came to, and the requests of those in it."""

    policies: PolicySet
    requests: list[JsonValue]


def managed_policies() -> Mapping[str, Json]:
    """Return the documents of the AWS managed policies by name."""
    return {name: policy["Document"] for name, policy in json.loads(aws_managed_policies_data).items()}


def account(size: Size, count: int, seed: int) -> Account:
    """Return an account over the managed policies, read from files as the AWS CLI prints them, and ``count`` requests."""
    with TemporaryDirectory() as folder:
        Path(folder, "account.json").write_text(json.dumps(export(size, managed_policies(), seed)), encoding="utf-8")
        Path(folder, "beside.json").write_text(json.dumps(BESIDE), encoding="utf-8")
        policies = load([folder], lenient=True).policies
    return Account(policies, requests(policies, count, seed))


def account_failures(binary: Binary, asked: Account, layout: Layout = Layout.MODULES) -> Iterator[str]:
    """Decide the requests of an account on both engines; yield what `differing` does."""
    with OpaEngine(binary, [asked.policies], layout=layout) as opa:
        yield from differing(asked.policies, asked.requests, opa)


def differing(policies: PolicySet, asked: Sequence[JsonValue], opa: Engine) -> Iterator[str]:
    """Yield each request that ``opa`` decides otherwise than the native evaluator does, with both answers."""
    native = NativeEngine([policies])
    for request in asked:
        answers = answer(native, 0, request), answer(opa, 0, request)
        if not agree(*answers):
            yield f"{dumps(request)}\n native: {answers[0]!r}\n opa: {answers[1]!r}"


@pytest.fixture(scope="module")
def small() -> Account:
    return account(SMALL, REQUESTS, SEED)


@pytest.mark.parametrize("layout", Layout)
def test_the_engines_give_equal_documents(opa: Binary, small: Account, layout: Layout) -> None:
    assert list(account_failures(opa, small, layout)) == []


def test_decisions_of_each_kind_occur(small: Account) -> None:
    decisions = Counter(outcome(authorize(small.policies, request)) for request in small.requests)
    assert {name: decisions[name] > REQUESTS // 40 for name in ("allowed", "explicitDeny", "implicitDeny")} == {
        "allowed": True,
        "explicitDeny": True,
        "implicitDeny": True,
    }
    assert decisions.total() == REQUESTS


def test_an_account_has_what_was_asked_for(small: Account) -> None:
    assert len(small.policies.attachments.principals) == SMALL.users + SMALL.roles
    assert any(principal.permissions_boundary for principal in small.policies.attachments.principals)


def test_the_same_seed_gives_the_same_account() -> None:
    managed = {"ReadOnly": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}}
    assert export(SMALL, managed, 1) == export(SMALL, managed, 1)
    assert export(SMALL, managed, 1) != export(SMALL, managed, 2)


def test_the_export_has_the_shape_of_the_operation() -> None:
    shape = botocore.session.get_session().get_service_model("iam").operation_model("GetAccountAuthorizationDetails").output_shape
    assert list(_strangers(export(SMALL, managed_policies(), SEED), shape, "")) == []


def _strangers(value: Any, shape: Shape, place: str) -> Iterator[str]:
    """Yield the members that the model of the operation does not know, or that are of another type; documents are decoded by the CLI."""
    match shape.type_name, value:
        case "structure", dict():
            for name, each in value.items():
                known = shape.members.get(name)
                yield from _strangers(each, known, f"{place}.{name}") if known else [f"{place}.{name}"]
        case "list", list():
            for each in value:
                yield from _strangers(each, shape.member, place)
        case ("string", str()) | ("boolean", bool()) | ("integer", int()) | ("timestamp", str()):
            pass
        case "string", dict() if shape.name == "policyDocumentType":
            pass
        case _:
            yield f"{place}: {shape.type_name}"
