"""The report of `fuzz`: as text, as JSON, and as JUnit XML."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from iam2rego.conformance.report import counted, disagreement_json, explained
from iam2rego.conformance.run import Disagreement
from iam2rego.diagnostics import printable
from iam2rego.engines.compare import outcome
from iam2rego.fuzz.questions import Question
from iam2rego.fuzz.speed import BARE
from iam2rego.jsontext import JsonValue, Number, dumps, loads
from iam2rego.junit import Case, junit


@dataclass(frozen=True, slots=True)
class Found:
    """A question and how the engines disagree on it."""

    question: Question
    disagreement: Disagreement

    @property
    def scenario(self) -> str:
        """The question as a scenario that expects the native engine's decision."""
        return self.question.scenario(outcome(self.disagreement.native))


@dataclass(frozen=True, slots=True)
class DrawnReport:
    """The counts of a run.

    `decisions` counts the native engine's decisions, `drawn` the requests that special rules decide (`tally`); `speeds` is in requests
    a second, by engine.
    """

    opa_version: str
    seed: int
    sets: int
    policies: int
    statements: int
    requests: int
    decisions: Mapping[str, int]
    drawn: Mapping[str, int]
    speeds: Mapping[str, float]
    found: Found | None


Replay: TypeAlias = Callable[[Found], str]
"""Returns the command that repeats a request."""


def drawn_text(report: DrawnReport, replay: Replay) -> str:
    """Return the counts, and the disagreement with both documents, the native engine's reasons and a command that repeats it."""
    lines = [*_figures(report)]
    if report.found:
        lines += ["", *map(printable, _told(report.found, replay))]
    return "\n".join(lines)


def drawn_json(report: DrawnReport, replay: Replay) -> str:
    """Return the report on one line."""
    counts = {"seed": report.seed, "sets": report.sets, "policies": report.policies, "statements": report.statements}
    agreements = report.requests - (report.found is not None)
    counts |= {"requests": report.requests, "agreements": agreements}
    members: dict[str, JsonValue] = {"opa_version": report.opa_version, **_numbers(counts), "decisions": _numbers(report.decisions)}
    members["drawn"] = _numbers(report.drawn)
    members["requests_per_second"] = {work: Number(f"{speed:.1f}") for work, speed in report.speeds.items()}
    members["disagreements"] = [_json(report.found, replay)] if report.found else []
    return dumps(members)


def drawn_junit(report: DrawnReport, replay: Replay) -> str:
    """Return one test case, which fails if the engines disagree."""
    figures = {"opa_version": report.opa_version, "seed": report.seed, "requests": report.requests, **report.decisions, **report.drawn}
    failure = "\n".join(_told(report.found, replay)) if report.found else None
    return junit("iam2rego fuzz", figures, [Case("fuzz", f"{report.requests} random requests", failure)])


def _figures(report: DrawnReport) -> Iterator[str]:
    asked = f"{counted(report.sets, 'random policy set', 'random policy sets')} of {counted(report.policies, 'policy', 'policies')}"
    decisions = ", ".join(f"{count} {name} ({count / report.requests:.0%})" for name, count in report.decisions.items())
    found = "1 disagreement" if report.found else "0 disagreements"
    yield f"{asked} and {counted(report.statements, 'statement', 'statements')}, {counted(report.requests, 'request', 'requests')}, {found}"
    yield f"{decisions} (OPA {report.opa_version}, seed {report.seed})"
    yield f"among them {', '.join(f'{count} {name}' for name, count in report.drawn.items())}"
    yield _speeds(report.speeds)


def _speeds(speeds: Mapping[str, float]) -> str:
    """Return each engine's requests a second, compared with those of a bare query."""
    engines = [f"{work} {speed:.0f} a second ({speed / speeds[BARE]:.2f} x)" for work, speed in speeds.items() if work != BARE]
    return f"{', '.join(engines)}, a bare query of OPA {speeds[BARE]:.0f} a second"


def _told(found: Found, replay: Replay) -> Iterator[str]:
    yield from explained(found.disagreement, lambda _: replay(found))
    yield f"  scenario: {found.scenario}"


def _json(found: Found, replay: Replay) -> JsonValue:
    return {**disagreement_json(found.disagreement, lambda _: replay(found)), "scenario": loads(found.scenario)}


def _numbers(counts: Mapping[str, int]) -> dict[str, JsonValue]:
    return {name: Number(str(count)) for name, count in counts.items()}
