"""Asks OPA and the native evaluator the same documents of a gateway, and tells where they differ."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ValidationError

from iam2rego.conformance.compare import agree, outcome
from iam2rego.conformance.coverage.seen import Seen
from iam2rego.conformance.errors import EngineError
from iam2rego.conformance.observe import Observation, observe
from iam2rego.conformance.run import ConformReport, Disagreement
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import Gateway, Time
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.gateway import Question, question
from iam2rego.opa import OpaError
from iam2rego.opa.client import Client

_CLOCKS_DIFFER: Final = 300 * 10**9
"""Nanoseconds that the clock of OPA may differ from ours."""


class _Response(BaseModel):
    allowed: bool


class _Said(BaseModel):
    allow: bool
    decision: Decision
    response: _Response

    @property
    def contradicts_itself(self) -> bool:
        allowed = self.decision.decision is Outcome.ALLOWED
        return self.allow is not allowed or self.response.allowed is not allowed


class GatewayClient:
    """Asks an OPA that holds a gateway below a package."""

    def __init__(self, client: Client, package: str) -> None:
        self._client = client
        self._path = f"{package.replace('.', '/')}/gateway"

    def ask(self, document: JsonValue) -> tuple[Decision, JsonValue]:
        """Return the decision about a document, and the request that it became, None where it became none.

        Raises:
            EngineError: there is no answer, or its entry points are malformed or disagree.
        """
        try:
            answer = self._client.document(self._path, dumps(document))
            said = _Said.model_validate_json(dumps(answer))
        except (OpaError, ValidationError) as failure:
            raise EngineError(f"`data/{self._path}` does not decide: {failure}") from failure
        if said.contradicts_itself:
            raise EngineError(f"`data/{self._path}` contradicts itself: {dumps(answer)}")
        return said.decision, answer.get("request") if isinstance(answer, dict) else None


def conform_documents(
    policies: PolicySet, gateway: Gateway, documents: Iterable[JsonValue], client: GatewayClient, *, version: str, seed: int
) -> ConformReport:
    """Ask both engines every document; they agree where they make the same request of it and decide it the same.

    Raises:
        EngineError: OPA does not answer as it should.
    """
    decisions: Counter[str] = Counter()
    disagreements: list[Disagreement] = []
    seen = Seen()
    for document in documents:
        opa, made = client.ask(document)
        asked = question(gateway, document, _now(gateway, made))
        observed = _observed(policies, asked)
        decisions[outcome(observed.decision)] += 1
        seen.note(observed)
        if asked.request != made or not agree(observed.decision, opa):
            disagreements.append(Disagreement(policies, document, observed.decision, opa, tuple(_requests(asked, made))))
    return ConformReport(
        opa_version=version,
        seed=seed,
        policies=len(policies.policies),
        statements=sum(len(policy.document.statements) for policy in policies.policies),
        requests=decisions.total(),
        agreements=decisions.total() - len(disagreements),
        decisions=dict(sorted(decisions.items())),
        disagreements=tuple(disagreements),
        coverage=seen.coverage(policies.policies),
    )


def _observed(policies: PolicySet, asked: Question) -> Observation:
    if asked.errors:
        return Observation(Decision(decision=Outcome.IMPLICIT_DENY, errors=asked.errors))
    return observe(policies, asked.request)


def _requests(asked: Question, made: JsonValue) -> Iterator[str]:
    yield f"native makes of it {dumps(asked.request)}" + (f", because {asked.errors[0]}" if asked.errors else "")
    if asked.request != made:
        yield f"opa makes of it {dumps(made)}"


def _now(gateway: Gateway, made: JsonValue) -> int:
    """Return when OPA decided, if its request tells and its clock is about right, so that both engines decide of one moment."""
    ours = time.time_ns()
    told = [_nanoseconds(text) for text in _times(gateway, made)]
    return told[0] if told and abs(told[0] - ours) < _CLOCKS_DIFFER else ours


def _times(gateway: Gateway, made: JsonValue) -> Iterator[str]:
    entries = [*gateway.context, *(entry for route in gateway.routes for entry in route.context)]
    match made:
        case {"context": dict() as context}:
            values = (context.get(entry.key) for entry in entries if entry.value == (Time(),))
            yield from (value for value in values if isinstance(value, str))


def _nanoseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 10**9
