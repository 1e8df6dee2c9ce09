"""The example of a Terraform plan, from its file to decisions of both engines."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "terraform"
PLAN: Final = EXAMPLE / "plan.json"
PARAMS: Final = ("--params", EXAMPLE / "params.toml")
READER: Final = "arn:aws:sts::111122223333:assumed-role/reader/ann"
REPORT: Final = "arn:aws:s3:::reports-test-111122223333/blue/2026.csv"


def test_a_check_follows_the_attachments(run: Run) -> None:
    done = run("check", PLAN, *PARAMS, "--format", "json")
    assert done.returncode == 0
    assert [json.loads(each).get("message") for each in done.stdout.splitlines()] == [
        "5 policies, 4 attachments of which 3 by reference",
        None,
    ]


def test_the_parameters_that_are_wanted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(PLAN.read_text().replace("111122223333", "x"))
    assert run("params", path).stdout == f'"AWS::AccountId" = ""  # {path}#aws_iam_role.writer\n'
    named = json.loads(run("params", path, "--format", "json").stdout)
    assert named == {"AWS::AccountId": {"place": f"{path}#aws_iam_role.writer", "default": None}}


def test_a_finding_is_shown_in_its_document(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(json.loads(PLAN.read_text().replace("s3:PutObject", "s3:PutObjekt"))))
    done = run("check", path, *PARAMS)
    assert f"{path}#aws_iam_role_policy.write.policy:1:25: warning[IAM502]: no action matches `s3:PutObjekt`" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 400


@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize("engine", ["native", "opa"])
@pytest.mark.parametrize(("encrypted", "decision"), [("true", "allowed"), ("false", "explicitDeny")])
def test_decisions(engine: str, encrypted: str, decision: str, run: Run) -> None:
    question = ("--principal", READER, "--action", "s3:GetObject", "--resource", REPORT, "--context", "aws:PrincipalTag/team=blue")
    done = run("eval", PLAN, *PARAMS, *question, "--context", f"aws:SecureTransport={encrypted}", "--engine", engine, "--format", "json")
    assert json.loads(done.stdout)["decision"] == decision


@pytest.mark.usefixtures("with_opa")
def test_the_scenarios(run: Run) -> None:
    assert run("test", EXAMPLE / "scenarios", *PARAMS).stdout.startswith("4 passed, 0 failed, 4 of 4 with equal decision documents")


def test_a_bundle_has_what_the_plan_makes(run: Run, tmp_path: Path) -> None:
    run("build", PLAN, *PARAMS, "-o", tmp_path / "out").check_returncode()
    attachments = json.loads((tmp_path / "out" / "data.json").read_text())["iam"]["attachments"]
    assert list(attachments["principals"]) == [
        "arn:aws:sts::111122223333:assumed-role/reader/",
        "arn:aws:sts::111122223333:assumed-role/writer/",
    ]


def test_two_plans_are_compared(run: Run, tmp_path: Path) -> None:
    wider = tmp_path / "plan.json"
    wider.write_text(PLAN.read_text().replace('\\"s3:PutObject\\"', '[\\"s3:PutObject\\",\\"s3:DeleteObject\\"]'))
    done = run("diff", PLAN, wider, *PARAMS, "--engine", "native", "--format", "json")
    assert (done.returncode, json.loads(done.stdout).keys()) == (0, {"newly_allowed", "no_longer_allowed"})


def test_a_build_refuses_what_is_known_after_apply(run: Run, tmp_path: Path) -> None:
    content = json.loads(PLAN.read_text())
    (made,) = (each["change"] for each in content["resource_changes"] if each["address"] == "aws_iam_policy.read")
    del made["after"]["policy"]
    made["after_unknown"]["policy"] = True
    (tmp_path / "plan.json").write_text(json.dumps(content))
    done = run("build", tmp_path / "plan.json", *PARAMS, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "plan.json#aws_iam_policy.read.policy: error[IAM621]: the whole document is known after apply; it refers to" in done.stderr
    checked = run("check", tmp_path / "plan.json", *PARAMS)
    assert (checked.returncode, "warning[IAM621]" in checked.stdout) == (1, True)
