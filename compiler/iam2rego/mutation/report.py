"""The report of `mutate`: as text, as JSON, and as JUnit XML."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from iam2rego.diagnostics import printable
from iam2rego.junit import Case, junit
from iam2rego.mutation.equivalent import Equivalent
from iam2rego.mutation.mutant import Mutant
from iam2rego.mutation.run import MOST, MutationReport

_LONGEST: Final = 160


def mutation_text(report: MutationReport) -> str:
    """Return the counts in total and by operator, the unlisted survivors, and the stale list entries."""
    lines = [_figures(report), *_by_operator(report)]
    for mutant in report.survivors.unexplained:
        lines += ["", *map(printable, _told(mutant))]
    for listed in report.survivors.stale:
        lines += ["", *map(printable, _unneeded(listed))]
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
        "killed": report.killed,
        "equivalent": len(report.survivors.equivalent),
    }
    operators = {operator: {"mutants": count, "survived": survived} for operator, count, survived in _counts(report)}
    survivors = [{"operator": each.operator, "module": each.module, **asdict(each.change)} for each in report.survivors.unexplained]
    stale = [each.model_dump(mode="json") for each in report.survivors.stale]
    return json.dumps({**figures, "operators": operators, "survived": survivors, "listed_but_killed": stale})


def mutation_junit(report: MutationReport) -> str:
    """Return a failed test case for each unlisted survivor and each stale list entry, or else a single passed one."""
    survivors = report.survivors
    failures = [
        *(Case(each.module, f"line {each.change.line}: {each.operator}", "\n".join(_told(each))) for each in survivors.unexplained),
        *(Case(each.module, f"line {each.line}: {each.operator}", "\n".join(_unneeded(each))) for each in survivors.stale),
    ]
    figures = {"opa_version": report.opa_version, "seed": report.seed, "mutants": report.count, "requests": report.requests}
    return junit("iam2rego mutate", figures, failures or [Case("mutation", _figures(report))])


def _figures(report: MutationReport) -> str:
    policies = f"{report.policies} {'policy' if report.policies == 1 else 'policies'}"
    survivors = f"{len(report.survivors.equivalent)} equivalent, {len(report.survivors.unexplained)} survived"
    asked = f"{report.requests} requests (OPA {report.opa_version}, seed {report.seed})"
    return f"{policies}, {report.count} mutants: {report.killed} killed, {survivors} {asked}"


def _by_operator(report: MutationReport) -> Iterator[str]:
    yield from (f"  {operator}: {count - survived} of {count} killed" for operator, count, survived in _counts(report))


def _counts(report: MutationReport) -> Iterator[tuple[str, int, int]]:
    survived = Counter(each.operator for each in (*report.survivors.equivalent, *report.survivors.unexplained))
    yield from ((operator.value, count, survived[operator]) for operator, count in report.mutants.items())


def _told(mutant: Mutant) -> Iterator[str]:
    yield f"survived: {mutant.operator}, module {mutant.module}, line {mutant.change.line}"
    yield f"  - {_cut(mutant.change.before)}"
    yield f"  + {_cut(mutant.change.after)}"


def _unneeded(listed: Equivalent) -> Iterator[str]:
    yield f"listed as equivalent, but it did not survive: {listed.operator}, module {listed.module}, line {listed.line}"
    yield f"  - {_cut(listed.before)}"
    yield f"  + {_cut(listed.after)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
