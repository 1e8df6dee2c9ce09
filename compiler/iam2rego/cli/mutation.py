"""``conform --mutate``: changes the output in one place at a time, and shows which changes no generated request finds."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.cli import progress
from iam2rego.cli.opa import obtained
from iam2rego.cli.options import ReportFormat
from iam2rego.cli.output import FINDINGS, show
from iam2rego.conformance.mutation.report import mutation_json, mutation_junit, mutation_text
from iam2rego.conformance.mutation.run import MutationReport, mutate
from iam2rego.ir.policy import PolicySet

Mutate: TypeAlias = Annotated[
    bool, typer.Option("--mutate", help="Change the output in one place at a time, and show which changes no generated request finds.")
]
_RENDERERS: Final[Mapping[ReportFormat, Callable[[MutationReport], str]]] = {
    ReportFormat.TEXT: mutation_text,
    ReportFormat.JSON: mutation_json,
    ReportFormat.JUNIT: mutation_junit,
}


def show_mutation(policies: PolicySet, seed: int, program: str | None, format_: ReportFormat, *, no_progress: bool) -> None:
    """Print what became of the mutants; status 1 where one survived."""
    binary = obtained(program, no_progress=no_progress)
    with progress.shown("mutating", wanted=not no_progress) as step:
        report = mutate(policies, seed=seed, binary=binary, progress=step)
    show(_RENDERERS[format_](report))
    if report.survived:
        raise typer.Exit(FINDINGS)
