"""The report of `conform`: as text for people, as one JSON document, and as JUnit XML."""

import json
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from iam2rego.conformance.grouping import asked, grouped
from iam2rego.conformance.run import ConformReport, Disagreement
from iam2rego.coverage.report import coverage_lines, coverage_members
from iam2rego.diagnostics import printable
from iam2rego.engines.compare import Answer
from iam2rego.engines.contradiction import Contradiction
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.junit import Case, junit

Replay: TypeAlias = Callable[[Disagreement], str]
"""Gives the command that repeats a request."""

_SHOWN: Final = 20


def conform_text(report: ConformReport, replay: Replay) -> str:
    """Return the counts and one disagreement of each kind: both documents, the native engine's reasons, and a command to repeat it."""
    lines = [_figures(report), *_freshness(report), *_invalid(report), *map(printable, coverage_lines(report.coverage))]
    groups = grouped(report.disagreements)
    for group in groups[:_SHOWN]:
        lines += ["", *map(printable, explained(group.first, replay))]
        lines += [f"  ... and {len(group.others)} more of this kind"] if group.others else []
    if len(groups) > _SHOWN:
        lines += ["", f"... and {len(groups) - _SHOWN} more kinds"]
    return "\n".join(lines)


def conform_json(report: ConformReport, replay: Replay) -> str:
    """Return the report on one line, requests as they were sent."""
    figures = {
        "opa_version": report.opa_version,
        "seed": report.seed,
        "policies": report.policies,
        "statements": report.statements,
        "requests": report.requests,
        "agreements": report.agreements,
        "decisions": dict(report.decisions),
    }
    disagreements: list[JsonValue] = [disagreement_json(each, replay) for each in report.disagreements]
    found = {"coverage": coverage_members(report.coverage), **_members(_freshness_members(report))}
    all_invalid: list[JsonValue] = [each.members for each in report.all_invalid]
    return dumps({**_members(figures), "disagreements": disagreements, "all_invalid": all_invalid, **found})


def conform_junit(report: ConformReport, replay: Replay) -> str:
    """Return a test case for each disagreement, or a single one that passed, and one for each other finding."""
    figures = {"opa_version": report.opa_version, "seed": report.seed, "requests": report.requests, **report.decisions}
    freshness = [Case("freshness", line, line if report.is_outdated else None) for line in _freshness(report)]
    invalid = [Case("invalid", each.subject, printable(each.words)) for each in report.all_invalid]
    failures = [Case("conform", asked(each), "\n".join(explained(each, replay))) for each in report.disagreements]
    return junit("iam2rego conform", figures, [*freshness, *invalid, *(failures or [Case("conform", _figures(report))])])


def _figures(report: ConformReport) -> str:
    decisions = ", ".join(f"{count} {name}" for name, count in report.decisions.items())
    asked = f"{counted(report.policies, 'policy', 'policies')}, {counted(report.statements, 'statement', 'statements')}"
    found = counted(len(report.disagreements), "disagreement", "disagreements")
    return f"{asked}, {report.requests} requests ({decisions}), {found} (OPA {report.opa_version}, seed {report.seed})"


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{count} {one if count == 1 else many}"


def _freshness_members(report: ConformReport) -> dict[str, object]:
    return {"freshness": report.freshness.state, "freshness_reason": report.freshness.reason} if report.freshness else {}


def _freshness(report: ConformReport) -> list[str]:
    return [printable(f"freshness: {report.freshness.state}, {report.freshness.reason}")] if report.freshness else []


def _invalid(report: ConformReport) -> list[str]:
    return [printable(each.words) for each in report.all_invalid]


def explained(disagreement: Disagreement, replay: Replay) -> Iterator[str]:
    """Yield lines with both documents, the native engine's reasons and the command to repeat the request."""
    yield f"{asked(disagreement)}: {_problem(disagreement.opa)}"
    yield f"  request: {dumps(disagreement.request)}"
    yield f"  native:  {_text(disagreement.native)}"
    yield f"  opa:     {_text(disagreement.opa)}"
    yield from (f"  | {line}" for line in disagreement.explanation)
    yield f"  replay:  {replay(disagreement)}"


def _problem(given: Answer) -> str:
    return f"OPA contradicts itself, {given.words}" if isinstance(given, Contradiction) else "the engines disagree"


def disagreement_json(disagreement: Disagreement, replay: Replay) -> dict[str, JsonValue]:
    """Return both documents, and the command to repeat the request."""
    return {
        "request": disagreement.request,
        "native": _document(disagreement.native),
        "opa": _document(disagreement.opa),
        "replay": replay(disagreement),
    }


def _document(given: Answer) -> JsonValue:
    return given if isinstance(given, str) else loads(given.model_dump_json())


def _text(given: Answer) -> str:
    return given if isinstance(given, str) else given.model_dump_json()


def _members(values: dict[str, object]) -> dict[str, JsonValue]:
    return {name: loads(json.dumps(value)) for name, value in values.items()}
