"""Random account exports: no request contradicts what is proved of them, and whoever shows a difference is among those who have it."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any, Final

import pytest

from iam2rego.cli.shared.asked_about import asked_about
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.native.request import read_request
from iam2rego.proofs.abilities import Contexts, who_can
from iam2rego.proofs.askers import Names
from iam2rego.proofs.inclusion import Answer
from iam2rego.proofs.shares import inclusions
from iam2rego.proofs.verdict import Proved, Refuted
from iam2rego.sources import load
from tests.support import accounts
from tests.support.managed import managed_policies

SEEDS: Final = range(3)
SIZE: Final = accounts.Size(5, 2, 4)
REQUESTS: Final = 250


def changed(export: Any, random: Random) -> Any:
    """An export in which one user has another inline policy, and one role another trust policy."""
    other = deepcopy(export)
    user, role = random.choice(other["UserDetailList"]), random.choice(other["RoleDetailList"])
    user["UserPolicyList"] = [{"PolicyName": "other", "PolicyDocument": accounts.inline_policy(random)}]
    role["AssumeRolePolicyDocument"] = random.choice(other["RoleDetailList"])["AssumeRolePolicyDocument"]
    return other


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[PolicySet, PolicySet]]:
    """Exports before and after a change, with organization policies and the policy of a bucket beside them."""
    names = sorted(managed_policies())
    made = []
    for seed in SEEDS:
        random, folder = Random(seed), tmp_path_factory.mktemp("exports")
        export = accounts.export(SIZE, {name: managed_policies()[name] for name in random.sample(names, 8)}, seed)
        (folder / "beside.json").write_text(dumps(accounts.BESIDE))
        for name, text in (("old", export), ("new", changed(export, random))):
            (folder / f"{name}.json").write_text(dumps(text))
        old, new = (load([str(folder / f"{name}.json"), str(folder / "beside.json")], lenient=True).policies for name in ("old", "new"))
        made.append((old, new))
    return made


def is_allowed(policies: PolicySet, request: JsonValue) -> bool:
    return authorize(policies, request).decision is Outcome.ALLOWED


def answers(new: PolicySet, old: PolicySet) -> list[Answer]:
    return [answer for inclusion in inclusions(new, old) for answer in inclusion.answers()]


def asked(old: PolicySet, new: PolicySet, seed: int) -> Iterator[JsonValue]:
    for policies in (old, new):
        yield from accounts.requests(policies, REQUESTS, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_requests_against_differences(pairs: list[tuple[PolicySet, PolicySet]], seed: int) -> None:
    for new, old in (pairs[seed], pairs[seed][::-1]):
        found, names = answers(new, old), Names([new, old])
        requests = [each.verdict.request for each in found if isinstance(each.verdict, Refuted)]
        assert all(is_allowed(new, each) and not is_allowed(old, each) for each in requests)
        having = {names.of(by) for each in found for by in each.callers}
        showing = [each for each in asked(old, new, seed) if is_allowed(new, each) and not is_allowed(old, each)]
        if all(isinstance(each.verdict, Proved | Refuted) for each in found):
            assert not showing or requests, showing[0]
        exported = {principal.arn for principal in new.attachments.principals}
        told = {caller.arn if caller.arn in exported else caller.role_arn for caller in (read_request(each).caller for each in showing)}
        assert told & exported <= having


def is_as_told(request: dict[str, JsonValue], name: str) -> bool:
    """Say whether what a request says of its caller and of the resource's owner is what `who-can` takes for granted."""
    context = request["context"]
    assert isinstance(context, dict)
    of_caller = {key.lower() for key in context} & {"aws:username", "aws:principalarn", "aws:principalaccount", "aws:principaltype"}
    return not of_caller and (isinstance(request["principal"], str) or name in str(request["principal"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_requests_against_who_can(pairs: list[tuple[PolicySet, PolicySet]], seed: int) -> None:
    policies = pairs[seed][0]
    for action in ("s3:GetObject", "sts:AssumeRole", "sqs:DeleteQueue", "kms:GetKeyPolicy"):
        found = {each.name: each for each in who_can(policies, *asked_about([action], ["*"], "action"))}
        for each in accounts.requests(policies, REQUESTS, seed):
            assert isinstance(each, dict)
            request: JsonValue = {**each, "action": action}
            caller = read_request(request).caller
            ability = next((found[name] for name in (caller.arn, caller.role_arn) if name in found), None)
            if ability is not None and ability.is_known and is_as_told(each, ability.name):
                assert not (ability.contexts is Contexts.NONE and is_allowed(policies, request)), request
                assert not (ability.contexts is Contexts.EVERY and not is_allowed(policies, request)), request
