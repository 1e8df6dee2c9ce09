"""The policies that are measured: AWS's managed ones, copies of them that share nothing, and accounts whose users have them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count as numbers
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from moto.iam.aws_managed_policies import aws_managed_policies_data

from iam2rego.ir.decision import Outcome
from iam2rego.native import authorize
from iam2rego.sources import load
from tests.bench.copies import copied
from tests.bench.questions import ACCOUNT, QUESTIONS

Json: TypeAlias = dict[str, Any]

ATTACHED: Final = (1, 10, 50, 200)
"""How many policies the users of an account have."""

_DECIDING: Final = {"viewer": "ViewOnlyAccess", "deployer": "AmazonECS_FullAccess", "quarantined": "AWSCompromisedKeyQuarantineV3"}
"""The policy that all users of a kind have, also those who have but one."""

_USUAL: Final = (
    "ViewOnlyAccess",
    "AmazonECS_FullAccess",
    "Billing",
    "DatabaseAdministrator",
    "DataScientist",
    "NetworkAdministrator",
    "ReadOnlyAccess",
    "SecurityAudit",
    "SupportUser",
    "SystemAdministrator",
)
"""What users have first: the policies that AWS names for job functions, without the two that allow everything, and one of a service."""

_SEED: Final = 1
_PER_PAGE: Final = 1_000
_OF_OTHERS: Final = 10


@dataclass(frozen=True, slots=True)
class Account:
    """Policies by name, and the names of those that each user has, by the user's name."""

    policies: Mapping[str, Json]
    users: Mapping[str, Sequence[str]]


def account(size: int) -> Account:
    """Return an account of ``size`` policies.

    For every count in `ATTACHED` that it has policies for there are a ``viewer-<count>``, a ``deployer-<count>`` and a
    ``quarantined-<count>`` with so many. Others have the rest: a policy of nobody is not compiled.
    """
    policies = dict(islice(_policies(), size))
    users = {f"{kind}-{count}": _attached(kind, count) for kind in _DECIDING for count in ATTACHED}
    asking = {user: names for user, names in users.items() if policies.keys() >= set(names)}
    spare = [name for name in policies if not any(name in names for names in asking.values())]
    others = {f"other-{start}": spare[start : start + _OF_OTHERS] for start in range(0, len(spare), _OF_OTHERS)}
    return Account(policies, {**asking, **others})


def _attached(kind: str, count: int) -> Sequence[str]:
    """Return what a user of a kind has, in no order: an export has none."""
    deciding = _DECIDING[kind]
    others = [name for name in (*_USUAL, *_silent()) if name != deciding]
    return Random(_SEED).sample([deciding, *others[: count - 1]], count)


def write_export(account: Account, folder: Path) -> None:
    """Write ``account`` as the AWS CLI prints one, in pages: a text has a greatest size."""
    folder.mkdir()
    names = list(account.policies)
    for start in range(0, len(names), _PER_PAGE):
        page = {"Policies": [_policy(name, account.policies[name]) for name in names[start : start + _PER_PAGE]], "IsTruncated": True}
        (folder / f"{start:06}.json").write_text(json.dumps(page), encoding="utf-8")
    last = {"UserDetailList": [_user(name, attached) for name, attached in account.users.items()], "IsTruncated": False}
    (folder / "users.json").write_text(json.dumps(last), encoding="utf-8")


def write_files(policies: Mapping[str, Json], folder: Path) -> None:
    """Write a file for each policy."""
    folder.mkdir()
    for name, document in policies.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")


def managed() -> Mapping[str, Json]:
    """Return the managed policies by name, in an order of their own: those that users have first."""
    documents = _documents()
    first = dict.fromkeys([*_USUAL, *_DECIDING.values(), *_silent()])
    return {name: documents[name] for name in [*first, *(name for name in documents if name not in first)]}


def _policies() -> Iterator[tuple[str, Json]]:
    """Yield policies without end."""
    originals = managed()
    yield from originals.items()
    for number in numbers(2):
        yield from ((f"{name}-{number}", copied(document, number)) for name, document in originals.items())


@cache
def _documents() -> Mapping[str, Json]:
    """Return the managed policies in an arbitrary order, always the same."""
    documents = sorted((name, policy["Document"]) for name, policy in json.loads(aws_managed_policies_data).items())
    Random(_SEED).shuffle(documents)
    return dict(documents)


@cache
def _silent() -> Sequence[str]:
    """Return policies that by themselves leave every request undecided, as many as anybody has beside the usual ones."""
    return list(islice((name for name, document in _documents().items() if _is_silent(document)), ATTACHED[-1] - len(_USUAL)))


def _is_silent(document: Json) -> bool:
    with TemporaryDirectory() as folder:
        file = Path(folder, "policy.json")
        file.write_text(json.dumps(document), encoding="utf-8")
        policies = load([str(file)]).policies
    requests = (question.request("anybody") for question in QUESTIONS.values())
    return all(authorize(policies, request).decision is Outcome.IMPLICIT_DENY for request in requests)


def _policy(name: str, document: Json) -> Json:
    return {
        "PolicyName": name,
        "Arn": f"arn:aws:iam::aws:policy/{name}",
        "PolicyVersionList": [{"Document": document, "VersionId": "v1", "IsDefaultVersion": True}],
    }


def _user(name: str, attached: Sequence[str]) -> Json:
    references = [{"PolicyName": each, "PolicyArn": f"arn:aws:iam::aws:policy/{each}"} for each in attached]
    return {"UserName": name, "Arn": f"arn:aws:iam::{ACCOUNT}:user/{name}", "GroupList": [], "AttachedManagedPolicies": references}
