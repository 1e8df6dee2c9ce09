"""The hooks for pre-commit, installed and run by it in a repository of somebody else."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pytest
import yaml

from iam2rego.opa.binary import Binary

Shell: TypeAlias = Callable[..., str]

CHECKOUT: Final = Path(__file__).parents[2]
EXAMPLE: Final = CHECKOUT / "examples" / "ci"
VERDICTS: Final = [("check IAM policies", "Passed"), ("run scenarios of IAM policies", "Failed")]
AUTHOR: Final = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.com")


def commit(shell: Shell, folder: Path) -> None:
    shell(["git", "init", "--quiet"], folder)
    shell(["git", "add", "--all"], folder)
    shell(["git", *AUTHOR, "commit", "--quiet", "--message", "all"], folder)


@pytest.fixture
def hooks(checkout: Path, shell: Shell, tmp_path: Path) -> Path:
    """What is released, as a repository that pre-commit can clone."""
    shutil.copytree(checkout, tmp_path / "hooks", ignore=shutil.ignore_patterns("*.egg-info", "build", "dist"))
    commit(shell, tmp_path / "hooks")
    return tmp_path / "hooks"


@pytest.fixture
def repository(hooks: Path, shell: Shell, tmp_path: Path) -> Path:
    """The example, configured as it shows but for where the hooks are."""
    copy = tmp_path / "repository"
    shutil.copytree(EXAMPLE, copy)
    config = yaml.safe_load((copy / "pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"][0] |= {"repo": str(hooks), "rev": shell(["git", "rev-parse", "HEAD"], hooks).strip()}
    (copy / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    commit(shell, copy)
    return copy


@pytest.fixture
def surroundings(opa: Binary, tmp_path: Path) -> Mapping[str, str]:
    return {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "IAM2REGO_OPA": str(opa.path)}


@pytest.mark.parametrize("name", ["a.json", "a.jsonc", "a.yaml", "b/a.yml", "a.template"])
def test_a_change_of_what_may_be_a_source_is_checked(name: str) -> None:
    (check, _) = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert re.search(check["files"], name)
    assert not re.search(check["files"], f"{name}.py")


@pytest.mark.long
def test_a_hook_passes_what_is_right_and_tells_what_is_wrong(repository: Path, surroundings: Mapping[str, str], shell: Shell) -> None:
    cases = repository / "policies" / "boundary.scenarios.jsonl"
    cases.write_text(cases.read_text(encoding="utf-8").replace('"implicitDeny"', '"allowed"'), encoding="utf-8")
    failing = ["sh", "-c", '! "$@"', "sh", sys.executable, "-m", "pre_commit", "run", "--all-files"]
    said = shell(failing, repository, surroundings)
    assert re.findall(r"^(\w.*?)\.+(Passed|Failed)$", said, re.MULTILINE) == VERDICTS
    assert "\npolicies/boundary.scenarios.jsonl:1:1: a boundary holds back what the policy allows: expected allowed, " in said
    assert "\n3 passed, 1 failed, 4 of 4 with equal decision documents (OPA " in said
