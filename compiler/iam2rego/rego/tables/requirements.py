"""Turns a statement's tests, except of action names, into requirements for `lib/packed/requirements.rego`.

A requirement is a list that begins with its kind. The cheapest ones come first.
"""

from typing import Any, Final, TypeAlias, assert_never

from iam2rego.rego.reading.conditions import ConditionTest, KeyTest, Quantifier, ValueTest
from iam2rego.rego.reading.operators import Reader
from iam2rego.rego.reading.principals import CallerTest, Question
from iam2rego.rego.reading.resources import ResourceTest
from iam2rego.rego.reading.statements import Reading
from iam2rego.rego.tables.texts import comparison

Requirement: TypeAlias = tuple[Any, ...]

NEVER: Final[Requirement] = ("never",)
"""A requirement that never holds."""

_USUAL: Final = ("in", "starts", "like")
"""The most common comparisons of resources, for which the kernel has special rules."""

_WILD: Final = {"any": ["*"]}
"""Lists that name everybody, like `*` (P1)."""


def requirements(reading: Reading) -> list[Requirement] | None:
    """Return the requirements besides the action; None if no caller matches, or if the statement never applies and reads no context.

    A statement that reads context keys counts even so: a decision document names the keys that the request lacks.
    """
    callers = _callers(reading)
    if callers is None:
        return None
    resource = _resource(reading.resource)
    conditions = [_condition(test) for test in reading.conditions]
    if resource is None or None in conditions:
        return [*callers, NEVER] if reading.context_keys else None
    return [*resource, *callers, *(required for each in conditions for required in each or ())]


def _callers(reading: Reading) -> list[Requirement] | None:
    """Return the requirements on the caller; for an Allow of a resource's policy, these include how the caller is named."""
    kind: list[Requirement] = [("kind", _WILD)] if reading.wants_kind else []
    match reading.callers:
        case True:
            return kind
        case False:
            return None
        case CallerTest(question=Question.KIND, lists=lists):
            return [(Question.KIND, lists)]
        case CallerTest(question=question, lists=lists):
            return [(question, lists), *kind]
        case _:
            assert_never(reading.callers)


def _resource(test: ResourceTest | None) -> list[Requirement] | None:
    """Return the requirements on the resource, and on variables that must have values (R10); None if no resource matches."""
    if test is None:
        return None
    needed: list[Requirement] = [("resolved", test.needed)] if test.needed else []
    return needed if test.test is None else [*needed, _compared(test)]


def _compared(test: ResourceTest) -> Requirement:
    assert test.test is not None, "some entry is compared"
    how, wanted = comparison(test.test)
    if test.negated:
        return "not_resource", how, wanted
    return (f"resource_{how}", wanted) if how in _USUAL else ("resource", how, wanted)


def _condition(test: ConditionTest) -> list[Requirement] | None:
    """Return the requirements on the context; None if the condition never holds."""
    match test:
        case True:
            return []
        case False:
            return None
        case KeyTest(key=key, presence=presence):
            return [(presence, key)]
        case ValueTest():
            return [_value(test)]
        case _:
            assert_never(test)


def _value(test: ValueTest) -> Requirement:
    reader = test.reader if test.needs_reader else Reader.TEXT
    how, wanted = comparison(test.test)
    if (test.quantifier, reader, how) == (Quantifier.IS, Reader.TEXT, "in"):
        return "equals", test.key, wanted  # most conditions are like this, and a shorter requirement is faster
    return test.quantifier, test.key, reader, how, wanted
