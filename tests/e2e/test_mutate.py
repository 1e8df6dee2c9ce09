"""What `mutate` prints of outputs that were made wrong on purpose, and its status."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias
from xml.etree import ElementTree

import pytest

from iam2rego.opa.binary import Binary

Run: TypeAlias = Callable[..., CompletedProcess[str]]

ALLOW: Final = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture
def repeating(tmp_path: Path) -> Path:
    """A set whose boundary says the same twice: no decision tells of it when one statement is lost."""
    document = {"Version": "2012-10-17", "Statement": [ALLOW]}
    boundary = {"Version": "2012-10-17", "Statement": [ALLOW, ALLOW]}
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"policies": {"identity": [document], "permissions_boundary": [boundary]}}))
    return path


def test_requests_find_every_wrong_output(run: Run, policy: Path, opa: Binary) -> None:
    done = run("mutate", policy)
    assert (done.returncode, done.stderr) == (0, "")
    first, *operators = done.stdout.splitlines()
    assert first.startswith("1 policy, 7 mutants: 7 killed, 0 equivalent, 0 survived ")
    assert first.endswith(f"(OPA {opa.version}, seed 0)")
    assert "  flip an effect: 1 of 1 killed" in operators


def test_a_survivor_is_shown_with_its_place(run: Run, repeating: Path) -> None:
    done = run("mutate", repeating)
    assert (done.returncode, done.stderr) == (1, "")
    assert "survived: lose an alternative, module permissions_boundary_0_, line 7\n" in done.stdout
    assert '\n  - # "Statement 1" allow contains 1 if input.action == "s3:getobject"\n  + \n' in done.stdout


def listing(run: Run, repeating: Path, tmp_path: Path, **changed: object) -> Path:
    """Return a file that lists the survivors of the set, the first of them ``changed``."""
    report = json.loads(run("mutate", repeating, "--format", "json").stdout)
    first, *others = [{**each, "reason": "the boundary says it twice"} for each in report["survived"]]
    path = tmp_path / "equivalent.toml"
    tables = ["\n".join(f"{name} = {json.dumps(value)}" for name, value in each.items()) for each in ({**first, **changed}, *others)]
    path.write_text("".join(f"[[mutant]]\n{table}\n" for table in tables))
    return path


def test_survivors_that_are_listed_as_equivalent_are_no_findings(run: Run, repeating: Path, tmp_path: Path) -> None:
    listed = listing(run, repeating, tmp_path)
    done = run("mutate", repeating, "--equivalent", listed, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (report["survived"], report["listed_but_killed"]) == ([], [])
    assert report["mutants"] == report["killed"] + report["equivalent"] > report["killed"]


def test_what_is_listed_but_no_survivor_is_a_finding(run: Run, repeating: Path, tmp_path: Path) -> None:
    listed = listing(run, repeating, tmp_path, line=99)
    done = run("mutate", repeating, "--equivalent", listed)
    assert (done.returncode, done.stderr) == (1, "")
    assert "listed as equivalent, but it did not survive: change a literal, module permissions_boundary_0_, line 99\n" in done.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("[[mutant]", "this is not TOML", id="no TOML"),
        pytest.param('[[mutant]]\nmodule = "m"\n', "`mutant.0.line`: field required", id="a member is missing"),
        pytest.param("mutants = []\n", "`mutant`: field required", id="another table"),
    ],
)
def test_a_list_of_another_form_is_refused(run: Run, policy: Path, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "equivalent.toml"
    path.write_text(text)
    done = run("mutate", policy, "--equivalent", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_the_report_in_json(run: Run, repeating: Path, opa: Binary) -> None:
    done = run("mutate", repeating, "--format", "json", "--seed", "3")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert (report["opa_version"], report["seed"], report["policies"]) == (opa.version, 3, 2)
    assert report["mutants"] == report["killed"] + len(report["survived"]) == sum(each["mutants"] for each in report["operators"].values())
    assert set(report["survived"][0]) == {"operator", "module", "line", "before", "after"}


def test_the_report_in_junit(run: Run, repeating: Path) -> None:
    done = run("mutate", repeating, "--format", "junit")
    suite = ElementTree.fromstring(done.stdout)[0]
    assert (done.returncode, suite.get("name")) == (1, "iam2rego mutate")
    assert suite.get("tests") == suite.get("failures") != "0"
