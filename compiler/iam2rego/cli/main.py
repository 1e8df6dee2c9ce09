"""The program `iam2rego`."""

import io
import os
import signal
import sys
from pathlib import Path
from typing import Final, NoReturn

import typer

from iam2rego.cli.build import build
from iam2rego.cli.check import check
from iam2rego.cli.conform import conform
from iam2rego.cli.evaluate import evaluate
from iam2rego.cli.opa import path
from iam2rego.cli.scenarios import run as run_scenarios
from iam2rego.cli.simulate import simulate

_ENDS: Final = (signal.SIGTERM, signal.SIGHUP)

app = typer.Typer(
    name="iam2rego",
    help="Compile AWS IAM JSON policies to Rego, decide by them, and check that both ways of deciding agree.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(build)
app.command()(check)
app.command("eval")(evaluate)
app.command("test")(run_scenarios)
app.command()(conform)
app.command()(simulate)

_opa = typer.Typer(name="opa", help="The OPA that the other commands use.", no_args_is_help=True)
_opa.command()(path)
_opa.callback()(lambda: None)  # keeps `path` a command of its own, where typer would merge a single one
app.add_typer(_opa)


def main() -> None:
    """Run the command line of this process."""
    _open_streams()
    for number in _ENDS:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what the terminal cannot show must not end a command
    app(prog_name="iam2rego")


def _open_streams() -> None:
    """Put an empty stream where we were started without one, which Python makes None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the process ends


def _terminate(number: int, _: object) -> NoReturn:
    """Leave by an exception, so that servers are stopped and temporary folders removed; the status is the one that shells report."""
    raise SystemExit(128 + number)
