"""One run: both engines get one request after the other, and their answers are compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.conformance.checkpoint import Checkpoint
from iam2rego.conformance.freshness import Freshness
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
"""How many requests are searched for the reason why a statement's parts have no pair; `make prove` searches 10,000."""

_PATIENCE: Final = 10
"""How many failures in a row end the run."""


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
    """Return the name of policies that decide together: one's own name, or their number."""
    return policies.policies[0].name if len(policies.policies) == 1 else f"{len(policies.policies)} policies together"


def compared(policies: PolicySet, request: JsonValue, native: Answer, opa: Answer) -> Disagreement | None:
    """Return the disagreement of two answers to ``request``, with the native engine's reasons; None if they agree."""
    return None if agree(native, opa) else Disagreement(policies, request, native, opa, tuple(explain(policies, request)))


@dataclass(frozen=True, slots=True)
class ConformReport:
    """The requests and answers of a run in numbers; `decisions` counts the native engine's, by name.

    `freshness` compares an earlier output with the sources; None if the output was compiled for the run.
    `all_invalid` lists the subjects that only got invalid requests.
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
    freshness: Freshness | None = None
    all_invalid: tuple[AllInvalid, ...] = ()

    @property
    def is_outdated(self) -> bool:
        """Whether the checked output is known to differ from what the sources make."""
        return self.freshness is not None and self.freshness.is_wrong


@dataclass(slots=True)
class _Tried:
    """How many requests some policies got, whether one of them was valid, and the error of the first invalid one."""

    requests: int = 0
    is_valid: bool = False
    error: str = ""

    def note(self, decision: Decision) -> None:
        """Count one decision."""
        self.requests += 1
        self.is_valid |= not decision.errors
        self.error = self.error or next(iter(decision.errors), "")


@dataclass(slots=True)
class Run:
    """One run: the engines, and their answers so far."""

    units: Sequence[PolicySet]
    opa: Engine
    checkpoint: Checkpoint | None = None
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
        """Ask both engines, and record their answers."""
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

        return self.checkpoint.answer(native, ask) if self.checkpoint else ask()

    def cover(self, subject: Subject, start: Aim, seed: int) -> list[JsonValue]:
        """Record the coverage of a statement's parts, and return the requests that show them."""
        parts = cover(subject, start, seed=seed, count=_SEARCHED)
        self.seen.cover(Place(subject.policy.name, subject.index), parts)
        return list(requests_of(parts))

    def _note_failure(self, given: Answer) -> None:
        self.failures = self.failures + 1 if isinstance(given, str) else 0
        if self.failures == _PATIENCE:
            raise EngineError(f"the engine `{self.opa.name}` failed {_PATIENCE} times in a row: {given}")

    def report(self, policies: PolicySet, seed: int, opa_version: str) -> ConformReport:
        """Return the report about ``policies`` so far."""
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
