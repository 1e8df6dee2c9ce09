"""Gives OPA and the native evaluator the same documents of a gateway, and reports where they differ."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from iam2rego.conformance.gateway.reached import Reached
from iam2rego.conformance.run import ConformReport, Disagreement
from iam2rego.coverage.observe import Observation, observe
from iam2rego.coverage.seen import Seen
from iam2rego.engines.compare import Answer, agree, outcome
from iam2rego.engines.errors import EngineError
from iam2rego.engines.gateway import OpaGateway
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import Gateway, StorageGateway, Time
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.gateway import Question, answered, question

_CLOCKS_DIFFER: Final = 300 * 10**9
"""Nanoseconds by which OPA's clock may differ from ours."""

_PATIENCE: Final = 10
"""How many failures, with no other disagreement between them, end the run."""


def conform_documents(
    policies: PolicySet,
    gateway: Gateway,
    documents: Sequence[JsonValue],
    opa: OpaGateway,
    *,
    version: str,
    seed: int,
    progress: Callable[[int, int], None],
) -> ConformReport:
    """Give both engines every document; they agree if they read the same request in it and decide it the same way.

    Raises:
        EngineError: OPA only failed, several times in a row.
    """
    decisions: Counter[str] = Counter()
    disagreements: list[Disagreement] = []
    seen, reached = Seen(), Reached(gateway)
    for number, document in enumerate(documents):
        progress(number, len(documents))
        decision, made = _answer(opa, document)
        asked = question(gateway, document, _now(gateway, made))
        observed = _observed(policies, asked)
        decisions[outcome(observed.decision)] += 1
        seen.note(observed)
        reached.note(asked.route, observed.decision)
        if asked.request != made or not agree(observed.decision, decision):
            disagreements.append(Disagreement(policies, document, observed.decision, decision, tuple(_requests(asked, made))))
            _give_up(disagreements)
    return ConformReport(
        opa_version=version,
        seed=seed,
        policies=len(policies.policies),
        statements=sum(len(policy.document.statements) for policy in policies.policies),
        requests=len(documents),
        agreements=len(documents) - len(disagreements),
        decisions=dict(sorted(decisions.items())),
        disagreements=tuple(disagreements),
        coverage=seen.coverage(policies.policies),
        all_invalid=tuple(reached.all_invalid()),
    )


def _answer(opa: OpaGateway, document: JsonValue) -> tuple[Answer, JsonValue]:
    try:
        return opa.ask(document)
    except EngineError as failure:
        return f"error: {failure}", None


def _give_up(disagreements: Sequence[Disagreement]) -> None:
    """End the run if OPA does nothing but fail."""
    last = [each.opa for each in disagreements[-_PATIENCE:] if isinstance(each.opa, str)]
    if len(last) == _PATIENCE:
        raise EngineError(f"OPA failed {_PATIENCE} times: {last[-1]}")


def _observed(policies: PolicySet, asked: Question) -> Observation:
    if asked.errors:
        return Observation(Decision(decision=Outcome.IMPLICIT_DENY, errors=asked.errors))
    observed = observe(policies, asked.request)
    return replace(observed, decision=answered(asked, observed.decision))


def _requests(asked: Question, made: JsonValue) -> Iterator[str]:
    yield f"native makes of it {dumps(asked.request)}" + (f", because {asked.errors[0]}" if asked.errors else "")
    if asked.request != made:
        yield f"opa makes of it {dumps(made)}"


def _now(gateway: Gateway, made: JsonValue) -> int:
    """Return when OPA decided, if its request says so and its clock is roughly right, so that both engines use the same time."""
    ours = time.time_ns()
    told = [_nanoseconds(text) for text in _times(gateway, made)]
    return told[0] if told and abs(told[0] - ours) < _CLOCKS_DIFFER else ours


def _times(gateway: Gateway, made: JsonValue) -> Iterator[str]:
    routes = () if isinstance(gateway, StorageGateway) else gateway.routes
    entries = [*gateway.context, *(entry for route in routes for entry in route.context)]
    match made:
        case {"context": dict() as context}:
            values = (context.get(entry.key) for entry in entries if entry.value == (Time(),))
            yield from (value for value in values if isinstance(value, str))


def _nanoseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 10**9
