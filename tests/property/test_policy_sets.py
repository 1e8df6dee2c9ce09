"""Random policy sets of all types and random accounts, asked by callers of every kind: the engines' documents must be equal.

The statements are those of test_engines.py with principals, read leniently too, so that elements out of place take part (L1 to L9).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from test_engines import Unit, differing, request, statement

from iam2rego.conformance.compare import outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, loads
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.sources import load

UNITS: Final = 60
"""Policy sets that a test of ours tries."""
REQUESTS: Final = 40
"""Requests a policy set."""

HOME: Final = "111111111111"
IAM: Final = f"arn:aws:iam::{HOME}"
STS: Final = f"arn:aws:sts::{HOME}"
ROLES: Final = [f"{IAM}:role/r", f"{IAM}:role/p/r", f"{IAM}:role/q"]
USERS: Final = [f"{IAM}:user/u", f"{IAM}:user/p/v"]
KEY: Final = f"arn:aws:kms:r:{HOME}:key/k"
RESOURCES: Final = ["arn:aws:s3:::b", "arn:aws:s3:::b/k", *ROLES, KEY, f"arn:aws:kms:r:{HOME}:alias/k", f"arn:aws:sqs:r:{HOME}:q"]
ASKED_FOR: Final = [*RESOURCES, "arn:aws:s3:::b/k/l", "arn:aws:s3:::bb", "arn:aws-cn:s3:::b/k", "*"]
ACTIONS: Final = [
    "t:Get",
    "s3:GetObject",
    "sts:AssumeRole",
    "STS:assumerole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:AssumeRoot",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:GetSessionToken",
    "kms:Decrypt",
    "kms:RetireGrant",
]
PATTERNS: Final = ["*", "*", "s3:*", "sts:*", "sts:AssumeRole*", "kms:*", "kms:retiregrant", *ACTIONS]
AWS: Final = [
    "*",
    HOME,
    "222222222222",
    f"{IAM}:root",
    f"arn:aws-cn:iam::{HOME}:root",
    *USERS,
    *ROLES,
    f"{STS}:assumed-role/r/s",
    f"{STS}:federated-user/f",
    f"{IAM}:user/*",
    "AIDA1",
    "AROA1",
]
OTHERS: Final = {"Service": ["s.amazonaws.com", "t.amazonaws.com"], "Federated": ["f.example"], "CanonicalUser": ["c1", "c2"]}
ARNS: Final = [
    *USERS,
    *ROLES,
    f"{IAM}:user/v",
    f"{IAM}:root",
    f"{STS}:assumed-role/r/s",
    f"{STS}:assumed-role/r/t",
    f"{STS}:assumed-role/q/s",
    f"{STS}:federated-user/f",
    "arn:aws:iam::222222222222:user/u",
    "arn:aws:iam::222222222222:root",
    "arn:aws:sts::222222222222:assumed-role/r/s",
    f"arn:aws-cn:iam::{HOME}:user/u",
    f"arn:aws-cn:iam::{HOME}:root",
]
WITHOUT_ARN: Final[Sequence[Any]] = [
    "*",
    {"Service": "s.amazonaws.com"},
    {"Service": "x.amazonaws.com", "service_names": ["t.amazonaws.com"]},
    {"Federated": "f.example"},
    {"Federated": "s.amazonaws.com"},
]
KNOWN: Final[dict[str, Sequence[Any]]] = {
    "role_arn": [ROLES[0], ROLES[1], ROLES[1], "arn:aws:iam::222222222222:role/r"],
    "user_arn": USERS,
    "unique_id": ["AIDA1", "AROA1"],
    "canonical_user": ["c1"],
    "service_linked_role": [True, False],
    "management_account": [True, False],
}


def statement_of(random: Random, *, principals: bool) -> dict[str, Any]:
    """Return a statement that often speaks of everything, since several types have to allow; with principals, or now and then without."""
    made = statement(random)
    if random.random() < 0.7:
        made["Action" if "Action" in made else "NotAction"] = [random.choice(PATTERNS) for _ in range(random.choice([1, 1, 2]))]
    if random.random() < 0.6:
        made["Condition"] = {}
    if random.random() < 0.4:
        made = {**made, "Effect": "Allow"}
    if not principals:
        return made
    if random.random() < 0.5:
        made = {name: value for name, value in made.items() if name not in ("Resource", "NotResource")}
    return made if random.random() < 0.03 else {**made, **_principals(random)}


def _principals(random: Random) -> dict[str, Any]:
    element = random.choice(["Principal"] * 4 + ["NotPrincipal"])
    if random.random() < 0.2:
        return {element: "*"}
    kinds = {"AWS": random.sample(AWS, random.choice([1, 2, 2, 3, 5]))} if random.random() < 0.85 else {}
    for kind, values in OTHERS.items():
        if random.random() < 0.2:
            kinds[kind] = random.sample(values, random.randint(1, len(values)))
    return {element: kinds}


def document(random: Random, *, principals: bool = False) -> dict[str, Any]:
    """Return a policy document, whose version knows variables."""
    return {
        "Version": "2012-10-17",
        "Statement": [statement_of(random, principals=principals) for _ in range(random.choice([1, 1, 2, 3]))],
    }


def policy_set(random: Random) -> dict[str, Any]:
    """Return a policy-set file: each type is there, empty or absent by chance."""
    plain: Callable[[], Any] = lambda: [document(random) for _ in range(random.choice([0, 1, 1, 2]))]  # noqa: E731 - short, used thrice
    types: dict[str, Any] = {"identity": [document(random), *plain()]}
    for limit in ("permissions_boundary", "session"):
        if random.random() < 0.25:
            types[limit] = plain()
    if random.random() < 0.3:
        types["service_control"] = [plain() for _ in range(random.choice([0, 1, 2, 2]))]
    if random.random() < 0.3:
        types["resource_control"] = [[_for_everybody(document(random)) for _ in range(random.choice([0, 1]))] for _ in range(2)]
    if random.random() < 0.2:
        types["vpc_endpoint"] = [document(random, principals=True) for _ in range(random.choice([0, 1, 2]))]
    named = random.sample(RESOURCES, random.choice([0, 1, 2, 4]))
    return {"policies": types, "resources": {arn: document(random, principals=True) for arn in named}}


def _for_everybody(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, "Statement": [{**each, "Principal": "*"} for each in made["Statement"]]}


def account(beside: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return an export with some of the users and roles that callers may be, and nothing that the policy set has already."""
    bounded = "permissions_boundary" not in beside["policies"]
    boundary = f"{IAM}:policy/boundary"
    users = [{**_entry(arn, "User", boundary, random, bounded=bounded), "GroupList": ["g"]} for arn in USERS if random.random() < 0.8]
    roles = [
        {**_entry(arn, "Role", boundary, random, bounded=bounded), "AssumeRolePolicyDocument": document(random, principals=True)}
        for arn in (random.choice(ROLES[:2]), ROLES[2])
        if arn not in beside["resources"]
    ]
    managed = {"PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": True, "Document": document(random)}], "Arn": boundary}
    return {
        "UserDetailList": users,
        "RoleDetailList": roles,
        "GroupDetailList": [_entry(f"{IAM}:group/g", "Group", boundary, random, bounded=False)],
        "Policies": [managed],
    }


def _entry(arn: str, kind: str, boundary: str, random: Random, *, bounded: bool) -> dict[str, Any]:
    limit = {"PermissionsBoundary": {"PermissionsBoundaryArn": boundary}} if bounded and random.random() < 0.3 else {}
    inline = [{"PolicyName": f"own{number}", "PolicyDocument": document(random)} for number in range(random.choice([0, 1, 2]))]
    attached = [{"PolicyArn": boundary}] if random.random() < 0.2 else []
    return {"Arn": arn, f"{kind}PolicyList": inline, "AttachedManagedPolicies": attached, **limit}


def caller(random: Random) -> Any:
    """Return a caller of any kind; one with an ARN sometimes with what more may be known of it."""
    if random.random() < 0.15:
        return random.choice(WITHOUT_ARN)
    arn = random.choice(ARNS)
    known = {name: random.choice(values) for name, values in KNOWN.items() if random.random() < 0.15}
    return {"arn": arn, **known} if known or random.random() < 0.1 else arn


def asked(written: Sequence[dict[str, Any]], random: Random) -> JsonValue:
    """Return a request that may meet a statement of the policies."""
    statements = [{"Resource": ["*"], **each} for each in random.choice(written)["Statement"]]
    made = request({"Statement": statements}, random)
    assert isinstance(made, dict)
    changes: dict[str, Any] = {"principal": caller(random)}
    if random.random() < 0.9:
        changes["action"] = random.choice(ACTIONS)
    if random.random() < 0.8:
        changes["resource"] = random.choice(ASKED_FOR)
    if random.random() < 0.1:
        changes["resource_in_management_account"] = random.random() < 0.5
    return {**made, **{name: loads(json.dumps(value)) for name, value in changes.items()}}


def units(count: int, seed: int) -> list[Unit]:
    """Return policy sets, a third of them with an account's export, and requests of each."""
    random = Random(seed)
    return [_unit(random) for _ in range(count)]


def _unit(random: Random) -> Unit:
    files = [policy_set(random)]
    if random.random() < 0.35:
        files.append(account(files[0], random))
    documents = list(_documents(files))
    return _loaded(files), [asked(documents, random) for _ in range(REQUESTS)]


def _documents(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every policy document in JSON values."""
    if isinstance(value, dict) and "Statement" in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _documents(each)


def _loaded(files: Sequence[dict[str, Any]]) -> PolicySet:
    with TemporaryDirectory() as folder:
        for number, each in enumerate(files):
            Path(folder, f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
        return load([folder], lenient=True).policies


def set_failures(binary: Binary, count: int, seed: int) -> Iterator[str]:
    """Decide requests by ``count`` policy sets on both engines; yield the question and both answers for each that differs."""
    yield from differing(binary, units(count, seed))


def test_the_engines_answer_random_questions_with_the_same_documents(opa: Binary) -> None:
    assert list(set_failures(opa, UNITS, seed=1)) == []


@pytest.mark.parametrize(
    ("decision", "share"),
    [
        pytest.param("allowed", 0.05, id="allowed"),
        pytest.param("explicitDeny", 0.1, id="explicitDeny"),
        pytest.param("implicitDeny", 0.1, id="implicitDeny"),
        pytest.param("invalid", 0.02, id="invalid"),
    ],
)
def test_every_decision_is_among_the_answers(decision: str, share: float) -> None:
    decisions = Counter(outcome(authorize(policies, each)) for policies, requests in units(UNITS, seed=1) for each in requests)
    assert decisions[decision] > share * decisions.total()


def test_every_type_is_among_the_reasons() -> None:
    """Each type of policy both denies, and lacks an Allow that it should give."""
    reasons = Counter(
        (decision.decision.value, each)
        for policies, requests in units(UNITS, seed=1)
        for decision in (authorize(policies, request) for request in requests)
        for each in decision.denied_by
    )
    types = ["identity", "permissions_boundary", "resource", "service_control", "session", "vpc_endpoint"]
    wanted = {("explicitDeny", each) for each in (*types, "resource_control")} | {("implicitDeny", each) for each in types}
    assert wanted - reasons.keys() == set()
