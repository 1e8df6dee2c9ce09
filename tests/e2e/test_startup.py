"""A command imports what it needs: those of people who save often must not wait for what they do not use."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

PROGRAM: Final = """
import atexit, sys
from iam2rego.cli.main import main
atexit.register(lambda: print(*(name for name in sys.argv[1].split() if name in sys.modules)))
sys.argv[1:2] = []
main()
"""


@pytest.mark.parametrize("unneeded", ["aiohttp requests jinja2 rich.progress"])
def test_a_build_imports_no_client_no_templates_and_nothing_to_show_progress(policy: Path, tmp_path: Path, unneeded: str) -> None:
    command = [sys.executable, "-c", PROGRAM, unneeded, "build", policy, "-o", tmp_path / "out"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "\n"


def test_the_program_imports_a_command_when_it_is_asked_for() -> None:
    command = [sys.executable, "-c", PROGRAM, "lark pydantic iam2rego.cli.commands.build", "opa", "path", "--help"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("unneeded", ["iam2rego.native iam2rego.conformance iam2rego.questions"])
def test_fixes_that_are_only_proposed_need_no_engine(tmp_path: Path, unneeded: str) -> None:
    redundant = tmp_path / "policy.json"
    redundant.write_text('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:*", "s3:GetObject"], "Resource": "*"}}')
    command = [sys.executable, "-c", PROGRAM, unneeded, "check", redundant, "--format", "sarif"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert '"fixes"' in printed
    assert printed.splitlines()[-1] == ""


@pytest.mark.parametrize(
    "unneeded",
    [
        "iam2rego.sources.cloudformation.reading iam2rego.sources.terraform.reading iam2rego.sources.accounts "
        "iam2rego.ir.gateway iam2rego.ir.decision tomllib"
    ],
)
def test_a_check_imports_nothing_for_other_sources(policy: Path, unneeded: str) -> None:
    command = [sys.executable, "-c", PROGRAM, unneeded, "check", policy]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("unneeded", ["iam2rego.lint.configuration iam2rego.lint.baseline iam2rego.sources.gitignore"])
def test_a_check_without_a_configuration_imports_nothing_to_read_one(policy: Path, unneeded: str) -> None:
    command = [sys.executable, "-c", PROGRAM, unneeded, "check", policy]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("name", ["conform", "mutate"])
@pytest.mark.parametrize("unneeded", ["requests jinja2 iam2rego.native iam2rego.questions iam2rego.conformance iam2rego.rego.modules"])
def test_what_compares_is_imported_after_the_policies_are_read(tmp_path: Path, name: str, unneeded: str) -> None:
    command = [sys.executable, "-c", PROGRAM, unneeded, name, tmp_path / "missing.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "\n")


@pytest.mark.parametrize("unneeded", ["iam2rego.ir.gateway iam2rego.sources.gateway iam2rego.rego.gateway iam2rego.syntax.toml"])
def test_a_build_without_a_gateway_imports_nothing_for_one(policy: Path, tmp_path: Path, unneeded: str) -> None:
    command = [sys.executable, "-c", PROGRAM, unneeded, "build", policy, "-o", tmp_path / "out"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "\n"
