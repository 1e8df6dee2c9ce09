"""Shrinks a question on which the engines disagree, by removing parts of its JSON (delta debugging).

Hypothesis would shrink one step at a time. Here every question needs a compiled module in an OPA, so all steps of a round are tried
together, and the successful ones are applied together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias

from iam2rego.fuzz.questions import Question
from iam2rego.jsontext import JsonValue, Number

Judge: TypeAlias = Callable[[Sequence[Question]], Sequence[bool]]
"""Returns, for each question, whether the engines disagree on it."""

_Path: TypeAlias = tuple[str | int, ...]

_DEEPEST: Final = 9
"""The depth of a condition's value: policies, type, level, policy, Statement, index, Condition, operator, key, value."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Removes the value at a place, or replaces it by a simpler one."""

    path: _Path
    simpler: tuple[JsonValue, ...] = ()


def shrink(question: Question, judge: Judge) -> Question:
    """Return a smallest question on which the engines still disagree: nothing can be removed from it."""
    for depth in range(1, _DEEPEST + 1):
        question = _exhausted(question, judge, partial(_cuts, least=depth, most=depth))
    question = _exhausted(question, judge, _simplifications)
    return _exhausted(question, judge, partial(_cuts, least=1, most=_DEEPEST))


def _exhausted(question: Question, judge: Judge, edits: Callable[[JsonValue], Iterator[_Edit]]) -> Question:
    """Apply edits until none helps."""
    while (smaller := _smaller(question, judge, list(edits(_value(question))))) is not None:
        question = smaller
    return question


def _smaller(question: Question, judge: Judge, edits: Sequence[_Edit]) -> Question | None:
    """Apply as many as possible of the edits that help on their own; None if none does."""
    helping = _helping(question, judge, [[edit] for edit in edits])
    together = [edit for (edit,) in helping]
    if len(together) <= 1:
        return _edited(question, together) if together else None
    halved = [together[: len(together) >> halvings] for halvings in range(len(together).bit_length())]
    return _edited(question, max(_helping(question, judge, halved), key=len, default=together[:1]))


def _helping(question: Question, judge: Judge, choices: Sequence[Sequence[_Edit]]) -> list[Sequence[_Edit]]:
    verdicts = judge([_edited(question, edits) for edits in choices]) if choices else []
    return [edits for edits, disagreeing in zip(choices, verdicts, strict=True) if disagreeing]


def _value(question: Question) -> JsonValue:
    return {"policies": question.policies, "request": question.request}


def _edited(question: Question, edits: Sequence[_Edit]) -> Question:
    """Apply edits from the last place to the first, so that earlier edits do not move later places."""
    value = _value(question)
    for edit in sorted(edits, key=lambda edit: edit.path, reverse=True):
        value = _changed(value, edit.path, edit.simpler)
    assert isinstance(value, dict)
    return replace(question, policies=value["policies"], request=value["request"])


def _changed(value: JsonValue, path: _Path, simpler: tuple[JsonValue, ...]) -> JsonValue:
    first, rest = path[0], path[1:]
    match value, first:
        case dict(), str():
            kept = [_changed(value[first], rest, simpler)] if rest else simpler
            return {name: each for name, old in value.items() for each in (kept if name == first else [old])}
        case list(), int():
            kept = [_changed(value[first], rest, simpler)] if rest else simpler
            return [*value[:first], *kept, *value[first + 1 :]]
    raise AssertionError("edits have paths of this value")


def _cuts(value: JsonValue, least: int, most: int) -> Iterator[_Edit]:
    """Yield an edit for each part at these depths, except the two that every question has."""
    yield from (_Edit(path) for path, _ in _parts(value, ()) if least < len(path) <= most + 1)


def _simplifications(value: JsonValue) -> Iterator[_Edit]:
    """Yield edits that replace a list by its single entry, or a statement by a simpler one."""
    for path, part in _parts(value, ()):
        match part:
            case [str() | bool() | Number() as only]:
                yield _Edit(path, (only,))
            case dict() if "Effect" in part:
                yield from (_Edit(path, (plainer,)) for plainer in _plainer(part))


def _plainer(statement: dict[str, JsonValue]) -> Iterator[dict[str, JsonValue]]:
    for element in ("Action", "Resource", "Principal"):
        names = {element, f"Not{element}"} & statement.keys()
        if names and statement.get(element) != "*":
            yield {element if name in names else name: "*" if name in names else value for name, value in statement.items()}


def _parts(value: JsonValue, path: _Path) -> Iterator[tuple[_Path, JsonValue]]:
    """Yield every part of a JSON value with its path, outer parts first."""
    members: Sequence[tuple[str | int, JsonValue]] = []
    match value:
        case dict():
            members = list(value.items())
        case list():
            members = list(enumerate(value))
    for name, part in members:
        yield (*path, name), part
        yield from _parts(part, (*path, name))
