"""A command line to type at, and folders to look at."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest
from click.testing import CliRunner

from iam2rego.cli.main import program
from iam2rego.cli.shared import compiling
from iam2rego.opa.binary import Binary
from tests.support import checked_roles
from tests.support.checked_roles import Codes
from tests.support.gateways import Gateway, gateway_before
from tests.support.servers import open_to_all

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'


Run: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.fixture
def run() -> Run:
    """Types a command in this process; what is no orderly end is raised."""

    def typed(*arguments: str | Path, stdin: str | bytes = "") -> CompletedProcess[str]:
        words = [str(each) for each in arguments]
        result = CliRunner().invoke(program, words, input=stdin, catch_exceptions=False)
        return CompletedProcess(words, result.exit_code, result.stdout, result.stderr)

    return typed


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the commands that `run` types: none sees what another test has compiled."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr(compiling, "cache_folder", lambda: folder)
    return folder


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy without fault."""
    path = tmp_path / "policy.json"
    path.write_text(POLICY)
    return path


@pytest.fixture
def with_opa(opa: Binary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets commands find the OPA that the whole run uses."""
    monkeypatch.setenv("IAM2REGO_OPA", str(opa.path))


@pytest.fixture
def snapshot() -> Callable[[Path], Mapping[str, bytes]]:
    """Reads every file below a folder, by its relative path."""

    def read(folder: Path) -> Mapping[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read


@pytest.fixture
def built(tmp_path: Path, policy: Path, run: Run) -> Path:
    """The output of an earlier build."""
    folder = tmp_path / "out"
    run("build", policy, "-o", folder).check_returncode()
    return folder


@pytest.fixture
def gateway(opa: Binary, built: Path) -> Iterator[Gateway]:
    """A proxy before an OPA that holds what was built of `policy`."""
    with open_to_all(opa, built) as server, gateway_before(server) as gateway:
        yield gateway


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the policy of a role in it, which the commands run in."""
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "deploy.json").write_text(checked_roles.POLICY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def codes(run: Run) -> Codes:
    """Checks, and returns the codes of the findings."""

    def checked(*words: str | Path) -> list[str]:
        *findings, _ = map(json.loads, run("check", *words, "--format", "json").stdout.splitlines())
        return sorted(each["code"] for each in findings)

    return checked
