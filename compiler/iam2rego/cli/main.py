"""The program `iam2rego`."""

import gc
import io
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

import click

from iam2rego.cli.shared.command import SETTINGS
from iam2rego.gc_pause import gc_paused

_ENDS: Final = (signal.SIGTERM, signal.SIGHUP)
_COMMANDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Begin": {
            "init": "Write the files of a new project.",
            "completion": "Print what completes commands in a shell.",
        },
        "Read and decide": {
            "check": "Find errors and risks in policies.",
            "list": "List the policies of sources, where each is, and what becomes of it.",
            "params": "Print the names in templates that need values.",
            "rule": "Explain the code of a message, with an example.",
            "eval": "Decide requests by policies.",
            "test": "Run scenarios, and compare the decisions with what they expect.",
            "diff": "Show what a change of policies newly allows, for all requests.",
            "prove": "Prove a claim about policies for all requests, or show a request that refutes it.",
            "who-can": "Show who can do an action on a resource, and in which contexts.",
            "what-can": "Show everything that policies allow a principal.",
            "simulate": "Answer a request of IAM's SimulateCustomPolicy.",
        },
        "Build and operate": {
            "build": "Compile policies to a bundle for OPA.",
            "bundle": "Pack policies for OPAs: signed, masked, as a delta, by account, for a registry.",
            "serve": "Serve bundles to OPAs, for development.",
            "usage": "Show from OPA's decision logs which statements were used.",
            "opa": "Find or build the OPA that the other commands run.",
        },
        "Verify the compiler and its output": {
            "conform": "Compare OPA with the native evaluator on requests made from policies.",
            "conform-gateway": "Compare them on what a gateway asks.",
            "fuzz": "Compare them on random policies and requests.",
            "mutate": "Make wrong outputs on purpose, and show which go unnoticed.",
        },
    }
)
"""The commands and their lines in the help of the program, by heading. Each is `run` in the module of its name."""
_WATCHED: Final = ("check", "test")
"""The commands that `--watch` runs again whenever a file that they have read changes; `build` has a `--watch` of its own."""


class _Program(click.Group):
    """All commands. A command's module is imported when the command is called: what all of them need takes longer than a short command."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return [name for commands in _COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        with gc_paused():
            module = import_module(f"iam2rego.cli.commands.{cmd_name.replace('-', '_')}")
            gc.freeze()  # what is imported stays
        found: click.Command = module.run
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Say of an option before the command, of which there are few, where those of commands are written."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as refusal:
            named = next((each for each in args if each in self.list_commands(ctx)), None)
            if named is None:
                raise
            ctx.fail(f"the program has no option `{refusal.option_name}`; write the options of `{named}` after it")

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called, or what runs it again and again, or suggest the one that was meant."""
        if args and args[0] in _WATCHED and "--watch" in args:
            from iam2rego.cli.shared.again import watching  # here, since it is seldom needed

            return args[0], watching(args, self._run), []
        if args and args[0] not in self.list_commands(ctx):
            from difflib import get_close_matches  # here, since it is seldom needed

            near = get_close_matches(args[0], [*self.list_commands(ctx), "--help", "--version"], n=1)
            ctx.fail(f"there is no command `{args[0]}`{f'; did you mean `{near[0]}`?' if near else ''}")
        return super().resolve_command(ctx, args)

    def _run(self, words: list[str]) -> int:
        """Run a command line, and return the exit status."""
        return self.main(words, prog_name="iam2rego", standalone_mode=False) or 0

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for every command, without importing any."""
        for heading, commands in _COMMANDS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()))


def _print_versions(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from iam2rego.cli.version import versions  # here, since it needs what other commands do without

        click.echo("\n".join(versions()))
        ctx.exit()


@click.group(cls=_Program, context_settings=SETTINGS)
@click.option(
    *("--version", "-V"), is_flag=True, is_eager=True, expose_value=False, callback=_print_versions, help="Show versions and exit."
)
def program() -> None:
    """Compile AWS IAM JSON policies to Rego for Open Policy Agent, and check that OPA decides as IAM does."""


def main() -> None:
    """Run the command line of this process."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them reads the metadata of every installed package
    _open_streams()
    for number in _ENDS:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a character must not end a command
    try:
        program(prog_name="iam2rego")
    finally:
        gc.freeze()  # the process ends, so there is no need to look for cycles


def _open_streams() -> None:
    """Open an empty stream for each that the process was started without, which Python makes None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the process ends


def _terminate(number: int, _: object) -> NoReturn:
    """Leave by an exception, so that servers are stopped and temporary folders removed; the status is the one that shells report."""
    raise SystemExit(128 + number)
