"""What shells complete."""

import subprocess
from typing import Final

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from iam2rego.cli.commands.completion import VARIABLE
from iam2rego.cli.main import program

FILE: Final = ("file", "p")
DIR: Final = ("dir", "p")


def completed(words: list[str], incomplete: str) -> list[tuple[str, str]]:
    """The kinds and values that complete a word after others."""
    found = ShellComplete(program, {}, "iam2rego", VARIABLE).get_completions(words, incomplete)
    return [(each.type, str(each.value)) for each in found]


def plain(*values: str) -> list[tuple[str, str]]:
    return [("plain", value) for value in values]


@pytest.mark.parametrize(
    ("words", "incomplete", "want"),
    [
        pytest.param([], "conf", plain("conform", "conform-gateway"), id="command"),
        pytest.param(["check"], "p", [FILE], id="sources"),
        pytest.param(["check", "a.json"], "p", [FILE], id="sources/second"),
        pytest.param(["test"], "p", [FILE], id="scenarios"),
        pytest.param(["test", "--policies"], "p", [FILE], id="option/file"),
        pytest.param(["build", "-o"], "p", [DIR], id="option/folder"),
        pytest.param(["check", "--policy-type"], "re", plain("resource", "resource_control"), id="policy-types"),
        pytest.param(["eval", "--engine"], "o", plain("opa", "opa-cli"), id="engines"),
        pytest.param(["check", "--policy-t"], "--policy-t", plain("--policy-type"), id="options"),
        pytest.param(["rule"], "iam501", plain("IAM501"), id="codes"),
        pytest.param(["check", "--ignore"], "IAM110,IAM501", plain("IAM110,IAM501"), id="codes/after-a-comma"),
        pytest.param(["eval", "--action"], "s3:", [], id="anything"),
    ],
)
def test_words_are_completed(words: list[str], incomplete: str, want: list[tuple[str, str]]) -> None:
    assert completed(words, incomplete) == want


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_the_program(shell: str) -> None:
    done = CliRunner().invoke(program, ["completion", shell])
    assert done.exit_code == 0
    assert f"{VARIABLE}={shell}_complete" in done.stdout


def test_bash_can_read_its_script() -> None:
    script = CliRunner().invoke(program, ["completion", "bash"]).stdout
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0


def test_other_shells_are_refused() -> None:
    done = CliRunner().invoke(program, ["completion", "csh"])
    assert (done.exit_code, done.stdout) == (2, "")
