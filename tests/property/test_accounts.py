"""A generated account in one bundle, asked by those who are in it: both engines give equal documents (`make prove` takes more)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import botocore.session
import pytest
from botocore.model import Shape

from iam2rego.engines.compare import outcome
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.property.asked_accounts import Account, account, account_failures
from tests.support.accounts import Size, export
from tests.support.managed import managed_policies

SMALL: Final = Size(users=12, groups=4, roles=8)
REQUESTS: Final = 600
SEED: Final = 5


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
