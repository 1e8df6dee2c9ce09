"""The coverage of statements and parts: as lines of text, and as the member `coverage` of the report."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from iam2rego.coverage.model import Coverage, PartCoverage, PolicyCoverage, Reason, RuleLines, StatementCoverage
from iam2rego.jsontext import JsonValue, loads

_SHOWN: Final = 20


def coverage_lines(coverage: Coverage) -> list[str]:
    """Return the counts of statements and of parts, each followed by the first ones that were not seen.

    Parts that every request matches, such as the resource `*`, are only counted.
    """
    count, testable = coverage.statements, coverage.parts - coverage.infeasible
    statements = f"statements: {coverage.applied} of {count} seen to apply, {coverage.not_applied} of {count} seen not to apply"
    parts = f"parts: {coverage.flipped} of {testable} seen to decide{_others(coverage)}"
    return [statements, *_shortened(_unseen(coverage)), parts, *_shortened(_undecided(coverage))]


def coverage_members(coverage: Coverage) -> JsonValue:
    """Return the coverage in total, by policy and by statement, and why each part without a pair has none; without the pairs."""
    document = {
        "statements": coverage.statements,
        "applied": coverage.applied,
        "not_applied": coverage.not_applied,
        "never_applied": [asdict(each) for each in coverage.never_applied],
        "always_applied": [asdict(each) for each in coverage.always_applied],
        **_counts(list(_parts(coverage.detail))),
        "reasons": _reasons(coverage),
        **_lines([each.rules for each in coverage.detail if each.rules]),
        "policies": [_policy(each) for each in coverage.detail],
    }
    return loads(json.dumps(document))


def _unseen(coverage: Coverage) -> list[str]:
    never = [f"  never seen to apply: statement {each.index} of {each.policy}" for each in coverage.never_applied]
    return never + [f"  never seen not to apply: statement {each.index} of {each.policy}" for each in coverage.always_applied]


def _undecided(coverage: Coverage) -> list[str]:
    """Name the parts without a pair, those without a reason first."""
    unseen = [(statement, part) for statement in _statements(coverage.detail) for part in statement.parts if part.pair is None]
    open_ = [f"  never seen to decide: {_name(statement, part)}" for statement, part in unseen if part.infeasible is None]
    return open_ + [
        f"  cannot decide: {_name(statement, part)}: {part.infeasible.reason}, {' and '.join(part.infeasible.by)}"
        for statement, part in unseen
        if part.infeasible and part.infeasible.reason is not Reason.NO_VALUE
    ]


def _name(statement: StatementCoverage, part: PartCoverage) -> str:
    return f"{part.part.kind} `{part.part.text}` in statement {statement.place.index} of {statement.place.policy}"


def _others(coverage: Coverage) -> str:
    found = ", ".join(f"{count} {reason}" for reason, count in _reasons(coverage).items())
    return f"; {coverage.infeasible} more cannot decide ({found})" if found else ""


def _reasons(coverage: Coverage) -> Mapping[str, int]:
    return dict(sorted(Counter(part.infeasible.reason.value for part in _parts(coverage.detail) if part.infeasible).items()))


def _policy(policy: PolicyCoverage) -> dict[str, object]:
    statements = [_statement(each) for each in policy.statements]
    rules = {"file": policy.rules.file, **_lines([policy.rules]), "not_covered": policy.rules.not_covered} if policy.rules else None
    return {"policy": policy.policy, **_counts(list(_parts([policy]))), **({"rules": rules} if rules else {}), "statements": statements}


def _statement(statement: StatementCoverage) -> dict[str, object]:
    unseen = [_unflipped(each) for each in statement.parts if each.pair is None]
    return {"index": statement.place.index, **_counts(statement.parts), "not_flipped": unseen}


def _unflipped(part: PartCoverage) -> dict[str, object]:
    place = {"line": part.part.span.line, "column": part.part.span.column} if part.part.span else {}
    return {"kind": part.part.kind, "text": part.part.text, **place, **(asdict(part.infeasible) if part.infeasible else {})}


def _counts(parts: Sequence[PartCoverage]) -> dict[str, object]:
    flipped = sum(each.pair is not None for each in parts)
    return {"parts": len(parts), "flipped": flipped, "infeasible": sum(each.infeasible is not None for each in parts)}


def _lines(rules: Sequence[RuleLines]) -> dict[str, object]:
    """Count the lines of modules as `opa test --coverage` does; empty if they were not requested."""
    covered, missed = sum(len(each.covered) for each in rules), sum(len(each.not_covered) for each in rules)
    return {"covered_lines": covered, "not_covered_lines": missed} if rules else {}


def _parts(policies: Iterable[PolicyCoverage]) -> Iterator[PartCoverage]:
    for statement in _statements(policies):
        yield from statement.parts


def _statements(policies: Iterable[PolicyCoverage]) -> Iterator[StatementCoverage]:
    for policy in policies:
        yield from policy.statements


def _shortened(lines: Sequence[str]) -> list[str]:
    return [*lines[:_SHOWN], *([f"  ... and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else [])]
