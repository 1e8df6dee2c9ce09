"""Requests aimed at a policy set: on both sides of the edges of its statements, by all kinds of callers, and malformed ones."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from iam2rego.ir.policy import Effect, Kind, PolicySet, PolicyType, Statement
from iam2rego.jsontext import JsonValue, Number
from iam2rego.questions import base, malformed, special
from iam2rego.questions.aim import Aim
from iam2rego.questions.attached import ENOUGH, Attached
from iam2rego.questions.context import statement_variables
from iam2rego.questions.fill import fold
from iam2rego.sources.scenario import resource_kind
from iam2rego.strategies.conditions import KEYS
from iam2rego.strategies.reading import read
from iam2rego.strategies.statements import JsonObject

_T = TypeVar("_T")

_TELLING: Final = {Kind.RESOURCE: "t:Get", Kind.TRUST: "sts:AssumeRole"}
"""An action for each kind of resource policy: scenarios read the kind from the action."""

_PLAIN: Final = Aim("t:Get", "arn:aws:s3:::b", {})
_PLACE: Final = st.integers(0, 2**16 - 1)
"""Draws an index, modulo the length of any sequence: a strategy for each sequence would be slow."""

_HALF: Final = st.booleans()
_QUARTER: Final = st.sampled_from([False, False, False, True])
_SIXTH: Final = st.sampled_from([False, False, False, False, False, True])
_SCALARS: Final[tuple[JsonValue, ...]] = ("a", "b", "", "A", "ab", "*", "10", True, False, Number("10"), Number("1.0e1"), "10.0.0.1", "x:y")
_SCALAR: Final = st.sampled_from(_SCALARS)
_KEY: Final = st.sampled_from(KEYS)
_NULL_DATASETS: Final[tuple[JsonValue, ...]] = ("", [""], ["", ""], [])
_CROWD: Final = "a" * 30
_LONG_LIST: Final = 50
_UNUSUAL: Final[tuple[JsonValue, ...]] = (*_NULL_DATASETS, ["", "a"], _CROWD, f"{_CROWD}z", "*" * 30, ["a"] * _LONG_LIST)
_VALUE: Final[SearchStrategy[JsonValue]] = _SCALAR | st.lists(_SCALAR, max_size=3) | st.sampled_from(_UNUSUAL)


def requests(policies: JsonValue, *, lenient: bool = False) -> SearchStrategy[JsonObject]:
    """Draw a request for ``policies``, which `policy_sets` drew or which have the same form.

    Args:
        policies: the ``policies`` of a scenario.
        lenient: whether the policies are read leniently.

    Raises:
        ValueError: ``policies`` must be refused.
    """
    kind, as_read = _read(policies, lenient=lenient)
    aimed = requests_of(as_read)
    if as_read.attachments.resource is None:
        return aimed
    return aimed.map(lambda request: request if resource_kind(request) is kind else {**request, "action": _TELLING[kind]})


def requests_of(policies: PolicySet) -> SearchStrategy[JsonObject]:
    """Draw a request for policies of any source that are already read."""
    return _aimed(_Range(policies))


def _read(policies: JsonValue, *, lenient: bool) -> tuple[Kind, PolicySet]:
    """Return the policies and the kind of the resource's policy: resource-based, if it can be read as that."""
    try:
        return Kind.RESOURCE, read(policies, {"action": _TELLING[Kind.RESOURCE]}, lenient=lenient)
    except ValueError:
        return Kind.TRUST, read(policies, {"action": _TELLING[Kind.TRUST]}, lenient=lenient)


class _Range:
    """The requests generated for each statement, made when the first is drawn."""

    def __init__(self, policies: PolicySet) -> None:
        self._attached = Attached(policies, seed=0)
        self._targets = list(self._attached.statements())
        self._made: dict[int, Sequence[JsonValue]] = {}
        self.statements: Sequence[Statement] = [part.policy.document.statements[index] for part, index in self._targets]
        by_type: dict[PolicyType, list[int]] = {}
        for number, (part, _) in enumerate(self._targets):
            by_type.setdefault(part.type, []).append(number)
        self.by_type: Sequence[Sequence[int]] = list(by_type.values())

    def of(self, number: int) -> Sequence[JsonValue]:
        """Return the requests for one statement, starting with one that should match it."""
        if number not in self._made:
            part, index = self._targets[number]
            start = self._attached.start(part, index, lambda _: ENOUGH)
            self._made[number] = list(self._attached.requests(part, index, start))
        return self._made[number]

    @cached_property
    def granted(self) -> JsonObject:
        """The context that Allow statements need; if they differ, the first one's values."""
        allowing = [base(statement).context for statement in self.statements if statement.effect is Effect.ALLOW]
        spelled: dict[str, tuple[str, JsonValue]] = {}
        for context in allowing:
            for key, value in context.items():
                spelled.setdefault(fold(key), (key, value))
        return dict(spelled.values())

    @cached_property
    def refused(self) -> Sequence[JsonValue]:
        """Requests that are malformed or nearly so."""
        return list(malformed.refused(self._first))

    @cached_property
    def special(self) -> Sequence[JsonValue]:
        """Requests that special rules decide."""
        return list(special.requests(self._first))

    @cached_property
    def callers(self) -> Sequence[JsonValue]:
        """Callers of every kind, in the account that owns the resource."""
        return list(special.callers(self._first.owner))

    @property
    def _first(self) -> Aim:
        aim = base(self.statements[0]) if self.statements else _PLAIN
        return replace(aim, owner=self._attached.home)


@st.composite
def _aimed(draw: DrawFn, range_: _Range) -> JsonObject:
    if draw(_SIXTH):
        return _members(_one_of(draw, range_.refused))
    made = _members(_one_of(draw, range_.special)) if draw(_SIXTH) else _of_statement(draw, range_)
    if draw(_SIXTH):
        made = {**made, "principal": _one_of(draw, range_.callers)}
    return _loosened(draw, made) if draw(_QUARTER) else made


def _of_statement(draw: DrawFn, range_: _Range) -> JsonObject:
    made = _PLAIN.request()
    if range_.statements:
        number = _one_of(
            draw, _one_of(draw, range_.by_type)
        )  # every type equally often, so that types with few statements get enough requests
        made = _members(range_.of(number)[0] if draw(_HALF) else _one_of(draw, range_.of(number)))
        if draw(_HALF):
            made = _granting(made, range_, range_.statements[number])
        if draw(_SIXTH):
            made = _emptied(draw, made, range_.statements[number])
    return made


def _one_of(draw: DrawFn, items: Sequence[_T]) -> _T:
    return items[draw(_PLACE) % len(items)]


def _members(request: JsonValue) -> JsonObject:
    assert isinstance(request, dict), "requests are objects, malformed ones too"
    return request


def _granting(request: JsonObject, range_: _Range, statement: Statement) -> JsonObject:
    """Add the context that other statements need; keys that the statement itself reads stay unchanged."""
    context = _members(request["context"])
    own = {fold(key) for key in (*context, *(condition.key for condition in statement.conditions))}
    return {**request, "context": {**{key: value for key, value in range_.granted.items() if fold(key) not in own}, **context}}


def _emptied(draw: DrawFn, request: JsonObject, statement: Statement) -> JsonObject:
    """Replace a value that a condition or a variable of the statement reads by a null dataset (C5, V7, R10)."""
    keys = [*(each.key for each in statement.conditions), *(each.key for each in statement_variables(statement))]
    return _with_value(request, _one_of(draw, keys), _one_of(draw, _NULL_DATASETS)) if keys else request


def _loosened(draw: DrawFn, request: JsonObject) -> JsonObject:
    """Replace one value by an arbitrary one."""
    return _with_value(request, draw(_KEY), draw(_VALUE))


def _with_value(request: JsonObject, key: str, value: JsonValue) -> JsonObject:
    context = {name: old for name, old in _members(request["context"]).items() if fold(name) != fold(key)}
    return {**request, "context": {**context, key: value}}
