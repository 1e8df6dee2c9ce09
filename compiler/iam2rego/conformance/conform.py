"""Decides generated requests on two engines and reports where they differ."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import Final, TypeAlias, TypeVar

from iam2rego.conformance.asked import apart
from iam2rego.conformance.checkpoint import Checkpoint
from iam2rego.conformance.run import ConformReport, Run
from iam2rego.coverage.cover import Subject
from iam2rego.coverage.observe import scales
from iam2rego.engines.engine import Engine
from iam2rego.engines.opa import SERVER, OpaEngine
from iam2rego.ir.policy import Policy, PolicySet, PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.proofs.boundaries import boundaries
from iam2rego.questions import base, once, refused, requests, ruled
from iam2rego.questions.attached import Attached
from iam2rego.questions.parts import is_plain
from iam2rego.rego.bundle.layouts import Layout

_T = TypeVar("_T")

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of policies done and the total."""

_WHOLE_REQUESTS: Final = 2_000
"""Roughly how many requests are also decided by all policies together."""

_MOST_BOUNDARIES: Final = 400
"""How many requests at the boundaries that a proof knows are asked of policies that are evaluated together."""

_MOST_TOGETHER: Final = 40
"""Of how many identity policies that everybody has, at most, a proof is asked for the boundaries that they have together."""

_FIRST: Final = 10
"""How many policies, the first ones, also get malformed requests and those with special rules, where the policy hardly matters."""


def conform(
    policies: PolicySet,
    *,
    seed: int,
    binary: Binary,
    extra: Iterable[JsonValue],
    progress: Progress,
    layout: Layout = Layout.MODULES,
) -> ConformReport:
    """Check what the compiler makes of ``policies``, in this ``layout``, on an OPA of our own.

    Identity policies that everybody has are evaluated alone, each with the requests made from it, because a policy that allows or
    denies everything would hide the others. All policies together decide a seeded share of these requests, and all of ``extra``.
    If there are policies of other types, or of an account, all are evaluated together as they are attached.

    Raises:
        OpaError: OPA does not start or rejects the bundle.
        EngineError: OPA stopped answering.
    """
    units = _units(policies)
    with OpaEngine(binary, units, SERVER, layout) as opa:
        run = Run(units, opa)
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
    extra: Iterable[JsonValue],
    progress: Progress,
    checkpoint: Checkpoint | None = None,
) -> ConformReport:
    """Check an OPA of ``version`` that already holds ``policies``; there they can only be evaluated together.

    Raises:
        EngineError: OPA stopped answering.
    """
    run = Run((policies,), engine, checkpoint)
    if is_plain(policies):
        for place, policy in _shown(policies.policies, progress):
            run.ask_all(0, once([*_made(policy, seed, place), *_covering(run, 0, policy, seed)]))
        run.ask_all(0, _at_boundaries(policies))
    else:
        _ask_as_attached(run, policies, seed, progress)
    run.ask_all(0, extra)
    return run.report(policies, seed, version)


def _ask_alone(run: Run, policies: PolicySet, seed: int, progress: Progress) -> None:
    for_all: list[JsonValue] = []
    for unit, policy in _shown(policies.policies, progress):
        made = _made(policy, seed, unit)
        run.ask_all(unit, once([*made, *_covering(run, unit, policy, seed), *_at_boundaries(run.units[unit])]))
        for_all += _share(made, policy, seed, len(policies.policies))
    run.ask_all(len(run.units) - 1, [*for_all, *(_at_boundaries(policies) if len(run.units) > 1 else ())])


def _ask_as_attached(run: Run, policies: PolicySet, seed: int, progress: Progress) -> None:
    attached = Attached(policies, seed)
    for _, (part, index) in _shown(list(attached.statements()), progress):
        start = attached.start(part, index, scales(policies, part.policy, index).weight)
        pairs = run.cover(Subject(policies, part.policy, part.type, index), start, seed)
        run.ask_all(0, once([*attached.requests(part, index, start), *pairs]))
    run.ask_all(0, once([*attached.unusual(), *_at_boundaries(policies)]))
    for policy in policies.policies[:1]:
        run.ask_all(0, refused(policy))


def _shown(items: Sequence[_T], progress: Progress) -> Iterator[tuple[int, _T]]:
    """Yield the items with their numbers, and show the progress."""
    for number, item in enumerate(items):
        progress(number, len(items))
        yield number, item
    progress(len(items), len(items))


def _made(policy: Policy, seed: int, place: int) -> list[JsonValue]:
    """Return the requests made from ``policy``, which follows ``place`` others."""
    return [*requests(policy, seed), *([*ruled(policy), *refused(policy)] if place < _FIRST else ())]


def _covering(run: Run, unit: int, policy: Policy, seed: int) -> Iterator[JsonValue]:
    """Yield the requests that show the parts of an identity policy that everybody has, among the policies of ``unit``."""
    for index, statement in enumerate(policy.document.statements):
        yield from run.cover(Subject(run.units[unit], policy, PolicyType.IDENTITY, index), base(statement), seed)


def _at_boundaries(policies: PolicySet) -> Sequence[JsonValue]:
    """Return requests at the boundaries that a proof knows; none if everybody has many policies."""
    is_large = is_plain(policies) and len(policies.policies) > _MOST_TOGETHER
    return () if is_large else once(islice(boundaries(policies), _MOST_BOUNDARIES))


def _units(policies: PolicySet) -> tuple[PolicySet, ...]:
    """Return each policy by itself if it can be evaluated alone, and finally all together."""
    units = apart(policies)
    return units if len(units) == 1 else (*units, policies)


def _share(made: Sequence[JsonValue], policy: Policy, seed: int, policies: int) -> list[JsonValue]:
    count = min(len(made), max(1, _WHOLE_REQUESTS // policies)) if policies > 1 else 0
    return Random(f"{seed}/{policy.name}/whole").sample(list(made), count)
