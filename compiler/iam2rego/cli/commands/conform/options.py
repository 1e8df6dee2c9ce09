"""The options of `conform`. What they do is in `comparing`, which needs more of the package than reading the policies does."""

import math
from pathlib import Path
from typing import ClassVar

import click

from iam2rego.cli.shared.command import group, option, options
from iam2rego.cli.shared.compared import Compared, Requests
from iam2rego.cli.shared.options import Assuming, ReportPrinting, sources_argument
from iam2rego.cli.shared.output import refuse
from iam2rego.cli.shared.page import html_option


def _positive(_context: click.Context, _parameter: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value < math.inf:
        raise click.BadParameter(f"`{value}` is not a number of requests above 0")
    return value


@options
class Pacing:
    """How a running OPA is asked."""

    heading: ClassVar = "With --opa-url"

    rate: float | None = option("--rate", metavar="N", type=float, callback=_positive, help="Ask at most N requests a second.")
    resume: Path | None = option(
        "--resume",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Note in FILE how far the run is, and go on from there if it ended early.",
    )


@options
class Printing(ReportPrinting):
    """What `conform` prints and writes."""

    html: Path | None = html_option()


@options
class Options:
    """The options of `conform`."""

    sources: tuple[str, ...] = sources_argument()
    requests: Requests = group(Requests)
    compared: Compared = group(Compared)
    pacing: Pacing = group(Pacing)
    reading: Assuming = group(Assuming)
    printing: Printing = group(Printing)

    def refuse_contradictions(self) -> None:
        """Refuse options that make no sense together."""
        self.compared.refuse_contradictions()
        if (self.pacing.rate or self.pacing.resume) and not self.compared.opa_url:
            refuse("it works with --opa-url only", "--rate" if self.pacing.rate else "--resume")
