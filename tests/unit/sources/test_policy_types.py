"""Documents in files of their own: how ``--policy-type`` has them read, and to whom they are attached then."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Kind, PolicyType
from iam2rego.sources import load
from tests.support.checks import look

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

PLAIN = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'
NAMED = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}'
TRUST = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:*"}}'


def given(**members: Any) -> Attachments:
    return Attachments(**members)


@pytest.mark.parametrize(
    ("kind", "text", "type_", "want"),
    [
        pytest.param(Kind.IDENTITY, PLAIN, PolicyType.IDENTITY, given(identity=("p",)), id="identity"),
        pytest.param(Kind.PERMISSIONS_BOUNDARY, PLAIN, PolicyType.PERMISSIONS_BOUNDARY, given(permissions_boundary=("p",)), id="boundary"),
        pytest.param(Kind.SESSION, PLAIN, PolicyType.SESSION, given(session=("p",)), id="session"),
        pytest.param(Kind.SERVICE_CONTROL, PLAIN, PolicyType.SERVICE_CONTROL, given(service_control=(("p",),)), id="scp"),
        pytest.param(Kind.RESOURCE_CONTROL, NAMED, PolicyType.RESOURCE_CONTROL, given(resource_control=(("p",),)), id="rcp"),
        pytest.param(Kind.VPC_ENDPOINT, NAMED, PolicyType.VPC_ENDPOINT, given(vpc_endpoint=("p",)), id="endpoint"),
        pytest.param(Kind.RESOURCE, NAMED, PolicyType.RESOURCE, given(resource="p"), id="resource"),
        pytest.param(Kind.TRUST, TRUST, PolicyType.RESOURCE, given(resource="p"), id="trust"),
    ],
)
def test_one_file(kind: Kind, text: str, type_: PolicyType, want: Attachments, folder: Folder) -> None:
    loaded = load([str(folder({"p.json": text}))], kind=kind)
    assert [each.type for each in loaded.policies.policies] == [type_]
    assert loaded.policies.attachments == want
    assert loaded.diagnostics == ()


def test_a_wrapped_policy_has_the_type_too(folder: Folder) -> None:
    loaded = load([str(folder({"p.json": f'{{"PolicyName": "x", "PolicyDocument": {NAMED}}}'}))], kind=Kind.RESOURCE)
    assert loaded.policies.attachments.resource == "p"


def test_organization_policies_of_a_folder_are_one_level(folder: Folder) -> None:
    root = folder({"b.json": PLAIN, "a.json": PLAIN})
    assert load([str(root / "b.json"), str(root / "a.json")], kind=Kind.SERVICE_CONTROL).policies.attachments.service_control == (
        ("a", "b"),
    )


@pytest.mark.parametrize("kind", [pytest.param(Kind.RESOURCE, id="resource"), pytest.param(Kind.TRUST, id="trust")])
def test_a_resource_has_one_policy(kind: Kind, folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": TRUST, "b.json": TRUST, "c.json": TRUST})
    found = refusal(lambda: load([str(root)], kind=kind))
    assert [(each.code, each.source.name) for each in found] == [("IAM615", str(root / "b.json")), ("IAM615", str(root / "c.json"))]
    assert [each.name for each in look([str(root)], kind=kind).policies] == ["a", "b", "c"]


def test_the_type_does_not_speak_of_policy_sets(folder: Folder) -> None:
    root = folder({"a.json": NAMED, "b.json": f'{{"policies": {{"identity": [{PLAIN}]}}}}'})
    policies = load([str(root)], kind=Kind.RESOURCE).policies
    assert (policies.attachments.resource, policies.attachments.identity) == ("a", ("identity[0]",))


def test_a_type_given_twice(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": PLAIN, "b.json": '{"policies": {"service_control": [[]]}}'})
    (diagnostic,) = refusal(lambda: load([str(root)], kind=Kind.SERVICE_CONTROL))
    assert (diagnostic.code, diagnostic.message) == ("IAM615", f"`service_control` policies are already given by {root / 'b.json'}")
