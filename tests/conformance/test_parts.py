"""Parts on both sides: of a seeded slice of the AWS managed policies, and in the lines that OPA evaluates (`make prove` takes all)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iam2rego.conformance.conform import conform
from iam2rego.conformance.coverage.cover import Subject, cover
from iam2rego.conformance.coverage.model import Coverage, PartCoverage
from iam2rego.conformance.coverage.rules import traced
from iam2rego.conformance.generate import base
from iam2rego.ir.policy import PolicySet, PolicyType, identity_policies
from iam2rego.opa.binary import Binary
from iam2rego.sources import load

SEED: Final = 24
POLICIES: Final = 20
SEARCHED: Final = 2_000
"""A fifth of what `make prove` searches."""

PUT: Final = {"Effect": "Allow", "Action": ["s3:Put*", "s3:Get*"], "Resource": "*"}
BY_TAG: Final = {"StringEquals": {"aws:PrincipalTag/t": "${aws:username}"}}
OWN: Final = {"Effect": "Allow", "Action": "s3:List*", "Resource": "*", "Condition": BY_TAG}


def covered(folder: Path) -> Iterator[PartCoverage]:
    for policy in load([str(folder)]).policies.policies:
        alone = identity_policies((policy,))
        for index, statement in enumerate(policy.document.statements):
            yield from cover(Subject(alone, policy, PolicyType.IDENTITY, index), base(statement), seed=SEED, count=SEARCHED)


def test_managed_policies(tmp_path: Path) -> None:
    policies = json.loads(aws_managed_policies_data)
    for name in Random(SEED).sample(sorted(policies), POLICIES):
        (tmp_path / f"{name}.json").write_text(json.dumps(policies[name]["Document"]), encoding="utf-8")
    parts = list(covered(tmp_path))
    feasible = [part for part in parts if part.infeasible is None]
    assert sum(part.pair is not None for part in feasible) >= len(feasible) * 0.99 > 0


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
