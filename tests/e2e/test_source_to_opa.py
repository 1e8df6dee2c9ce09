"""Templates, an application of the CDK and a plan, each from its file to a bundle, to an OPA with it, to the decisions of its example.

A wrong action in each is found at its line and column.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.opa.binary import Binary
from tests.support.servers import started

Run: TypeAlias = Callable[..., CompletedProcess[str]]

EXAMPLES: Final = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("layout", ["modules", "packed"])
@pytest.mark.parametrize("example", ["cloudformation", "cdk", "sam", "terraform"])
def test_the_bundle_of_an_example_decides_its_scenarios(example: str, layout: str, run: Run, opa: Binary, tmp_path: Path) -> None:
    folder = EXAMPLES / example / "scenarios"
    scenarios = json.loads((folder / "reports.json").read_text("utf-8"))
    sources = [folder / each for each in scenarios[0]["sources"]]
    bundle = tmp_path / "bundle.tar.gz"
    words = "--params", EXAMPLES / example / "params.toml", "--layout", layout
    run("build", *sources, *words, "-o", tmp_path / "out", "--bundle", bundle).check_returncode()
    with started(opa, "--bundle", bundle) as client:
        decisions = [client.decide("iam", each["request"]).decision.decision for each in scenarios]
    assert decisions == [each["expect"] for each in scenarios]
    assert {"allowed", "explicitDeny"} <= set(decisions)


PLACES: Final = [
    pytest.param("cloudformation", "template.yaml", "s3:PutObject,", "s3:Put*Objekt,", ":68:41: ", id="template"),
    pytest.param("cdk", "cdk.out/reports.template.json", "s3:Abort*", "s3:Abord*", ":191:9: ", id="cdk"),
    pytest.param("sam", "template.yaml", "s3:GetObject,", "s3:Get*Objekt,", ":5:3: ", id="sam"),
    pytest.param("terraform", "plan.json", "s3:PutObject", "s3:Put*Objekt", "#aws_iam_role_policy.write.policy:1:25: ", id="plan"),
]


@pytest.mark.parametrize(("example", "file", "right", "wrong", "place"), PLACES)
def test_a_finding_has_its_place(example: str, file: str, right: str, wrong: str, place: str, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / example
    shutil.copytree(EXAMPLES / example, copy)
    text = (copy / file).read_text("utf-8")
    assert right in text
    (copy / file).write_text(text.replace(right, wrong), encoding="utf-8")
    source = copy / Path(file).parts[0]
    done = run("check", source, "--params", copy / "params.toml", "--select", "IAM502")
    assert f"{copy / file}{place}warning[IAM502]: no action matches `{wrong.rstrip(',')}`" in done.stdout.splitlines()
