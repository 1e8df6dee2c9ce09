"""Random policy-set files and accounts, with all that scenarios do not have: policies of single resources, and who has which policies.

What is drawn is read leniently (L1 to L9).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import load
from iam2rego.strategies import policies, policy_sets
from iam2rego.strategies.drawing import draw as drawn
from iam2rego.strategies.requests import requests_of
from tests.support.agreement import differing

REQUESTS: Final = 40
"""Requests a policy set."""

HOME: Final = "111111111111"
IAM: Final = f"arn:aws:iam::{HOME}"
USERS: Final = (f"{IAM}:user/u", f"{IAM}:user/p/v")
ROLES: Final = (f"{IAM}:role/r", f"{IAM}:role/p/r", f"{IAM}:role/q")
BOUNDARY: Final = f"{IAM}:policy/boundary"
RESOURCES: Final = (
    *("arn:aws:s3:::b", "arn:aws:s3:::b/k", *ROLES),
    *(f"arn:aws:kms:r:{HOME}:key/k", f"arn:aws:kms:r:{HOME}:alias/k", f"arn:aws:sqs:r:{HOME}:q"),
)
SELDOM: Final = st.sampled_from([False, False, True])

JsonObject = dict[str, JsonValue]
Unit = tuple[PolicySet, Sequence[JsonValue]]


@st.composite
def files(draw: DrawFn) -> list[JsonObject]:
    """Draw a policy-set file, and now and then an account's export beside it."""
    types = {name: value for name, value in draw(policy_sets(lenient=True)).items() if name != "resource"}
    named = draw(st.lists(st.sampled_from(RESOURCES), unique=True, min_size=1, max_size=3))
    resources = {arn: draw(policies(Kind.TRUST if arn in ROLES else Kind.RESOURCE, lenient=True)) for arn in named}
    beside: JsonObject = {"policies": types, "resources": {**resources}}
    return [beside, draw(exports(named, bounded="permissions_boundary" not in types))] if draw(SELDOM) else [beside]


@st.composite
def exports(draw: DrawFn, taken: Sequence[str], *, bounded: bool) -> JsonObject:
    """Draw the export of an account with some of the users and roles whom principals name, but for the roles with a policy already."""
    users = [{**draw(entries(arn, "User", bounded=bounded)), "GroupList": ["g"]} for arn in USERS if draw(st.booleans())]
    roles = [draw(entries(arn, "Role", bounded=bounded)) for arn in (draw(st.sampled_from(ROLES[:2])), ROLES[2]) if arn not in taken]
    trusted = [{**role, "AssumeRolePolicyDocument": draw(policies(Kind.TRUST, lenient=True))} for role in roles]
    version: JsonValue = {"VersionId": "v1", "IsDefaultVersion": True, "Document": draw(policies(lenient=True))}
    return {
        "UserDetailList": [*users],
        "RoleDetailList": [*trusted],
        "GroupDetailList": [draw(entries(f"{IAM}:group/g", "Group", bounded=False))],
        "Policies": [{"PolicyVersionList": [version], "Arn": BOUNDARY}],
    }


@st.composite
def entries(draw: DrawFn, arn: str, kind: str, *, bounded: bool) -> JsonObject:
    """Draw what an export says of a user, role or group."""
    documents = draw(st.lists(policies(lenient=True), max_size=2))
    inline: list[JsonValue] = [{"PolicyName": f"own{number}", "PolicyDocument": each} for number, each in enumerate(documents)]
    attached: list[JsonValue] = [{"PolicyArn": BOUNDARY}] if draw(SELDOM) else []
    limit: JsonObject = {"PermissionsBoundary": {"PermissionsBoundaryArn": BOUNDARY}} if bounded and draw(SELDOM) else {}
    return {"Arn": arn, f"{kind}PolicyList": inline, "AttachedManagedPolicies": attached, **limit}


@st.composite
def questions(draw: DrawFn) -> Unit:
    """Draw policies, and requests of them."""
    read = loaded(draw(files()))
    return read, draw(st.lists(requests_of(read), min_size=REQUESTS, max_size=REQUESTS))


def loaded(made: Sequence[JsonObject]) -> PolicySet:
    with TemporaryDirectory() as folder:
        for number, each in enumerate(made):
            Path(folder, f"{number}.json").write_text(dumps(each), encoding="utf-8")
        return load([folder], lenient=True).policies


def units(count: int) -> list[Unit]:
    return [drawn(questions(), number) for number in range(count)]


def set_failures(binary: Binary, count: int, layout: Layout = Layout.MODULES) -> Iterator[str]:
    """Decide requests by ``count`` policy sets on both engines; yield what `differing` does."""
    asked = units(count)
    with OpaEngine(binary, [policies for policies, _ in asked], layout=layout) as opa:
        yield from differing(asked, opa)
