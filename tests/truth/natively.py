"""The native evaluator decides as the table of the rules says (E5 to E15)."""

from collections.abc import Iterator

from iam2rego.native import authorize
from tests.truth.table import COLUMNS
from tests.truth.worlds import Case, cases, worlds


def native_failures(count: int | None = None, seed: int = 0) -> Iterator[str]:
    """Yield the combinations, of all or of a ``count`` drawn with a seed, where the native evaluator decides otherwise than the table."""
    policies = worlds()
    for case in cases(count, seed):
        decision = authorize(policies[case.world], case.request)
        if decision.errors or not case.row.is_met(decision.decision, decision.denied_by, len(decision.matched_statements)):
            said = f"{decision.decision.value} by {len(decision.matched_statements)} statements, denied by {[*decision.denied_by]}"
            yield f"{described(case)}: {said}, instead of {case.expect}, {case.row.told}"


def described(case: Case) -> str:
    return ", ".join(f"{column} {state}" for column, state in zip(COLUMNS, case.state, strict=True))
