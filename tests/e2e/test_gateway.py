"""`build --gateway`, and what `check` finds in a gateway."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from iam2rego.jsontext import dumps
from iam2rego.opa.binary import Binary
from tests.e2e.gateway_files import DOCUMENT, GATEWAY, SERVICES, STORE
from tests.support.servers import open_to_all

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]


@pytest.fixture
def gateway(tmp_path: Path) -> Path:
    path = tmp_path / "gateway.toml"
    path.write_text(GATEWAY)
    return path


@pytest.mark.parametrize("package", ["iam", "company.iam"])
def test_a_gateway_stands_beside_the_policies(package: str, run: Run, policy: Path, gateway: Path, opa: Binary, tmp_path: Path) -> None:
    run("build", policy, "--gateway", gateway, "--package", package, "-o", tmp_path / "out").check_returncode()
    subprocess.run([opa.path, "check", "--strict", "--bundle", tmp_path / "out"], check=True)
    with open_to_all(opa, tmp_path / "out") as client:
        answer = client.document(f"{package.replace('.', '/')}/gateway", dumps(dict(DOCUMENT)))
    assert isinstance(answer, dict)
    assert answer["allow"] is True
    assert set(answer) == {"allow", "decision", "response", "request"}


@pytest.mark.parametrize("text", [GATEWAY, STORE, SERVICES], ids=["http", "store", "services"])
def test_the_modules_are_as_opa_formats_them(text: str, run: Run, policy: Path, gateway: Path, pinned_opa: Binary, tmp_path: Path) -> None:
    gateway.write_text(text)
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "out").check_returncode()
    subprocess.run([pinned_opa.path, "fmt", "--list", "--fail", tmp_path / "out"], check=True)
    subprocess.run([pinned_opa.path, "check", "--strict", "--bundle", tmp_path / "out"], check=True)


def test_the_bundle_claims_what_it_holds(run: Run, policy: Path, gateway: Path, built: Path, tmp_path: Path) -> None:
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "with").check_returncode()
    manifest, without = (json.loads((each / ".manifest").read_text()) for each in (tmp_path / "with", built))
    assert manifest["roots"] == sorted([*without["roots"], "iam/gateway", "iam/routes"])
    assert manifest["revision"] != without["revision"]


def test_another_gateway_is_another_revision(run: Run, policy: Path, gateway: Path, tmp_path: Path) -> None:
    run("build", policy, "--gateway", gateway, "-o", tmp_path / "out").check_returncode()
    assert run("build", policy, "--gateway", gateway, "-o", tmp_path / "out", "--check").returncode == 0
    gateway.write_text(GATEWAY.replace("explain = true", "explain = false"))
    changed = run("build", policy, "--gateway", gateway, "-o", tmp_path / "out", "--check")
    assert changed.returncode == 1
    assert changed.stdout.split() == [str(tmp_path / "out" / ".manifest"), str(tmp_path / "out" / "data.json")]


def test_partitions_have_the_gateway_before_their_kernel(run: Run, policy: Path, gateway: Path, tmp_path: Path) -> None:
    run("bundle", policy, "--partition-by", "account", "--gateway", gateway, "-o", tmp_path / "out").check_returncode()
    listed = {
        name: subprocess.run(["tar", "-tzf", tmp_path / "out" / f"{name}.tar.gz"], check=True, capture_output=True, text=True).stdout
        for name in ("kernel", "others")
    }
    assert {name: "iam/routes/routes.rego" in files.split() for name, files in listed.items()} == {"kernel": True, "others": False}


def test_a_file_that_is_refused_builds_nothing(run: Run, policy: Path, gateway: Path, tmp_path: Path) -> None:
    gateway.write_text(GATEWAY.replace('"s3:ListBucket"', '"s3:*"'))
    done = run("build", policy, "--gateway", gateway, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{gateway}:20:10: error[IAM701]: `action` must be one action")
    assert not (tmp_path / "out").exists()


def test_check_looks_at_the_gateway_too(run: Run, policy: Path, gateway: Path) -> None:
    done = run("check", policy, "--gateway", gateway)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"{gateway}:19:8: warning[IAM707]: no policy allows `s3:ListBucket`")
    assert "\n0 errors, 1 warning, 0 notices (" in done.stdout
    gateway.write_text(GATEWAY.replace('"GET"', '"get"'))
    done = run("check", policy, "--gateway", gateway, "--format", "json")
    *findings, _ = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, [each["code"] for each in findings]) == (2, ["IAM701", "IAM701"])
