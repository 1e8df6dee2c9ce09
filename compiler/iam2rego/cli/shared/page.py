"""The option ``--html``, and how its file is written."""

from pathlib import Path
from typing import Any

import click

from iam2rego.cli.shared.command import option
from iam2rego.cli.shared.output import located


def html_option() -> Any:
    """Declare the file of a page."""
    explanation = "Also write the report as a page for a browser."
    type_ = click.Path(dir_okay=False, path_type=Path)
    return option("--html", metavar="FILE", type=type_, callback=_in_a_folder, help=explanation)


def write_page(file: Path, content: str) -> None:
    """Write the page whole or not at all.

    Raises:
        PolicyError: the file cannot be written.
    """
    from iam2rego.rego.bundle.output import placed  # here, since `check` should not wait for the compiler

    with located(file), placed(content.encode(), file):
        pass


def _in_a_folder(_context: click.Context, _parameter: click.Parameter, file: Path | None) -> Path | None:
    """Refuse at once what could not be written after minutes of work."""
    if file and not file.parent.is_dir():
        raise click.BadParameter(f"there is no folder `{file.parent}`")
    return file
