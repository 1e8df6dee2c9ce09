"""What became of the mutants: as text for people, as a JSON document, and as JUnit XML."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from iam2rego.conformance.junit import Case, junit
from iam2rego.conformance.mutation.mutant import Mutant
from iam2rego.conformance.mutation.run import MOST, MutationReport
from iam2rego.diagnostics import printable

_LONGEST: Final = 160


def mutation_text(report: MutationReport) -> str:
    """Return the figures, in all and by operator, and every survivor with its place and what was changed."""
    lines = [_figures(report), *_by_operator(report)]
    for mutant in report.survived:
        lines += ["", *map(printable, _told(mutant))]
    return "\n".join(lines)


def mutation_json(report: MutationReport) -> str:
    """Return the report on one line."""
    figures = {
        "opa_version": report.opa_version,
        "seed": report.seed,
        "policies": report.policies,
        "requests": report.requests,
        "most_of_each_operator": MOST,
        "mutants": report.count,
        "killed": report.count - len(report.survived),
    }
    operators = {operator: {"mutants": count, "survived": survived} for operator, count, survived in _counts(report)}
    survivors = [{"operator": each.operator, "module": each.module, **asdict(each.change)} for each in report.survived]
    return json.dumps({**figures, "operators": operators, "survived": survivors})


def mutation_junit(report: MutationReport) -> str:
    """Return a failed test case for each survivor, or a single one that passed."""
    failures = [Case(each.module, f"line {each.change.line}: {each.operator}", "\n".join(_told(each))) for each in report.survived]
    figures = {"opa_version": report.opa_version, "seed": report.seed, "mutants": report.count, "requests": report.requests}
    return junit("iam2rego conform --mutate", figures, failures or [Case("mutation", _figures(report))])


def _figures(report: MutationReport) -> str:
    policies = f"{report.policies} {'policy' if report.policies == 1 else 'policies'}"
    killed = f"{report.count - len(report.survived)} killed, {len(report.survived)} survived"
    return f"{policies}, {report.count} mutants: {killed} {report.requests} requests (OPA {report.opa_version}, seed {report.seed})"


def _by_operator(report: MutationReport) -> Iterator[str]:
    yield from (f"  {operator}: {count - survived} of {count} killed" for operator, count, survived in _counts(report))


def _counts(report: MutationReport) -> Iterator[tuple[str, int, int]]:
    survived = Counter(each.operator for each in report.survived)
    yield from ((operator.value, count, survived[operator]) for operator, count in report.mutants.items())


def _told(mutant: Mutant) -> Iterator[str]:
    yield f"survived: {mutant.operator}, module {mutant.module}, line {mutant.change.line}"
    yield f"  - {_cut(mutant.change.before)}"
    yield f"  + {_cut(mutant.change.after)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
