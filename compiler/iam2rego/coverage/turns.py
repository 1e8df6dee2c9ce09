"""Finds missing context keys that would change a decision, each with a value for which the native engine decides otherwise."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Self

from iam2rego.ir.condition import Condition
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet, Statement
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.authorize import decision_in
from iam2rego.native.case import fold
from iam2rego.native.request import RequestError, read_request
from iam2rego.native.situation import Situation, situation_of
from iam2rego.native.statements import context_keys
from iam2rego.questions import context

_MOST_VALUES: Final = 24
"""How many values of a key are tried."""
_MOST_WORK: Final = 500_000
"""How many statements are evaluated for all values together."""

_NAMES: Final = re.compile("[:/]")


@dataclass(frozen=True, slots=True)
class Turn:
    """Context keys that the request lacks, with the values for which the decision would be another one."""

    values: Mapping[str, JsonValue]
    outcome: Outcome


@dataclass(slots=True)
class _Search:
    """A request in its situation, the decision, and how many more times it may be decided with other context keys."""

    request: Mapping[str, JsonValue]
    situation: Situation
    outcome: Outcome
    left: int

    @classmethod
    def of(cls, policies: PolicySet, request: Mapping[str, JsonValue]) -> Self:
        """Return the search without policies that have no statement about the caller and action: they decide nothing.

        Raises:
            RequestError: the request is malformed.
        """
        situation = situation_of(policies, read_request(dict(request)))
        speaking = {each.policy.name for each in situation.concerning}
        levels = {
            type_: tuple(tuple(name for name in names if name in speaking) for names in levels)
            for type_, levels in situation.levels.items()
        }
        work = max(1, len(situation.concerning))
        return cls(request, replace(situation, levels=levels), decision_in(situation).decision, _MOST_WORK // work)

    def first(self, tried: Iterable[Mapping[str, JsonValue]]) -> Turn | None:
        """Return the first of some values that changes the decision."""
        for values in islice(tried, _MOST_VALUES):
            self.left -= 1
            outcome = self._decided(values) if self.left >= 0 else self.outcome
            if outcome is not self.outcome:
                return Turn(values, outcome)
        return None

    def _decided(self, values: Mapping[str, JsonValue]) -> Outcome:
        kept = {key: value for key, value in self._given.items() if value != []}  # an empty list is no value (C5)
        try:
            context = read_request({**self.request, "context": {**kept, **values}}).context
        except RequestError:
            return self.outcome
        return decision_in(replace(self.situation, request=replace(self.situation.request, context=context))).decision

    @property
    def _given(self) -> Mapping[str, JsonValue]:
        given = self.request["context"]
        assert isinstance(given, dict), "the request has the form of N3"
        return given

    @property
    def missing(self) -> Mapping[str, str]:
        """The keys that statements read and the request lacks, by their folded names, as first spelled."""
        spelled: dict[str, str] = {}
        for each in self.situation.concerning:
            for key in context_keys(each.statement):
                spelled.setdefault(fold(key), key)
        for key, value in self._given.items():
            if value != []:
                spelled.pop(fold(key), None)
        return spelled


def turns(policies: PolicySet, request: JsonValue) -> Iterator[Turn]:
    """Yield the missing keys that alone would change the decision; if there are none, several that would together.

    Not every such key is found: only values that conditions name, or just exclude, are tried.
    """
    if not isinstance(request, dict):
        return
    try:
        search = _Search.of(policies, request)
    except RequestError:
        return
    missing, statements = search.missing, [each.statement for each in search.situation.concerning]
    found = False
    for key in missing.values():
        if turn := search.first(_alone(key, statements, request)):
            found = True
            yield turn
    if not found and (turn := search.first(_together(statements, missing, request))):
        yield turn


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
