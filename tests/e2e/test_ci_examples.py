"""What docs/ci.md tells others to write in their repositories does what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
import yaml

CHECKOUT: Final = Path(__file__).parents[2]
EXAMPLE: Final = CHECKOUT / "examples" / "ci"
SHELL: Final = re.search(r"In any shell:\n\n```sh\n(.*?)```", (CHECKOUT / "docs" / "ci.md").read_text(encoding="utf-8"), re.DOTALL)

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The example as a repository of its own, with a virtual environment that has iam2rego."""
    shutil.copytree(EXAMPLE, tmp_path / "repository")
    (tmp_path / "repository" / ".venv").mkdir()
    (tmp_path / "repository" / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    return tmp_path / "repository"


def shell(script: str, repository: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-euc", script], cwd=repository, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def cases_in(report: Path) -> list[str]:
    return [case.attrib["name"] for case in ElementTree.parse(report).iter("testcase")]


def test_the_job_of_gitlab(repository: Path) -> None:
    job = yaml.safe_load((EXAMPLE / "gitlab-ci.yml").read_text(encoding="utf-8"))["policies"]
    shell("\n".join(job["script"]), repository)
    check, conform, scenarios = (cases_in(repository / report) for report in job["artifacts"]["reports"]["junit"])
    assert check == ["policies/reports.json"]
    assert len(conform) == 1
    assert scenarios == [
        "a boundary holds back what the policy allows",
        "and lets through what both allow",
        "reports are read over TLS",
        "and never without it",
        "test_reports_are_read_by_tls_only[true-allowed]",
        "test_reports_are_read_by_tls_only[false-explicitDeny]",
    ]


def test_the_commands_for_any_shell(repository: Path) -> None:
    assert SHELL is not None
    shell(SHELL[1], repository)
    assert len(cases_in(repository / "test.xml")) == 4
    assert {path.name for path in repository.iterdir()} >= {"check.sarif", "test.xml", "conform.xml"}
