"""Parts on both sides: of a seeded slice of the AWS managed policies, and in the lines that OPA evaluates (`make prove` takes all)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final, TypeVar

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iam2rego.conformance.conform import conform
from iam2rego.coverage.cover import Subject, cover
from iam2rego.coverage.model import Coverage, PartCoverage, PartKind
from iam2rego.coverage.observe import Place, observe
from iam2rego.coverage.parts import Located, parts_of
from iam2rego.coverage.rules import traced
from iam2rego.ir.node import Node
from iam2rego.ir.policy import Policy, PolicySet, PolicyType, Statement, identity_policies
from iam2rego.opa.binary import Binary
from iam2rego.questions import base
from iam2rego.sources import load

NodeT = TypeVar("NodeT", bound=Node)

SEED: Final = 24
POLICIES: Final = 20
SEARCHED: Final = 2_000
"""A fifth of what `make prove` searches."""

PUT: Final = {"Effect": "Allow", "Action": ["s3:Put*", "s3:Get*"], "Resource": "*"}
BY_TAG: Final = {"StringEquals": {"aws:PrincipalTag/t": "${aws:username}"}}
OWN: Final = {"Effect": "Allow", "Action": "s3:List*", "Resource": "*", "Condition": BY_TAG}


@dataclass(frozen=True)
class Covered:
    """A part of a statement of a policy, and what was found of it."""

    policy: Policy
    index: int
    located: Located
    found: PartCoverage

    @property
    def tells(self) -> bool:
        """Whether the decisions of the policy tell the two requests of the pair apart."""
        return _tells(self.policy, self.index, self.found)

    @property
    def tells_without(self) -> bool:
        """Whether they still do where the part is left out of the policy."""
        statements = list(self.policy.document.statements)
        statements[self.index] = _without(statements[self.index], self.located)
        document = self.policy.document.model_copy(update={"statements": tuple(statements)})
        return _tells(self.policy.model_copy(update={"document": document}), self.index, self.found)


def _tells(policy: Policy, index: int, found: PartCoverage) -> bool:
    assert found.pair is not None
    alone, place = identity_policies((policy,)), Place(policy.name, index)
    return place in observe(alone, found.pair.applies).applied and place in observe(alone, found.pair.misses).not_applied


def _without(statement: Statement, located: Located) -> Statement:
    """Leave out an entry or a value, or else the whole condition."""
    match located.kind:
        case PartKind.ACTION:
            return statement.model_copy(update={"actions": _shorter(statement.actions, "entries", located.place)})
        case PartKind.RESOURCE:
            return statement.model_copy(update={"resources": _shorter(statement.resources, "entries", located.place)})
        case PartKind.VALUE:
            changed = _shorter(statement.conditions[located.place], "values", located.value)
            conditions = (*statement.conditions[: located.place], changed, *statement.conditions[located.place + 1 :])
            return statement.model_copy(update={"conditions": conditions})
        case _:
            return _shorter(statement, "conditions", located.place)


def _shorter(node: NodeT, member: str, place: int) -> NodeT:
    items = getattr(node, member)
    return node.model_copy(update={member: (*items[:place], *items[place + 1 :])})


@pytest.fixture(scope="module", name="managed")
def _managed(tmp_path_factory: pytest.TempPathFactory) -> list[Covered]:
    folder = tmp_path_factory.mktemp("managed")
    policies = json.loads(aws_managed_policies_data)
    for name in Random(SEED).sample(sorted(policies), POLICIES):
        (folder / f"{name}.json").write_text(json.dumps(policies[name]["Document"]), encoding="utf-8")
    return list(_covered(folder))


def _covered(folder: Path) -> Iterator[Covered]:
    for policy in load([str(folder)]).policies.policies:
        alone = identity_policies((policy,))
        for index, statement in enumerate(policy.document.statements):
            found = cover(Subject(alone, policy, PolicyType.IDENTITY, index), base(statement), seed=SEED, count=SEARCHED)
            yield from (Covered(policy, index, *each) for each in zip(parts_of(statement), found, strict=True))


def test_nearly_all_feasible_parts_of_managed_policies_have_a_pair(managed: list[Covered]) -> None:
    feasible = [each for each in managed if each.found.infeasible is None]
    assert sum(each.found.pair is not None for each in feasible) >= len(feasible) * 0.99 > 0


def test_pairs_are_told_apart_by_their_part_alone(managed: list[Covered]) -> None:
    shown = [each for each in managed if each.found.pair]
    assert all(each.tells for each in shown)
    assert not any(each.tells_without for each in shown)


@pytest.fixture(name="policies")
def _policies(tmp_path: Path) -> PolicySet:
    (tmp_path / "p.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [PUT, OWN]}), encoding="utf-8")
    return load([str(tmp_path)]).policies


@pytest.fixture(name="coverage")
def _coverage(policies: PolicySet, opa: Binary) -> Coverage:
    return conform(policies, seed=SEED, binary=opa, extra=(), progress=lambda _done, _of: None).coverage


def test_pairs_evaluate_every_line_of_the_module(policies: PolicySet, coverage: Coverage, opa: Binary) -> None:
    (policy,) = traced(coverage, policies, opa).detail
    assert policy.rules is not None
    assert policy.rules.file == "iam/policies/p.rego"
    assert len(policy.rules.covered) > len(policies.policies[0].document.statements)
    assert policy.rules.not_covered == ()


def test_lines_that_no_pair_evaluates_are_told(policies: PolicySet, coverage: Coverage, opa: Binary) -> None:
    """With the pairs of the first statement alone, a line of the second is not evaluated: that of its condition."""
    first = replace(coverage, detail=tuple(replace(each, statements=each.statements[:1]) for each in coverage.detail))
    (policy,) = traced(first, policies, opa).detail
    assert policy.rules is not None
    assert policy.rules.covered
    assert policy.rules.not_covered
