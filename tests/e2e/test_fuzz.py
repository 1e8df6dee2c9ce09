"""What `fuzz` prints, saves and refuses; what it finds is tested in conformance/."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias
from xml.etree import ElementTree

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.reading import patterns

Run: TypeAlias = Callable[..., CompletedProcess[str]]

FEW: Final = ("fuzz", "--count", "40", "--seed", "5")

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture
def planted() -> Iterator[pytest.MonkeyPatch]:
    """A compiler whose patterns match nothing, until this is undone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patterns, "glob", lambda *_pieces, **_by_field: "")
        yield patch


def test_the_report_in_json(run: Run, opa: Binary) -> None:
    done = run(*FEW, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert [report[name] for name in ("opa_version", "seed", "sets", "disagreements")] == [opa.version, 5, 1, []]
    assert report["requests"] == report["agreements"] == sum(report["decisions"].values()) == 40
    assert max(report["drawn"].values()) <= 40
    assert report["requests_per_second"].keys() == {"native", "opa", "bare"}


def test_the_report_in_text(run: Run, opa: Binary) -> None:
    done = run(*FEW)
    first, second, third, fourth = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first.startswith("1 random policy set of ")
    assert first.endswith(" 40 requests, 0 disagreements")
    assert f"(OPA {opa.version}, seed 5)" in second
    assert third.startswith("among them ")
    assert fourth.startswith("native ")


def test_a_single_request_is_enough(run: Run) -> None:
    done = run("fuzz", "--count", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert " 1 request, 0 disagreements" in done.stdout


def test_the_report_in_junit(run: Run) -> None:
    suite = ElementTree.fromstring(run(*FEW, "--format", "junit").stdout)[0]
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("iam2rego fuzz", "1", "0")


def test_a_disagreement_is_saved_as_a_scenario_on_which_the_engines_agree_once_it_is_mended(
    run: Run, planted: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = run("fuzz", "--count", "2000", "--save", tmp_path / "found")
    (file,) = (tmp_path / "found").iterdir()
    assert (done.returncode, done.stderr) == (1, f"saved as {file}\n")
    assert f"iam2rego test {file}" in done.stdout
    assert "0 of 1 with equal decision documents" in run("test", file).stdout
    planted.undo()
    assert "1 of 1 with equal decision documents" in run("test", file).stdout


@pytest.mark.usefixtures("planted")
def test_a_disagreement_comes_with_a_command_that_shows_it(run: Run) -> None:
    (found,) = json.loads(run("fuzz", "--count", "2000", "--format", "json").stdout)["disagreements"]
    assert found["native"] != found["opa"]
    assert found["replay"].endswith(" | iam2rego test -")
    assert "0 of 1 with equal decision documents" in run("test", "-", stdin=json.dumps(found["scenario"])).stdout


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--count", "0"), id="nothing"),
        pytest.param(("policy.json",), id="sources"),
        pytest.param(("--save", __file__), id="a-file-to-save-in"),
    ],
)
def test_what_cannot_be_used_is_refused(run: Run, words: tuple[str, ...]) -> None:
    done = run("fuzz", *words)
    assert (done.returncode, done.stdout) == (2, "")


def test_without_hypothesis_the_command_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.startswith("iam2rego.fuzz")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    done = run(*FEW)
    assert (done.returncode, done.stdout) == (2, "")
    assert "iam2rego[random]" in done.stderr
