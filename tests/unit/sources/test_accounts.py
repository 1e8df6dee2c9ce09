"""Account exports (docs/policy-sets.md): who has which policies, and which files may be beside an export."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import PrincipalPolicies, ResourcePolicy
from iam2rego.ir.policy import PolicyType
from iam2rego.sources import load
from tests.support.checks import look
from tests.unit.sources.account_exports import (
    ACCOUNT,
    DOCUMENT,
    IAM,
    OWN,
    READ,
    TRUST,
    attached,
    bounded,
    export,
    group,
    has,
    inline,
    loaded,
    managed,
    role,
    user,
)

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]
Entry: TypeAlias = dict[str, Any]


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param(
            {"users": [user(UserPolicyList=inline("x", "a b"))]}, [has("user/u", f"{IAM}:user/u/a b", f"{IAM}:user/u/x")], id="inline"
        ),
        pytest.param(
            {"users": [user(**attached(OWN, READ))], "policies": [managed(OWN), managed(READ)]}, [has("user/u", OWN, READ)], id="managed"
        ),
        pytest.param(
            {"users": [user(GroupList=["g"])], "groups": [group(GroupPolicyList=inline("x"), **attached(OWN))], "policies": [managed(OWN)]},
            [has("user/u", f"{IAM}:group/g/x", OWN)],
            id="group",
        ),
        pytest.param(
            {
                "users": [user(GroupList=["g", "h"], **attached(OWN))],
                "groups": [group(**attached(OWN)), group("h", Arn=f"{IAM}:group/p/h", **attached(OWN))],
                "policies": [managed(OWN)],
            },
            [has("user/u", OWN)],
            id="each-policy-once",
        ),
        pytest.param({"users": [user(**bounded(OWN))], "policies": [managed(OWN)]}, [has("user/u", boundary=OWN)], id="boundary"),
        pytest.param(
            {"roles": [role(RolePolicyList=inline("x"), **attached(READ), **bounded(OWN))], "policies": [managed(OWN), managed(READ)]},
            [has("role/p/r", f"{IAM}:role/p/r/x", READ, boundary=OWN)],
            id="role",
        ),
        pytest.param(
            {"users": [user("b"), user("a")], "roles": [role()]}, [has("role/p/r"), has("user/a"), has("user/b")], id="without-policies"
        ),
    ],
)
def test_who_has_what(members: Mapping[str, Any], want: list[PrincipalPolicies], folder: Folder) -> None:
    found = loaded(folder, export(**members))
    assert list(found.attachments.principals) == want
    assert found.attachments.accounts == (ACCOUNT,)
    assert (found.attachments.identity, found.attachments.permissions_boundary) == ((), None)


def test_the_policies_of_an_export(folder: Folder) -> None:
    text = export(users=[user(UserPolicyList=inline("x"), **attached(OWN))], roles=[role()], policies=[managed(OWN), managed(READ)])
    found = loaded(folder, text)
    assert [(each.name, each.type, each.file) for each in found.policies] == [
        (OWN, PolicyType.IDENTITY, "0.json"),
        (f"{IAM}:role/p/r/trust", PolicyType.RESOURCE, "0.json"),
        (f"{IAM}:user/u/x", PolicyType.IDENTITY, "0.json"),
    ]
    assert found.attachments.resources == (ResourcePolicy(resource=f"{IAM}:role/p/r", policy=f"{IAM}:role/p/r/trust"),)


def test_policies_that_nobody_has_are_not_in_the_set(folder: Folder) -> None:
    root = str(folder({"a.json": export(users=[user(UserPolicyList=inline("x"))], policies=[managed(READ)])}))
    assert [each.name for each in load([root]).policies.policies] == [f"{IAM}:user/u/x"]
    assert [each.name for each in look([root]).policies] == [f"{IAM}:user/u/x", READ]


def test_policies_that_nobody_has_are_checked_all_the_same(folder: Folder, refusal: Refusal) -> None:
    text = export(users=[user()], policies=[managed(READ, {"Statement": {"Effect": "deny", "Action": "*", "Resource": "*"}})])
    assert [each.code for each in refusal(lambda: load([str(folder({"a.json": text}))]))] == ["IAM107"]


def test_a_name_is_that_of_one_entry(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": export(users=[user(UserPolicyList=inline("x")), user(Arn=f"{IAM}:user/p/u")])})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert (diagnostic.code, diagnostic.message) == ("IAM615", f"the user `u` is already in {root}/a.json, at line 1")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(export(users=[user(**attached(OWN))], policies=[managed(OWN), managed(OWN)]), OWN, id="managed-policy"),
        pytest.param(export(users=[user(UserPolicyList=inline("x", "x"))]), f"{IAM}:user/u/x", id="inline-policy"),
    ],
)
def test_a_name_is_that_of_one_policy(text: str, name: str, folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": text})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert (diagnostic.code, diagnostic.message) == ("IAM605", f"the policy name `{name}` is taken by {root}/a.json")


@pytest.mark.parametrize(
    ("members", "names"),
    [
        pytest.param({"roles": [role(RolePolicyList=inline("trust"))]}, ["role/p/r/trust", "role/p/r/trust#inline"], id="role"),
        pytest.param({"roles": [role(RolePolicyList=inline("Trust"))]}, ["role/p/r/Trust", "role/p/r/trust"], id="role/another-name"),
        pytest.param({"users": [user(UserPolicyList=inline("trust"))]}, ["user/u/trust"], id="user"),
        pytest.param(
            {"roles": [role("r", RolePolicyList=inline("trust")), role("r/trust", RolePolicyList=inline("trust"))]},
            ["role/r/trust", "role/r/trust#inline", "role/r/trust/trust", "role/r/trust/trust#inline"],
            id="role/below-its-name",
        ),
    ],
)
def test_an_inline_policy_may_be_named_trust(members: Mapping[str, Any], names: list[str], folder: Folder) -> None:
    """The trust policy keeps the name of the contract, whatever the role's own policies are called."""
    found = loaded(folder, export(**members))
    assert [each.name for each in found.policies] == [f"{IAM}:{name}" for name in names]
    assert [each.policy for each in found.attachments.resources] == [
        f"{IAM}:{name}" for name in names if name.endswith("/trust") and "role" in name
    ]
    assert {name for each in found.attachments.principals for name in each.identity} == {
        each.name for each in found.policies if each.type == "identity"
    }


def test_organization_and_resource_policies_stand_beside_it(folder: Folder) -> None:
    bucket = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*"}}
    policies = json.dumps({"policies": {"service_control": [[DOCUMENT]]}, "resources": {"arn:aws:s3:::b": bucket}})
    found = loaded(folder, export(users=[user()], roles=[role()]), policies)
    assert found.attachments.service_control == (("service_control[0][0]",),)
    assert [each.resource for each in found.attachments.resources] == [f"{IAM}:role/p/r", "arn:aws:s3:::b"]
    assert [each.arn for each in found.attachments.principals] == [f"{IAM}:role/p/r", f"{IAM}:user/u"]


@pytest.mark.parametrize(
    ("beside", "message"),
    [
        pytest.param(
            {"policies": {"permissions_boundary": []}},
            f"every user and role gets a permissions boundary here, but `{IAM}:user/u` has one of its own in the account's export",
            id="boundary",
        ),
        pytest.param(
            {"policies": {}, "resources": {f"{IAM}:role/p/r": TRUST}},
            f"the policy of `{IAM}:role/p/r` is already given by {{}}",
            id="trust",
        ),
    ],
)
def test_what_contradicts_it(beside: object, message: str, folder: Folder, refusal: Refusal) -> None:
    text = export(users=[user(**bounded(OWN))], roles=[role()], policies=[managed(OWN)])
    root = folder({"account.json": text, "set.json": json.dumps(beside)})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert diagnostic.code == "IAM615"
    assert diagnostic.message == message.format(f"{root}/set.json")
