"""Every form of source is one that can be checked, built, decided by, compared and asked: a change of it allows what it did not before."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final

import pytest

Run = Callable[..., CompletedProcess[str]]
Sources = tuple[list[str | Path], list[str | Path]]

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
ROLE: Final = "arn:aws:iam::111122223333:role"
SESSION: Final = "arn:aws:sts::111122223333:assumed-role"
CDK_WRITER: Final = "reports-Writer3ED51D24-1a2B3c4D5e6F"
USER: Final = "arn:aws:iam::111122223333:user/ben"
DOCUMENT: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
YAML: Final = "Version: 2012-10-17\nStatement: {Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*'}\n"
ANY: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
SET: Final = {"policies": {"identity": [DOCUMENT], "permissions_boundary": [ANY]}}


@dataclass(frozen=True)
class Form:
    """Sources, a change of them, and who can do something only after it.

    Attributes:
        files: paths of files and folders below `examples`, or texts by the names of the files that have them.
        changed: a text of the files, and what takes its place.
        asks: an action and a resource.
        who: who can do that after the change, and the principal of requests.
    """

    files: list[str] | dict[str, Any]
    changed: tuple[str, str]
    asks: tuple[str, str]
    who: tuple[str, str]
    options: tuple[str | Path, ...] = ()


def params(folder: str) -> tuple[str | Path, ...]:
    return "--params", EXAMPLES / folder / "params.toml"


READ: Final = ("s3:GetObject", "s3:GetObject*"), ("s3:GetObjectAcl", "arn:aws:s3:::b/x"), ("", USER)
WRITE: Final = ("s3:PutObject", "s3:PutObject*"), ("s3:PutObjectAcl", "arn:aws:s3:::reports-test-111122223333/x")
FORMS: Final = {
    "a policy": Form({"p.json": json.dumps(DOCUMENT)}, *READ),
    "a policy in YAML": Form({"p.yaml": YAML}, *READ),
    "a policy set": Form({"set.json": json.dumps(SET)}, *READ),
    "an export of an account": Form(
        ["account/account.json", "account/organization.json"],
        ('["ecs:*", "s3:*"]', '["ecs:*", "s3:*", "sqs:*"]'),
        ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q"),
        (USER, USER),
    ),
    "what the AWS CLI prints": Form(
        ["aws_cli/role.json", "aws_cli/role-policy.json"],
        ("s3:PutObject", "s3:PutObject*"),
        ("s3:PutObjectAcl", "arn:aws:s3:::reports/x"),
        (f"{ROLE}/reports", f"{SESSION}/reports/x"),
    ),
    "a template": Form(["cloudformation/template.yaml"], *WRITE, (f"{ROLE}/writer", f"{SESSION}/writer/x"), params("cloudformation")),
    "an application of the CDK": Form(
        ["cdk/cdk.out"],
        ("s3:PutObjectTagging", "s3:DeleteObject"),
        ("s3:DeleteObject", "arn:aws:s3:::reports-111122223333/x"),
        (f"{ROLE}/{CDK_WRITER}", f"{SESSION}/{CDK_WRITER}/x"),
        params("cdk"),
    ),
    "a template of SAM": Form(
        ["sam/template.yaml", "sam/aws-managed.json"],
        ("s3:GetObject, Resource", "s3:PutObject, Resource"),
        ("s3:GetObject", "arn:aws:s3:::reports/draft-1"),
        (f"{ROLE}/summary-role", f"{SESSION}/summary-role/x"),
        params("sam"),
    ),
    "a plan of Terraform": Form(["terraform/plan.json"], *WRITE, (f"{ROLE}/writer", f"{SESSION}/writer/x"), params("terraform")),
}


@pytest.fixture(params=FORMS.values(), ids=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    form = request.param
    assert isinstance(form, Form)
    return form


def put(form: Form, file: str, folder: Path) -> Path:
    """Put a file or folder of the form into a folder, and return its path there."""
    path = folder / Path(file).name
    if isinstance(form.files, dict):
        path.write_text(form.files[file], encoding="utf-8")
    elif (EXAMPLES / file).is_dir():
        shutil.copytree(EXAMPLES / file, path)
    else:
        shutil.copyfile(EXAMPLES / file, path)
    return path


def texts(folder: Path) -> list[str]:
    return [each.read_text("utf-8") for each in sorted(folder.rglob("*")) if each.is_file()]


@pytest.fixture
def sources(form: Form, tmp_path: Path) -> Sources:
    """The sources before and after the change."""
    made = []
    for name, change in (("before", ("", "")), ("after", form.changed)):
        (tmp_path / name).mkdir()
        made.append([put(form, each, tmp_path / name) for each in form.files])
        for path in filter(Path.is_file, (tmp_path / name).rglob("*")):
            path.write_text(path.read_text("utf-8").replace(*change) if change[0] else path.read_text("utf-8"), encoding="utf-8")
    assert texts(tmp_path / "before") != texts(tmp_path / "after")
    before, after = made
    return [*before], [*after]


def test_it_is_checked_and_built(form: Form, sources: Sources, run: Run, tmp_path: Path) -> None:
    for each in sources:
        assert run("check", *each, *form.options).returncode in (0, 1)
        assert run("build", *each, *form.options, "-o", tmp_path / "out").returncode == 0
        assert list((tmp_path / "out").rglob("*.rego"))
        shutil.rmtree(tmp_path / "out")


def test_its_policies_are_listed(form: Form, sources: Sources, run: Run) -> None:
    before, after = (json.loads(run("list", *each, *form.options, "--format", "json").stdout)["policies"] for each in sources)
    assert {each["outcome"] for each in before} <= {"read", "not_attached"}
    assert [each["name"] for each in before] == [each["name"] for each in after]
    assert [each["document"] for each in before] != [each["document"] for each in after]


def test_it_decides(form: Form, sources: Sources, run: Run) -> None:
    action, resource = form.asks
    question = "--principal", form.who[1], "--action", action, "--resource", resource, "--context", "aws:RequestedRegion=eu-west-1"
    answers = [run("eval", *each, *form.options, *question, "--engine", "native", "--format", "json").stdout for each in sources]
    assert [json.loads(each)["decision"] == "allowed" for each in answers] == [False, True]


def test_it_is_compared(form: Form, sources: Sources, run: Run) -> None:
    before, after = (each[0].parent if len(each) > 1 else each[0] for each in map(list[Path], sources))
    compared = [run("diff", before, each, *form.options, "--engine", "native", "--fail-on", "new-access") for each in (before, after)]
    assert [each.returncode for each in compared] == [0, 1]
    assert form.asks[0].split(":")[0] in compared[1].stdout


def test_it_says_who_can(form: Form, sources: Sources, run: Run) -> None:
    answers = [run("who-can", *form.asks, *each, *form.options, "--engine", "native").stdout for each in sources]
    assert [form.who[0] in each.split("in no context")[0] and "Allow by" in each for each in answers] == [False, True]
