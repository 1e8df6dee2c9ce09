"""Decides generated requests on two engines and reports where they differ."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeAlias, TypeVar

from iam2rego.conformance.compare import Answer, agree, answer, outcome
from iam2rego.conformance.coverage.cover import Subject, cover
from iam2rego.conformance.coverage.model import Coverage
from iam2rego.conformance.coverage.seen import Seen, requests_of
from iam2rego.conformance.engine import SERVER, Engine, EngineError, OpaEngine, Way
from iam2rego.conformance.generate import base, once, refused, requests
from iam2rego.conformance.generate.aim import Aim
from iam2rego.conformance.generate.attached import Attached
from iam2rego.conformance.generate.parts import is_plain
from iam2rego.conformance.notes import Notes
from iam2rego.conformance.observe import Place, observe, scales
from iam2rego.conformance.standing import Standing
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import Policy, PolicySet, PolicyType, identity_policies
from iam2rego.jsontext import JsonValue
from iam2rego.native import explain
from iam2rego.opa.binary import Binary

_T = TypeVar("_T")

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of policies done and of all."""

_WHOLE_REQUESTS: Final = 2_000
"""About how many of all requests are also decided by all policies together."""

_REFUSING: Final = 10
"""Of so many policies, the first, malformed requests are made: what refuses them is the same whatever a policy says."""

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


@dataclass(frozen=True, slots=True)
class ConformReport:
    """What was asked and how it was answered; `decisions` counts the native engine's, by name.

    `standing` says how an output that was built earlier stands to the sources; None where the compiler's own was asked.
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

    @property
    def is_misplaced(self) -> bool:
        """Whether what was asked is known to be another output than the sources make."""
        return self.standing is not None and self.standing.is_wrong


def conform(
    policies: PolicySet, *, seed: int, binary: Binary, extra: Sequence[JsonValue], progress: Progress, way: Way = SERVER
) -> ConformReport:
    """Check what the compiler makes of ``policies`` on an OPA of our own, asked in this ``way``.

    Identity policies that everybody has are asked alone, each for the requests made from it, because another that allows or
    denies everything would hide its statements; a seeded share of these requests, and all of ``extra``, are decided by all policies
    together. Where there are policies of other types, or an account's, they are asked together as they are attached.

    Raises:
        OpaError: OPA does not start or does not take what was compiled.
        EngineError: OPA stopped answering.
    """
    units = _units(policies)
    with OpaEngine(binary, units, way) as opa:
        run = _Run(units, opa)
        if is_plain(policies):
            _ask_alone(run, policies, seed, progress)
        else:
            _ask_as_attached(run, policies, seed, progress)
        for request in extra:
            run.ask(len(units) - 1, request)
    return run.report(policies, seed, binary.version)


def conform_deployed(
    policies: PolicySet,
    engine: Engine,
    *,
    version: str,
    seed: int,
    extra: Sequence[JsonValue],
    progress: Progress,
    notes: Notes | None = None,
) -> ConformReport:
    """Check an engine, an OPA of ``version``, that already holds ``policies``: only all of them together can be asked there.

    Raises:
        EngineError: OPA stopped answering.
    """
    run = _Run((policies,), engine, notes)
    if is_plain(policies):
        for place, policy in _shown(policies.policies, progress):
            run.ask_all(0, once([*_made(policy, seed, place), *_covering(run, 0, policy, seed)]))
    else:
        _ask_as_attached(run, policies, seed, progress)
    run.ask_all(0, extra)
    return run.report(policies, seed, version)


def _ask_alone(run: "_Run", policies: PolicySet, seed: int, progress: Progress) -> None:
    for_all: list[JsonValue] = []
    for unit, policy in _shown(policies.policies, progress):
        made = _made(policy, seed, unit)
        run.ask_all(unit, once([*made, *_covering(run, unit, policy, seed)]))
        for_all += _share(made, policy, seed, len(policies.policies))
    run.ask_all(len(run.units) - 1, for_all)


def _ask_as_attached(run: "_Run", policies: PolicySet, seed: int, progress: Progress) -> None:
    attached = Attached(policies, seed)
    for _, (part, index) in _shown(list(attached.statements()), progress):
        start = attached.start(part, index, scales(policies, part.policy, index).weight)
        pairs = run.cover(Subject(policies, part.policy, part.type, index), start, seed)
        run.ask_all(0, once([*attached.requests(part, index, start), *pairs]))
    run.ask_all(0, once(attached.unusual()))
    for policy in policies.policies[:1]:
        run.ask_all(0, refused(policy))


def _shown(items: Sequence[_T], progress: Progress) -> Iterator[tuple[int, _T]]:
    """Yield the items with their numbers, and show how far that is."""
    for number, item in enumerate(items):
        progress(number, len(items))
        yield number, item
    progress(len(items), len(items))


def _made(policy: Policy, seed: int, place: int) -> list[JsonValue]:
    """Return the requests made from ``policy``, which comes after ``place`` others."""
    return [*requests(policy, seed), *(refused(policy) if place < _REFUSING else ())]


def _covering(run: "_Run", unit: int, policy: Policy, seed: int) -> Iterator[JsonValue]:
    """Yield the requests that show the parts of an identity policy that everybody has, among the policies of ``unit``."""
    for index, statement in enumerate(policy.document.statements):
        yield from run.cover(Subject(run.units[unit], policy, PolicyType.IDENTITY, index), base(statement), seed)


def _units(policies: PolicySet) -> tuple[PolicySet, ...]:
    """Return each policy by itself where it can be asked so, and at the end all together."""
    alone = tuple(identity_policies((policy,)) for policy in policies.policies) if is_plain(policies) else ()
    return alone if len(alone) == 1 else (*alone, policies)


def _share(made: Sequence[JsonValue], policy: Policy, seed: int, policies: int) -> list[JsonValue]:
    count = min(len(made), max(1, _WHOLE_REQUESTS // policies)) if policies > 1 else 0
    return Random(f"{seed}/{policy.name}/whole").sample(list(made), count)


@dataclass(slots=True)
class _Run:
    """One run: the engines, and what they said so far."""

    units: Sequence[PolicySet]
    opa: Engine
    notes: Notes | None = None
    seen: Seen = field(default_factory=Seen)
    asked: int = 0
    failures: int = 0
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
        self.seen.note(native)
        if not agree(native.decision, opa):
            reasons = tuple(explain(self.units[unit], request))
            self.disagreements.append(Disagreement(self.units[unit], request, native.decision, opa, reasons))
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
        )
