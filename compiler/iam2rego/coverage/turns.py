"""Finds missing context keys that would change a decision, each with a value for which the native engine decides otherwise."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from iam2rego.ir.condition import Condition
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet, Statement
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.authorize import authorize
from iam2rego.native.case import fold
from iam2rego.native.request import RequestError, read_request
from iam2rego.native.situation import situation_of
from iam2rego.native.statements import context_keys
from iam2rego.questions import context

_MOST_KEYS: Final = 20
_MOST_VALUES: Final = 24
"""How many keys are tried, and how many values of each."""

_NAMES: Final = re.compile("[:/]")


@dataclass(frozen=True, slots=True)
class Turn:
    """Context keys that the request lacks, with the values for which the decision would be another one."""

    values: Mapping[str, JsonValue]
    outcome: Outcome


def turns(policies: PolicySet, request: JsonValue) -> Iterator[Turn]:
    """Yield the missing keys that alone would change the decision; if there are none, several that would together.

    Not every such key is found: only values that conditions name, or just exclude, are tried.
    """
    if not isinstance(request, dict):
        return
    try:
        concerning = [each.statement for each in situation_of(policies, read_request(request)).concerning]
    except RequestError:
        return
    missing = _missing(concerning, request)
    singles = [
        turn for key in islice(missing.values(), _MOST_KEYS) if (turn := _first(policies, request, _alone(key, concerning, request)))
    ]
    yield from singles
    if not singles and (turn := _first(policies, request, _together(concerning, missing, request))):
        yield turn


def _missing(statements: Iterable[Statement], request: Mapping[str, JsonValue]) -> Mapping[str, str]:
    """Return the keys that statements read and the request lacks, by their folded names, as first spelled."""
    given = request["context"]
    assert isinstance(given, dict), "the request has the form of N3"
    spelled: dict[str, str] = {}
    for statement in statements:
        for key in context_keys(statement):
            spelled.setdefault(fold(key), key)
    for key, value in given.items():
        if value != []:  # an empty list is no value (C5)
            spelled.pop(fold(key), None)
    return spelled


def _first(policies: PolicySet, request: Mapping[str, JsonValue], tried: Iterable[Mapping[str, JsonValue]]) -> Turn | None:
    """Return the first of some values that changes the decision."""
    given, now = request["context"], authorize(policies, dict(request)).decision
    assert isinstance(given, dict), "the request has the form of N3"
    kept = {key: value for key, value in given.items() if value != []}
    for values in islice(tried, _MOST_VALUES):
        decision = authorize(policies, {**request, "context": {**kept, **values}})
        if not decision.errors and decision.decision != now:
            return Turn(values, decision.decision)
    return None


def _alone(key: str, statements: Sequence[Statement], request: Mapping[str, JsonValue]) -> Iterator[Mapping[str, JsonValue]]:
    """Yield values at the edges of the conditions on ``key``, and names in the request that a variable may stand for."""
    seen: set[str] = set()
    for value in _candidates(key, statements, request):
        if (text := dumps(value)) not in seen:
            seen.add(text)
            yield {key: value}


def _candidates(key: str, statements: Sequence[Statement], request: Mapping[str, JsonValue]) -> Iterator[JsonValue]:
    tested = [each for statement in statements for each in statement.conditions if fold(each.key) == fold(key)]
    for condition in tested:
        yield from _shaped(condition, context.satisfying(condition, {})[:3])
    for condition in tested:
        yield from _shaped(condition, [context.unlike(condition)])
    if any(fold(each.key) == fold(key) for statement in statements for each in context.statement_variables(statement)):
        yield from _names(request)


def _shaped(condition: Condition, values: Iterable[JsonValue]) -> Iterator[JsonValue]:
    """Put values into lists where the condition wants lists."""
    yield from values if context.plain(condition) else ([each] for each in values)


def _names(request: Mapping[str, JsonValue]) -> Iterator[str]:
    """Yield the parts of the caller's ARN and of the resource, the last first."""
    for text in (request["principal"], request["resource"]):
        if isinstance(text, str):
            yield from (each for each in reversed(_NAMES.split(text)) if each)


def _together(
    statements: Sequence[Statement], missing: Mapping[str, str], request: Mapping[str, JsonValue]
) -> Iterator[Mapping[str, JsonValue]]:
    """Yield for each statement values of all the keys that it lacks, first with the caller's name for variables."""
    name = next(_names(request), "")
    for statement in statements:
        tested = {fold(each.key) for each in statement.conditions}
        named = {fold(each.key) for each in context.statement_variables(statement)} - tested
        found = {fold(key): value for key, value in context.base(statement).items() if fold(key) in missing}
        if len(found) > 1:
            yield {missing[key]: name if key in named else value for key, value in found.items()}
            yield {missing[key]: value for key, value in found.items()}
