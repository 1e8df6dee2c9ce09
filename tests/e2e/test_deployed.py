"""`conform` against what is deployed: an output built earlier, or a gateway that runs, beside what the sources make now."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias
from xml.etree import ElementTree

import pytest

from iam2rego.cli.shared import revision
from iam2rego.opa.binary import Binary
from tests.e2e.deployed import deployed, grow, make_older, nothing

Run: TypeAlias = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("with_opa")


def rename_revision(built: Path, _: Path) -> None:
    manifest = built / ".manifest"
    manifest.write_text(manifest.read_text().replace(json.loads(manifest.read_text())["revision"], "v12"))


def edit(built: Path, _: Path) -> None:
    """Change a module, but nothing that it decides."""
    with (built / "iam" / "lib" / "fast_path.rego").open("a") as module:
        module.write("\n# edited\n")


def add(built: Path, _: Path) -> None:
    (built / "iam" / "more.rego").write_text("package iam.lib.more\n")


def lose_manifest(built: Path, _: Path) -> None:
    (built / ".manifest").unlink()


FRESHNESS: Final = [
    pytest.param(nothing, "current", "revision ", 0, id="current"),
    pytest.param(grow, "stale", "sources, options and compiler now make", 1, id="sources-changed"),
    pytest.param(make_older, "stale", f"revision {'0' * 64}, and", 1, id="another-revision"),
    pytest.param(edit, "edited", "other files: iam/lib/fast_path.rego", 1, id="edited"),
    pytest.param(add, "edited", "other files: iam/more.rego", 1, id="a-file-more"),
    pytest.param(rename_revision, "unknown", "revision v12, which is not a revision of iam2rego", 0, id="a-revision-of-others"),
    pytest.param(lose_manifest, "unknown", "has no revision", 0, id="no-manifest"),
]


@pytest.mark.parametrize(("change", "freshness", "reason", "status"), FRESHNESS)
def test_how_an_earlier_output_stands(
    run: Run, policy: Path, built: Path, change: Callable[[Path, Path], None], freshness: str, reason: str, status: int
) -> None:
    change(built, policy)
    done = run("conform", policy, "--rego", built, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["disagreements"]) == (status, "", [])
    assert report["freshness"] == freshness
    assert reason in report["freshness_reason"]


def test_a_folder_that_holds_no_rego_is_refused(run: Run, policy: Path, tmp_path: Path) -> None:
    done = run("conform", policy, "--rego", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{tmp_path}` holds no Rego: name a folder that `build` wrote" in done.stderr


def test_the_output_of_another_version_is_stale(run: Run, policy: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "__version__", "99.0.0")
    done = run("conform", policy, "--rego", built, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["freshness"]) == (1, "stale")


@pytest.mark.parametrize("options", [("--no-labels",), ("--package", "company.iam")], ids=["no-labels", "package"])
def test_an_output_by_other_options_is_current(run: Run, policy: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """`conform` takes the same options, and finds out by itself whether rules were to carry labels."""
    run("build", policy, "-o", tmp_path / "o", *options).check_returncode()
    kept = () if "--no-labels" in options else options
    done = run("conform", policy, "--rego", tmp_path / "o", *kept, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["freshness"]) == (0, "current")


SERVED: Final = [
    pytest.param(nothing, "current", "has revision ", 0, id="current"),
    pytest.param(grow, "stale", "sources, options and compiler now make", 1, id="sources-changed"),
    pytest.param(make_older, "stale", f"revision {'0' * 64}, and", 1, id="another-revision"),
    pytest.param(rename_revision, "unknown", "has revision v12, which is not a revision of iam2rego", 0, id="a-revision-of-others"),
]


@pytest.mark.parametrize(("change", "freshness", "reason", "status"), SERVED)
def test_how_a_running_opa_stands(
    run: Run, opa: Binary, policy: Path, built: Path, change: Callable[[Path, Path], None], freshness: str, reason: str, status: int
) -> None:
    change(built, policy)
    with deployed(opa, built) as url:
        done = run("conform", policy, "--opa-url", url, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["disagreements"]) == (status, "", [])
    assert report["freshness"] == freshness
    assert reason in report["freshness_reason"]


def of_text(text: str) -> Mapping[str, Any]:
    return {"freshness": text.splitlines()[1].removeprefix("freshness: ").partition(", ")[0]}


def of_junit(text: str) -> Mapping[str, Any]:
    """What the failed test of the freshness says."""
    (failure,) = ElementTree.fromstring(text).iterfind(".//testcase[@classname='freshness']/failure")
    return {"freshness": failure.attrib["message"].removeprefix("freshness: ").partition(", ")[0]}


@pytest.mark.parametrize(("format_", "read"), [("text", of_text), ("json", json.loads), ("junit", of_junit)])
def test_every_format_says_that_a_running_bundle_is_stale(
    run: Run, opa: Binary, policy: Path, built: Path, format_: str, read: Callable[[str], Mapping[str, Any]]
) -> None:
    """No request tells: the sources differ in white space alone."""
    grow(built, policy)
    with deployed(opa, built) as url:
        done = run("conform", policy, "--opa-url", url, "--format", format_)
    assert (done.returncode, read(done.stdout)["freshness"]) == (1, "stale")


"""A program that takes notes of every answer, and not now and then."""
