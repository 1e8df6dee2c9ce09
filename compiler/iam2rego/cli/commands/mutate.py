"""``conform --mutate``: changes the output in one place at a time, and shows which changes no generated request finds."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli.commands.opa import obtained
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.options import ReportFormat
from iam2rego.cli.shared.output import FINDINGS, show
from iam2rego.ir.policy import PolicySet
from iam2rego.mutation.equivalent import Equivalent, ListError, equivalents
from iam2rego.mutation.report import mutation_json, mutation_junit, mutation_text
from iam2rego.mutation.run import MutationReport, mutate
from iam2rego.rego import Layout

Mutate: TypeAlias = Annotated[
    bool, typer.Option("--mutate", help="Change the output in one place at a time, and show which changes no generated request finds.")
]
EquivalentOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--equivalent",
        metavar="FILE.toml",
        exists=True,
        dir_okay=False,
        help="Mutants that no request can tell from the right output, each with its reason: they may survive --mutate.",
    ),
]
_RENDERERS: Final[Mapping[ReportFormat, Callable[[MutationReport], str]]] = {
    ReportFormat.TEXT: mutation_text,
    ReportFormat.JSON: mutation_json,
    ReportFormat.JUNIT: mutation_junit,
}


def show_mutation(
    policies: PolicySet,
    seed: int,
    program: str | None,
    format_: ReportFormat,
    *,
    listed: Path | None,
    layout: Layout,
    no_progress: bool,
) -> None:
    """Print what became of the mutants; status 1 where one survived that is not listed, or one is listed that did not."""
    known = _listed(listed) if listed else ()
    binary = obtained(program, no_progress=no_progress)
    with progress.shown("mutating", wanted=not no_progress) as step:
        report = mutate(policies, seed=seed, binary=binary, progress=step, listed=known, layout=layout)
    show(_RENDERERS[format_](report))
    if report.survivors.unexplained or report.survivors.stale:
        raise typer.Exit(FINDINGS)


def _listed(file: Path) -> Sequence[Equivalent]:
    try:
        return equivalents(file.read_text(encoding="utf-8"))
    except (ListError, UnicodeDecodeError) as failure:
        raise typer.BadParameter(f"{file}: {failure}", param_hint="--equivalent") from None
