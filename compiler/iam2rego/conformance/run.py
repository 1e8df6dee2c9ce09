"""One run: both engines asked one request after the other, and what they said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.conformance.checkpoint import Notes
from iam2rego.conformance.freshness import Standing
from iam2rego.conformance.invalid import AllInvalid
from iam2rego.coverage.cover import Subject, cover
from iam2rego.coverage.model import Coverage
from iam2rego.coverage.observe import Place, observe
from iam2rego.coverage.seen import Seen, requests_of
from iam2rego.engines.compare import Answer, agree, answer, outcome
from iam2rego.engines.engine import Engine
from iam2rego.engines.errors import EngineError
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import explain
from iam2rego.questions.aim import Aim

_SEARCHED: Final = 500
"""So many requests of a statement are searched for why parts have no pair; `make prove` searches 10,000."""

_PATIENCE: Final = 10
"""After so many failures in a row an engine is given up."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A request that two engines answer differently, and the native engine's reasons."""

    policies: PolicySet
    request: JsonValue
    native: Answer
    opa: Answer
    explanation: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Whether the decisions differ, not only the reasons."""
        return outcome(self.native) != outcome(self.opa)


def called(policies: PolicySet) -> str:
    """Return what policies are called that are asked together: one by its name, or so many."""
    return policies.policies[0].name if len(policies.policies) == 1 else f"{len(policies.policies)} policies together"


def compared(policies: PolicySet, request: JsonValue, native: Answer, opa: Answer) -> Disagreement | None:
    """Return how two answers to ``request`` disagree, with the native engine's reasons, or None where they agree."""
    return None if agree(native, opa) else Disagreement(policies, request, native, opa, tuple(explain(policies, request)))


@dataclass(frozen=True, slots=True)
class ConformReport:
    """What was asked and how it was answered; `decisions` counts the native engine's, by name.

    `standing` says how an output that was built earlier stands to the sources; None where the compiler's own was asked.
    `all_invalid` lists of what every request was invalid.
    """

    opa_version: str
    seed: int
    policies: int
    statements: int
    requests: int
    agreements: int
    decisions: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]
    coverage: Coverage
    standing: Standing | None = None
    all_invalid: tuple[AllInvalid, ...] = ()

    @property
    def is_misplaced(self) -> bool:
        """Whether what was asked is known to be another output than the sources make."""
        return self.standing is not None and self.standing.is_wrong


@dataclass(slots=True)
class _Tried:
    """How many requests some policies were asked, whether one of them was valid, and what was wrong with the first that was not."""

    requests: int = 0
    is_valid: bool = False
    error: str = ""

    def note(self, decision: Decision) -> None:
        """Note what was decided about a request."""
        self.requests += 1
        self.is_valid |= not decision.errors
        self.error = self.error or next(iter(decision.errors), "")


@dataclass(slots=True)
class Run:
    """One run: the engines, and what they said so far."""

    units: Sequence[PolicySet]
    opa: Engine
    notes: Notes | None = None
    seen: Seen = field(default_factory=Seen)
    asked: int = 0
    failures: int = 0
    tried: dict[int, _Tried] = field(default_factory=dict)
    decisions: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)

    def ask_all(self, unit: int, requests: Iterable[JsonValue]) -> None:
        """Ask both engines each of the requests."""
        for request in requests:
            self.ask(unit, request)

    def ask(self, unit: int, request: JsonValue) -> None:
        """Ask both engines, and note what they answer."""
        native = observe(self.units[unit], request)
        opa = self._answer(unit, request, native.decision)
        self.asked += 1
        self.decisions[outcome(native.decision)] += 1
        self.tried.setdefault(unit, _Tried()).note(native.decision)
        self.seen.note(native)
        if disagreement := compared(self.units[unit], request, native.decision, opa):
            self.disagreements.append(disagreement)
        self._note_failure(opa)

    def _answer(self, unit: int, request: JsonValue, native: Decision) -> Answer:
        def ask() -> Answer:
            return answer(self.opa, unit, request)

        return self.notes.answer(native, ask) if self.notes else ask()

    def cover(self, subject: Subject, start: Aim, seed: int) -> list[JsonValue]:
        """Note what is known of the parts of a statement, and return the requests that show them."""
        parts = cover(subject, start, seed=seed, count=_SEARCHED)
        self.seen.cover(Place(subject.policy.name, subject.index), parts)
        return list(requests_of(parts))

    def _note_failure(self, given: Answer) -> None:
        self.failures = self.failures + 1 if isinstance(given, str) else 0
        if self.failures == _PATIENCE:
            raise EngineError(f"the engine `{self.opa.name}` failed {_PATIENCE} times in a row: {given}")

    def report(self, policies: PolicySet, seed: int, opa_version: str) -> ConformReport:
        """Return what was asked and said so far, about ``policies``."""
        return ConformReport(
            opa_version=opa_version,
            seed=seed,
            policies=len(policies.policies),
            statements=sum(len(policy.document.statements) for policy in policies.policies),
            requests=self.asked,
            agreements=self.asked - len(self.disagreements),
            decisions=dict(sorted(self.decisions.items())),
            disagreements=tuple(self.disagreements),
            coverage=self.seen.coverage(policies.policies),
            all_invalid=tuple(
                AllInvalid(called(self.units[unit]), tried.requests, tried.error)
                for unit, tried in sorted(self.tried.items())
                if not tried.is_valid
            ),
        )
