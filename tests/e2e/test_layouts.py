"""Layouts on the command line: which one a build takes and says, and what the packed one decides, tests, and is refused."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.cli.shared import compiling
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.layouts import LARGE

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
SCENARIO: Final = {"name": "s", "request": REQUEST, "expect": "allowed"}

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture
def packed(tmp_path: Path, policy: Path, run: Run) -> Path:
    run("build", policy, "--layout", "packed", "-o", tmp_path / "packed").check_returncode()
    return tmp_path / "packed"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param([], "built 1 policy as modules: OUT\n", id="as-usual"),
        pytest.param(["--layout", "packed"], "built 1 policy as tables (packed): OUT\n", id="packed"),
        pytest.param(["--bundle", "b.tar.gz"], "built 1 policy as modules: OUT, b.tar.gz\n", id="archive"),
        pytest.param(["--quiet"], "", id="quiet"),
        pytest.param(["--format", "json"], "", id="json"),
    ],
)
def test_a_build_says_what_it_wrote(run: Run, policy: Path, tmp_path: Path, options: list[str], said: str) -> None:
    options = [str(tmp_path / each) if each.endswith(".gz") else each for each in options]
    done = run("build", policy, "-o", tmp_path / "OUT", *options)
    assert (done.returncode, done.stdout, done.stderr.replace(f"{tmp_path}/", "")) == (0, "", said)


@pytest.mark.parametrize(
    ("size", "options", "layout"),
    [
        pytest.param(LARGE, [], "modules", id="up-to-the-limit"),
        pytest.param(LARGE + 1, [], "packed", id="beyond"),
        pytest.param(LARGE + 1, ["--layout", "modules"], "modules", id="as-the-user-says"),
    ],
)
def test_the_size_of_the_sources_chooses_the_layout(
    run: Run, policy: Path, tmp_path: Path, size: int, options: list[str], layout: str
) -> None:
    small = policy.read_bytes()
    sources = [tmp_path / "first.json", tmp_path / "second.json"]
    sources[0].write_bytes(small)
    sources[1].write_bytes(small + b" " * (size - 2 * len(small)))
    for command, output in (("build", tmp_path / "built"), ("bundle", tmp_path / "bundle.tar.gz")):
        run(command, *sources, *options, "-o", output).check_returncode()
    manifests = [tmp_path / "built" / ".manifest", _unpacked(tmp_path / "bundle.tar.gz") / ".manifest"]
    assert [json.loads(each.read_text())["metadata"]["iam2rego"]["layout"] for each in manifests] == [layout, layout]


def _unpacked(archive: Path) -> Path:
    folder = archive.parent / "unpacked"
    folder.mkdir()
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
    return folder


def test_a_packed_build_has_no_module_of_a_policy_and_says_what_it_is(packed: Path, opa: Binary) -> None:
    subprocess.run([opa.path, "check", "--strict", "--bundle", packed], check=True)
    assert sorted(each.name for each in (packed / "iam").iterdir()) == ["authz", "lib"]
    assert json.loads((packed / ".manifest").read_text())["metadata"]["iam2rego"]["layout"] == "packed"


def test_more_statements_than_modules_should_have_are_refused(
    run: Run, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iam2rego.cli.shared.compiling.MOST_AS_MODULES", 0)
    done = run("build", policy, "-o", tmp_path / "out")
    assert (done.returncode, done.stdout, (tmp_path / "out").exists()) == (2, "", False)
    assert "IAM619" in done.stderr
    assert "write them with --layout packed" in done.stderr
    assert run("build", policy, "-o", tmp_path / "out", "--layout", "packed").returncode == 0


def test_it_is_asked_as_any_other(packed: Path, opa: Binary) -> None:
    with serve(opa, packed) as client:
        assert client.decide("iam", dict(REQUEST)).allow is True


def test_it_repeats_itself_without_the_cache(
    run: Run, policy: Path, packed: Path, snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "cache_folder", lambda: None)
    run("build", policy, "--layout", "packed", "-o", tmp_path / "again").check_returncode()
    assert snapshot(tmp_path / "again") == snapshot(packed)


def test_the_cache_knows_the_layouts_apart(run: Run, policy: Path, packed: Path, built: Path) -> None:
    assert run("build", policy, "--layout", "packed", "--check", "-o", packed).returncode == 0
    assert run("build", policy, "--check", "-o", built).returncode == 0
    assert run("build", policy, "--check", "-o", packed).returncode == 1


def test_an_output_is_checked_in_the_layout_that_it_has(run: Run, policy: Path, packed: Path) -> None:
    report = json.loads(run("conform", policy, "--rego", packed, "--format", "json").stdout)
    assert (report["freshness"], report["disagreements"]) == ("current", [])


def test_a_table_that_says_something_else_is_found_out(run: Run, policy: Path, packed: Path) -> None:
    data = packed / "data.json"
    data.write_text(data.read_text().replace('"getobject"', '"putobject"'))
    done = run("conform", policy, "--rego", packed, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["freshness"]) == (1, "edited")
    assert report["disagreements"]


def test_scenarios_are_run_in_either_layout(run: Run, tmp_path: Path, policy: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps({**SCENARIO, "policies": {"identity": [json.loads(policy.read_text())]}}))
    assert run("test", file, "--layout", "packed").returncode == 0


def test_random_policies_are_asked_in_either_layout(run: Run) -> None:
    done = run("fuzz", "--count", "20", "--layout", "packed")
    assert (done.returncode, done.stderr) == (0, "")
