"""``build --delta``: an archive that makes the bundle that OPAs hold the one that is built."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli.shared.output import located
from iam2rego.rego import Bundle, Layout, delta, read_packed

Delta: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--delta",
        metavar="OLD",
        exists=True,
        help="Let --bundle be a delta bundle, which changes OLD, a folder or archive of an earlier packed build, to what is built.",
    ),
]

_HINT: Final = "name the bundle that OPAs hold, or build without --delta and let them take the whole one"


def refuse_beside_delta(old: Path | None, layout: Layout, archive: Path | None, *others: object) -> None:
    """Refuse what no delta is made of, or goes into."""
    if old and (layout is not Layout.PACKED or not archive or any(others)):
        said = "it needs --layout packed and --bundle, and excludes --partition, --oci, --check, --emit and --watch"
        raise typer.BadParameter(said, param_hint="--delta")


def changing(old: Path | None) -> Callable[[Bundle], Bundle] | None:
    """Read the ``old`` bundle, if one is named, and return what makes a delta of it and a new one.

    Raises:
        PolicyError: it is no packed bundle; or, when a delta is made, none leads from it to the new one.
    """
    if old is None:
        return None
    with located(old, _HINT):
        held = read_packed(old)

    def change(new: Bundle) -> Bundle:
        with located(old, _HINT):
            return delta(held, new)

    return change
