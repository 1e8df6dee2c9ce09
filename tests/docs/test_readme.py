"""The commands of the README that show no output run as they are pasted."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.docs.refresh import commands_without_output, lay_out, text

LINES: Final = commands_without_output("README.md")
OURS: Final = [line for line in LINES if line.startswith(".venv/bin/iam2rego ")]
RUN_ELSEWHERE: Final = ("make demo", "make test", "pip wheel", "pip install", "pipx install", "uv tool install")
"""`make prove` runs the demo, and installs the wheel as a stranger does; what pipx and uv do with it is theirs."""


def test_all_other_commands_are_known() -> None:
    assert [line for line in LINES if line not in OURS and not line.startswith(RUN_ELSEWHERE)] == []


def test_the_commands_of_continuous_integration_run_in_order(tmp_path: Path) -> None:
    lay_out(tmp_path)
    for line in OURS:
        done = subprocess.run(["sh", "-c", line], cwd=tmp_path, check=False, capture_output=True, text=True)
        assert done.returncode == 0, (line, done.stdout, done.stderr)


def test_pytest_runs_what_it_says(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (words,) = re.findall(r"^`(pytest [^`]*)`", text("README.md"), re.MULTILINE)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", words], cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
