"""``opa path``: prints where a usable OPA is."""

from typing import Annotated

import typer

from iam2rego.cli.shared.options import NoProgress, Opa
from iam2rego.cli.shared.output import failures_reported, show, tell
from iam2rego.opa.binary import Binary, obtain


def path(
    opa: Opa = None,
    pinned: Annotated[
        bool, typer.Option("--pinned", help="Pass over an `opa` on PATH of another version than iam2rego would build.")
    ] = False,
    no_progress: NoProgress = False,
) -> None:
    """Print the path of a usable OPA; find it or build it first."""
    with failures_reported():
        show(str(obtained(opa, pinned=pinned, no_progress=no_progress).path))


def obtained(opa: str | None, *, no_progress: bool, pinned: bool = False) -> Binary:
    """Return a usable OPA, and tell what takes long on the way there."""
    return obtain(opa, _silent if no_progress else tell, pinned=pinned)


def _silent(line: str) -> None:
    """Tell nothing."""


commands = typer.Typer(name="opa", help="The OPA that the other commands use.", no_args_is_help=True, add_completion=False)
commands.command()(path)
commands.callback()(lambda: None)  # keeps `path` a command of its own, where typer would merge a single one
