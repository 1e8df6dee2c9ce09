"""The program `iam2rego`."""

import gc
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from pkgutil import resolve_name
from types import MappingProxyType
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from iam2rego.gc_pause import gc_paused

_ENDS: Final = (signal.SIGTERM, signal.SIGHUP)
_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "build": "iam2rego.cli.commands.build:build",
        "check": "iam2rego.cli.commands.check:check",
        "rule": "iam2rego.cli.commands.rule:rule",
        "eval": "iam2rego.cli.commands.eval:evaluate",
        "test": "iam2rego.cli.commands.test:run",
        "conform": "iam2rego.cli.commands.conform:conform",
        "simulate": "iam2rego.cli.commands.simulate:simulate",
        "serve": "iam2rego.cli.commands.serve:serve",
        "usage": "iam2rego.cli.commands.usage:usage",
        "opa": "iam2rego.cli.commands.opa:commands",
    }
)


class _Imported(Mapping[str, Any]):  # typer has no public name for the commands of its own click
    """The commands by name, imported when they are asked for: what all of them need takes longer than a short command."""

    def __getitem__(self, name: str) -> Any:
        with gc_paused():
            found = resolve_name(_COMMANDS[name])
            gc.freeze()  # what is imported stays
        return typer.main.get_command(found if isinstance(found, typer.Typer) else _single(name, found))

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


def _single(name: str, function: Callable[..., None]) -> typer.Typer:
    program = typer.Typer(add_completion=False)
    program.command(name)(function)
    return program


class _Program(TyperGroup):
    """The group of all commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**{**attributes, "commands": _Imported()})


app = typer.Typer(
    name="iam2rego",
    cls=_Program,
    help="Compile AWS IAM JSON policies to Rego, decide by them, and check that both ways of deciding agree.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.callback()(lambda: None)


def main() -> None:
    """Run the command line of this process."""
    _open_streams()
    for number in _ENDS:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what the terminal cannot show must not end a command
    try:
        app(prog_name="iam2rego")
    finally:
        gc.freeze()  # the process ends: nobody needs to look for cycles any more


def _open_streams() -> None:
    """Put an empty stream where we were started without one, which Python makes None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the process ends


def _terminate(number: int, _: object) -> NoReturn:
    """Leave by an exception, so that servers are stopped and temporary folders removed; the status is the one that shells report."""
    raise SystemExit(128 + number)
