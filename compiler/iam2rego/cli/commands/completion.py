"""``completion``: prints the script with which a shell completes commands."""

from enum import StrEnum
from typing import Final

import click
from click.shell_completion import get_completion_class

from iam2rego.cli.shared.command import Choice, argument, command, options
from iam2rego.cli.shared.output import show

VARIABLE: Final = "_IAM2REGO_COMPLETE"
"""The variable by which the script asks the program, as click expects it."""


class Shell(StrEnum):
    """The shells that it is for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@options
class Options:
    """The options of `completion`."""

    shell: Shell = argument("SHELL", "The shell: bash, zsh or fish.", type=Choice(Shell))


@command
def run(options: Options) -> None:
    """Print what completes commands, options, files, codes and types of policy in a shell.

    For bash and zsh, add to the file that the shell reads first, such as ~/.bashrc: eval "$(iam2rego completion bash)".
    For fish, add to ~/.config/fish/config.fish: iam2rego completion fish | source
    """
    completion = get_completion_class(options.shell.value)
    assert completion, "click knows these shells"
    program = click.get_current_context().find_root().command
    show(completion(program, {}, "iam2rego", VARIABLE).source())
