"""``mutate``: makes wrong outputs on purpose, and shows which no generated request notices."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import command, group, option, options
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import Reading, ReportFormat, ReportPrinting, layout_option, opa_option, sources_argument
from iam2rego.cli.shared.output import FINDINGS, failures_reported, refuse, show
from iam2rego.mutation.equivalent import Equivalent, ListError, equivalents
from iam2rego.rego.bundle.layouts import Layout

if TYPE_CHECKING:
    from iam2rego.mutation.run import MutationReport


@options
class Options:
    """The options of `mutate`."""

    sources: tuple[str, ...] = sources_argument()
    seed: int = option("--seed", default=0, metavar="N", type=int, help="Another seed makes other requests.")
    equivalent: Path | None = option(
        "--equivalent",
        metavar="FILE.toml",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A list of mutants that no request can tell from the right output, each with its reason: they may survive.",
    )
    layout: Layout = layout_option()
    opa: str | None = opa_option()
    reading: Reading = group(Reading)
    printing: ReportPrinting = group(ReportPrinting)


@command
def run(options: Options) -> None:
    """Change the compiler's output in one place at a time, and show which changes no generated request notices.

    The exit status is 1 if a mutant survives that is not listed as equivalent, or if one is listed that does not survive.
    """
    with failures_reported(as_json=options.printing.as_json):
        listed = _listed(options.equivalent) if options.equivalent else ()
        policies = load_sources(options.sources, options.reading, options.printing).policies
        from iam2rego.mutation.run import mutate  # here, so that reading begins at once, and is seen to

        binary = obtained(options.opa, quiet=options.printing.quiet)
        with progress.shown("mutating", wanted=not options.printing.quiet) as step:
            report = mutate(policies, seed=options.seed, binary=binary, progress=step, listed=listed, layout=options.layout)
        show(_rendered(report, options.printing.format))
        if report.survivors.unexplained or report.survivors.stale:
            raise click.exceptions.Exit(FINDINGS)


def _rendered(report: "MutationReport", format_: ReportFormat) -> str:
    from iam2rego.mutation.report import mutation_json, mutation_junit, mutation_text  # here, as it needs all that makes mutants

    return {ReportFormat.TEXT: mutation_text, ReportFormat.JSON: mutation_json, ReportFormat.JUNIT: mutation_junit}[format_](report)


def _listed(file: Path) -> Sequence[Equivalent]:
    try:
        return equivalents(file.read_text(encoding="utf-8"))
    except (ListError, UnicodeDecodeError) as failure:
        refuse(f"{file}: {failure}", "--equivalent")
