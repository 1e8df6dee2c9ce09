"""The GitHub Action, its steps run in bash as a runner does; what it uses of others is here already."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest
import yaml

from iam2rego.opa.binary import Binary

Act: TypeAlias = Callable[..., CompletedProcess[str]]
Shell: TypeAlias = Callable[..., str]

CHECKOUT: Final = Path(__file__).parents[2]
ACTION: Final = yaml.safe_load((CHECKOUT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW: Final = yaml.safe_load((CHECKOUT / "examples" / "ci" / "workflow.yml").read_text(encoding="utf-8"))
BASH: Final = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
_INPUT: Final = re.compile(r"\$\{\{ inputs\.(\w+) \}\}")
_CONDITION: Final = re.compile(r"inputs\.(\w+) != ''")


INSTALLING, *ASKING = [step for step in ACTION["runs"]["steps"] if "run" in step]


def scripts(inputs: Mapping[str, str]) -> list[tuple[str, Mapping[str, str]]]:
    """The steps after the installation that are run with these inputs, each a script and its variables."""
    given = {name: inputs.get(name, each.get("default", "")) for name, each in ACTION["inputs"].items()}
    steps = [step for step in ASKING if all(given[name] for name in _CONDITION.findall(step.get("if", "")))]
    return [(step["run"], {name: _INPUT.sub(lambda found: given[found[1]], text) for name, text in step["env"].items()}) for step in steps]


@pytest.fixture(scope="module")
def surroundings(checkout: Path, environment: Path, opa: Binary, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What a runner has before the first script: a Python, an OPA, and where the action lies."""
    programs = tmp_path_factory.mktemp("programs")
    (programs / "opa").symlink_to(opa.path)
    path = f"{programs}:{environment}:{os.environ['PATH']}"
    known = {name: value for name, value in os.environ.items() if name != "IAM2REGO_OPA"}
    return {**known, "PATH": path, "GITHUB_ACTION_PATH": str(checkout), "PIP_NO_BUILD_ISOLATION": "0"}  # which means: without


@pytest.fixture(scope="module")
def installed(surroundings: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory, shell: Shell) -> Path:
    """Installs in a repository that holds modules of its own; returns its folder, in which they would leave a file."""
    repository = tmp_path_factory.mktemp("checked-out")
    for module in ("pip.py", "runpy.py", "setuptools.py", "sitecustomize.py"):
        (repository / module).write_text("import pathlib\npathlib.Path('ran').touch()\n", encoding="utf-8")
    shell([*BASH, INSTALLING["run"]], repository, surroundings)
    return repository


@pytest.fixture
def act(surroundings: Mapping[str, str], installed: Path, tmp_path: Path) -> Act:  # noqa: ARG001 - it is there, as a step before leaves it
    """Runs the action in a copy of the example, up to the first step that fails; returns what that or the last one says."""
    repository = tmp_path / "repository"
    shutil.copytree(CHECKOUT / "examples" / "ci", repository)

    def acted(**inputs: str) -> CompletedProcess[str]:
        done = CompletedProcess([""], 0, "", "")
        for script, variables in scripts(inputs):
            done = subprocess.run(
                [*BASH, script], cwd=repository, env={**surroundings, **variables}, check=False, capture_output=True, text=True
            )
            if done.returncode:
                break
        return done

    return acted


def lay_out_more(repository: Path) -> None:
    """Put beside the example a policy with a placeholder, the parameter for it, and a scenario that fails."""
    folder = repository / "more policies"
    folder.mkdir()
    policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*"}}'
    (folder / "more.json").write_text(policy, encoding="utf-8")
    (repository / "some params.toml").write_text('bucket = "a"', encoding="utf-8")
    (repository / "bad.jsonl").write_text('{"name": "s", "request": {}, "expect": "allowed"}', encoding="utf-8")


@pytest.mark.long
def test_nothing_of_the_repository_is_run_to_install(installed: Path) -> None:
    assert not (installed / "ran").exists()


def test_the_example_of_a_workflow_with_more_policies(act: Act, tmp_path: Path) -> None:
    lay_out_more(tmp_path / "repository")
    (used,) = [step["with"] for step in WORKFLOW["jobs"]["policies"]["steps"] if "with" in step]
    done = act(**used | {"policies": f"{used['policies']}\n\nmore policies\n", "params": "some params.toml"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 policies, 3 statements, ")
    assert ", 0 disagreements " in done.stdout


def test_a_scenario_that_fails_is_the_end(act: Act, tmp_path: Path) -> None:
    lay_out_more(tmp_path / "repository")
    done = act(policies="policies", scenarios="bad.jsonl")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1].startswith("0 passed, 1 failed")
