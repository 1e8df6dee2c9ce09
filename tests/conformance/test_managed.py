"""A seeded slice of the AWS managed policies: the engines decide all requests made from them alike (`make prove` takes more)."""

import json
from random import Random
from typing import Final

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iam2rego.conformance.conform import conform
from iam2rego.conformance.run import ConformReport
from iam2rego.opa.binary import Binary
from iam2rego.sources import load
from tests.support.slices import LAYOUTS

SEED: Final = 385
POLICIES: Final = 10
SEEN_BOTH_WAYS: Final = 0.98


@pytest.fixture(scope="module", params=LAYOUTS)
def report(opa: Binary, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> ConformReport:
    folder = tmp_path_factory.mktemp("managed")
    managed = json.loads(aws_managed_policies_data)
    for name in Random(SEED).sample(sorted(managed), POLICIES):
        (folder / f"{name}.json").write_text(json.dumps(managed[name]["Document"]), encoding="utf-8")
    policies = load([str(folder)]).policies
    return conform(policies, seed=SEED, binary=opa, extra=(), progress=lambda _done, _of: None, layout=request.param)


def test_the_engines_agree_on_every_request(report: ConformReport) -> None:
    assert report.disagreements == ()
    assert report.agreements == report.requests


def test_statements_are_seen_to_apply_and_not_to(report: ConformReport) -> None:
    assert report.coverage.applied >= report.coverage.statements * SEEN_BOTH_WAYS
    assert report.coverage.not_applied >= report.coverage.statements * SEEN_BOTH_WAYS


def test_parts_are_seen_to_decide(report: ConformReport) -> None:
    feasible = report.coverage.parts - report.coverage.infeasible
    assert report.coverage.flipped >= feasible * 0.99 > 0


@pytest.mark.parametrize("decision", ["allowed", "implicitDeny", "invalid"])
def test_decisions_of_each_kind_occur(report: ConformReport, decision: str) -> None:
    assert report.decisions[decision] > 0


def test_a_folder_report_counts_what_it_read(report: ConformReport) -> None:
    assert report.policies == POLICIES
    assert report.coverage.statements == report.statements
