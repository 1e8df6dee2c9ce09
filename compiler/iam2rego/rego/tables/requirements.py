"""What a statement requires besides the names of its actions, for `lib/packed/requirements.rego`.

A requirement is a list that begins with its kind. The cheapest of a statement come first.
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
"""What no request meets."""

_USUAL: Final = ("in", "starts", "like")
"""How nearly all resources are compared, for which the kernel has rules of their own."""

_WILD: Final = {"any": ["*"]}
"""Lists by which everybody is named as by `*` (P1)."""


def requirements(reading: Reading) -> list[Requirement] | None:
    """Return what must hold besides the action; None where no caller is meant, or where nothing depends on a statement that never applies.

    One that asks for context keys does count: a decision document names those that the request lacks.
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
    """Return what must hold of the caller, and for an Allow of a resource's policy how the caller is named."""
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
    """Return what must hold of the resource, and of the variables that must have values (R10); None where none will do."""
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
    """Return what must hold of the context; None where nothing will do."""
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
        return "equals", test.key, wanted  # most conditions are, and a shorter requirement is sooner asked
    return test.quantifier, test.key, reader, how, wanted
