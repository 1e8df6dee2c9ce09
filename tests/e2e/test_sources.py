"""Several sources, and templates with names that nothing tells, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final

import pytest

Run = Callable[..., CompletedProcess[str]]

POLICY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
TEMPLATE: Final = """\
Resources:
  Known:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::b/*"}}
  Unknown:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Version: 2012-10-17, Statement: {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}}
  Queue: {Type: AWS::SQS::Queue}
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_the_sums_of_several_sources(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(POLICY, encoding="utf-8")
    sources = [str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    sums = "".join(f"{each}: 1 policy\n" for each in sources)
    assert run("check", *sources).stderr == sums
    assert run("check", *sources, "--quiet").stderr == ""
    assert run("check", sources[0]).stderr == ""
    built = run("build", *sources, "-o", tmp_path / "out")
    assert built.stderr.startswith(sums)
    assert run("build", *sources, "-o", tmp_path / "out", "--format", "json").stderr == ""


@pytest.mark.parametrize(
    ("words", "status"),
    [pytest.param([], 2, id="whole"), pytest.param(["--partial"], 0, id="partial"), pytest.param(["--assume-names"], 0, id="assumed")],
)
def test_a_check_of_a_template_that_needs_a_name(words: list[str], status: int, run: Run, template: Path) -> None:
    assert run("check", template, *words).returncode == status


def test_nothing_is_invented_in_a_build(run: Run, template: Path, tmp_path: Path) -> None:
    done = run("build", template, "--assume-names", "-o", tmp_path / "out")
    assert (done.returncode, "No such option" in done.stderr, (tmp_path / "out").exists()) == (2, True, False)


def test_a_decision_with_invented_names(run: Run, template: Path) -> None:
    request = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x", "context": {}}
    done = run("eval", template, "--assume-names", "--engine", "native", "--request", "-", "--format", "json", stdin=json.dumps(request))
    assert done.returncode == 0
