"""``opa path``: prints where a usable OPA is."""

import click

from iam2rego.cli.shared.command import SETTINGS, command, flag, options
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import opa_option, quiet_option
from iam2rego.cli.shared.output import failures_reported, show, tell
from iam2rego.cli.shared.progress import is_watched


@options
class PathOptions:
    """The options of `opa path`."""

    opa: str | None = opa_option()
    pinned: bool = flag("--pinned", explanation="Ignore an `opa` on PATH whose version is not the one that iam2rego would build.")
    quiet: bool = quiet_option()


@command
def path(options: PathOptions) -> None:
    """Print the path of a usable OPA, and build it first if there is none.

    An OPA on PATH comes first, if its version is supported. On a terminal a line says where the OPA was found.
    """
    with failures_reported():
        binary = obtained(options.opa, pinned=options.pinned, quiet=options.quiet)
        if is_watched() and not options.quiet:
            tell(f"OPA {binary.version}, {binary.found}")
        show(str(binary.path))


@click.group(context_settings=SETTINGS)
def run() -> None:
    """Find or build the OPA that the other commands run."""


run.add_command(path, "path")
