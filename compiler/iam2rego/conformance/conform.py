"""Decides generated requests on two engines and reports where they differ."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeAlias

from iam2rego.conformance.compare import Answer, agree, answer, outcome
from iam2rego.conformance.coverage import Coverage, Seen
from iam2rego.conformance.engine import DeployedEngine, Engine, EngineError, NativeEngine, OpaEngine
from iam2rego.conformance.generate import refused, requests
from iam2rego.ir.policy import Policy, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import explain
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of policies done and of all."""

_WHOLE_REQUESTS: Final = 2_000
"""About how many of all requests are also decided by all policies together."""

_REFUSING: Final = 10
"""Of so many policies, the first, malformed requests are made: what refuses them is the same whatever a policy says."""

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


@dataclass(frozen=True, slots=True)
class ConformReport:
    """What was asked and how it was answered; `decisions` counts the native engine's, by name."""

    opa_version: str
    seed: int
    policies: int
    statements: int
    requests: int
    agreements: int
    decisions: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]
    coverage: Coverage


def conform(policies: PolicySet, *, seed: int, binary: Binary, extra: Sequence[JsonValue], progress: Progress) -> ConformReport:
    """Check what the compiler makes of ``policies`` on an OPA of our own.

    The requests made from a policy are decided by that policy alone, because another that allows or denies everything would
    hide its statements; a seeded share of them, and all of ``extra``, are decided by all policies together.

    Raises:
        OpaError: OPA does not start or does not take what was compiled.
        EngineError: OPA stopped answering.
    """
    units = _units(policies)
    with OpaEngine(binary, units) as opa:
        run = _Run(units, NativeEngine(units), opa)
        for_all: list[JsonValue] = []
        for unit, policy in enumerate(policies.policies):
            progress(unit, len(policies.policies))
            made = _made(policy, seed, unit)
            run.seen.note(policy, [run.ask(unit, request) for request in made])
            for_all += _share(made, policy, seed, len(policies.policies))
        for request in (*for_all, *extra):
            run.ask(len(units) - 1, request)
        progress(len(policies.policies), len(policies.policies))
    return run.report(policies, seed, binary.version)


def conform_deployed(
    policies: PolicySet, *, seed: int, client: Client, package: str, extra: Sequence[JsonValue], progress: Progress
) -> ConformReport:
    """Check an OPA that already holds ``policies`` under ``package``: only all policies together can be asked there.

    Raises:
        OpaError: OPA does not tell its version.
        EngineError: OPA stopped answering.
    """
    run = _Run((policies,), NativeEngine((policies,)), DeployedEngine(client, package))
    for done, policy in enumerate(policies.policies):
        progress(done, len(policies.policies))
        run.seen.note(policy, [run.ask(0, request) for request in _made(policy, seed, done)])
    for request in extra:
        run.ask(0, request)
    progress(len(policies.policies), len(policies.policies))
    return run.report(policies, seed, client.version())


def _made(policy: Policy, seed: int, place: int) -> list[JsonValue]:
    """Return the requests made from ``policy``, which comes after ``place`` others."""
    return [*requests(policy, seed), *(refused(policy) if place < _REFUSING else ())]


def _units(policies: PolicySet) -> tuple[PolicySet, ...]:
    """Return each policy by itself, and at the end all together."""
    alone = tuple(PolicySet(policies=(policy,)) for policy in policies.policies)
    return alone if len(alone) == 1 else (*alone, policies)


def _share(made: Sequence[JsonValue], policy: Policy, seed: int, policies: int) -> list[JsonValue]:
    count = min(len(made), max(1, _WHOLE_REQUESTS // policies)) if policies > 1 else 0
    return Random(f"{seed}/{policy.name}/whole").sample(list(made), count)


@dataclass(slots=True)
class _Run:
    """One run: the engines, and what they said so far."""

    units: Sequence[PolicySet]
    native: Engine
    opa: Engine
    seen: Seen = field(default_factory=Seen)
    asked: int = 0
    failures: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)

    def ask(self, unit: int, request: JsonValue) -> Answer:
        """Ask both engines; return what the native one answers."""
        native, opa = answer(self.native, unit, request), answer(self.opa, unit, request)
        self.asked += 1
        self.decisions[outcome(native)] += 1
        if not agree(native, opa):
            reasons = tuple(explain(self.units[unit], request))
            self.disagreements.append(Disagreement(self.units[unit], request, native, opa, reasons))
        self._note_failure(opa)
        return native

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
            coverage=self.seen.coverage(),
        )
