"""What `eval` prints for people: the decision, what it turns on, and what would change it."""

import time
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from iam2rego.catalogue.services import catalogue
from iam2rego.engines.described import described
from iam2rego.engines.explained import explained, with_statements
from iam2rego.engines.statement_text import statement_text
from iam2rego.ir.decision import Decision
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.lint.requests import hints
from iam2rego.native import Reason, reads_context, reasons, voices
from iam2rego.native.gateway import question
from iam2rego.source import Source, Span
from iam2rego.sources import Loaded

_TURNS: Final = 5
"""How many keys that would change the decision are shown."""
_LONGEST: Final = 60
"""How many characters of a value are shown."""


def with_context(policies: PolicySet, request: JsonValue) -> JsonValue:
    """Give a request without a context an empty one if no statement about its caller and action would read one."""
    if isinstance(request, dict) and "context" not in request and not reads_context(policies, request):
        return {**request, "context": {}}
    return request


def explanation(loaded: Loaded, request: JsonValue, given: JsonValue) -> Iterator[str]:
    """Yield what the native engine decides and why, each with the statements that it turns on, and what would change it.

    ``request`` is what is decided, ``given`` what was asked, maybe without a context.
    """
    from iam2rego.coverage.turns import turns  # here, since programs that read JSON need not wait for it

    yield from explained(loaded.policies, loaded.sources, request)
    for turn in islice(turns(loaded.policies, request), _TURNS):
        values = " and ".join(f"`{key}` as {_shown(value)}" for key, value in turn.values.items())
        yield f"  with {values} the decision would be {turn.outcome}"
    yield from voices(loaded.policies, request)
    yield from _hints(request, given)


def explanation_before(loaded: Loaded, gateway: Gateway, document: JsonValue) -> Iterator[str]:
    """Yield what request a gateway's document becomes and why that is decided as it is, or why it becomes none."""
    return with_statements(_reasons_before(loaded.policies, gateway, document), loaded.sources)


def description(decision: Decision, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield what a decision document says; only the native engine knows more reasons."""
    for words, statement in described(decision):
        yield words
        if statement is not None and statement.policy in sources:  # a running OPA may hold others
            start, end = statement.start, statement.end
            yield from statement_text(sources[statement.policy], Span(start.line, start.column, end.line, end.column))


def described_to_people(decision: Decision, sources: Mapping[str, Source], request: JsonValue, given: JsonValue) -> Iterator[str]:
    """Yield the same with hints about the names in the request."""
    yield from description(decision, sources)
    yield from _hints(request, given)


def _reasons_before(policies: PolicySet, gateway: Gateway, document: JsonValue) -> Iterator[Reason]:
    asked = question(gateway, document, time.time_ns())
    if asked.errors:
        yield Reason("the question becomes no request")
        yield from (Reason(f"  {each}") for each in asked.errors)
    else:
        yield Reason(f"the question becomes {dumps(asked.request)}")
        yield from reasons(policies, asked.request)


def _hints(request: JsonValue, given: JsonValue) -> Iterator[str]:
    yield from (f"  hint: {each}" for each in hints(request, catalogue()))
    if request is not given:
        yield "  hint: a gateway's request needs a `context`; nothing reads one here, so an empty one is assumed"


def _shown(value: JsonValue) -> str:
    text = f"`{value}`" if isinstance(value, str) else dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
