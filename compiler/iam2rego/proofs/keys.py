"""Values of one context key for which literals about it hold: missing, one text, or a list (C5 to C11).

A literal becomes a *demand* on the texts that the key holds: it is settled by the form of the value, or every text must pass a test,
or some text must.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.jsontext import JsonValue
from iam2rego.native.conditions import condition_holds
from iam2rego.proofs.atoms import HasValue, Holds
from iam2rego.proofs.formula import Literal
from iam2rego.proofs.texts import find_text
from iam2rego.proofs.textual import Test, passes
from iam2rego.proofs.verdict import UndecidedError

Part: TypeAlias = dict[str, JsonValue]
"""The part of a context that concerns one key: empty if the key is missing."""

_SOME: str = "x"
"""A text that is not empty, where only that matters."""


@dataclass(slots=True)
class _Demands:
    """What the texts of a value must pass: all of them every test of `each`, and for every test of `some` one of them."""

    each: list[Test] = field(default_factory=list)
    some: list[Test] = field(default_factory=list)


def find_value(key: str, literals: Sequence[Literal]) -> Part | None:
    """Return the part of a context for which all literals, which are about this key, hold; None if there is none.

    Raises:
        UndecidedError: there may be one, which a search with a limit has not found.
    """
    if all(_holds_when_missing(each.atom) is each.holds for each in literals):
        return {}
    doubt: UndecidedError | None = None
    for search in (_list, _text) if any(map(_is_of_lists, literals)) else (_text, _list):
        try:
            found = search(literals)
        except UndecidedError as error:
            doubt = error
            continue
        if found is not None:
            return {key: found}
    if doubt is not None:
        raise doubt
    return None


def _is_of_lists(literal: Literal) -> bool:
    return isinstance(literal.atom, Holds) and literal.atom.condition.qualifier is not None


def _holds_when_missing(atom: object) -> bool:
    return isinstance(atom, Holds) and condition_holds(atom.condition, {})


def _text(literals: Sequence[Literal]) -> str | None:
    """Return one text."""
    demands = _demands_of_text(literals, _SOME)
    if demands is not None and (found := find_text(demands.each)) is not None:
        return found
    demands = _demands_of_text(literals, "")
    return "" if demands is not None and all(passes(each, "") for each in demands.each) else None


def _demands_of_text(literals: Iterable[Literal], like: str) -> _Demands | None:
    """Return what a text must pass that is empty exactly if ``like`` is; None if no such text will do."""
    demands = _Demands()
    for literal in literals:
        settled = _settled_by_text(literal.atom, like)
        if settled is None:
            demands.each.append(Test(_condition(literal), literal.holds))
        elif settled is not literal.holds:
            return None
    return demands


def _settled_by_text(atom: object, like: str) -> bool | None:
    """Return the truth of an atom for one text; None if it depends on the text."""
    if isinstance(atom, HasValue):
        return bool(like)
    assert isinstance(atom, Holds)
    condition = atom.condition
    if condition.operator is Operator.NULL:
        return condition_holds(condition, {condition.key: like})
    if condition.qualifier is Qualifier.FOR_ALL_VALUES and not like:
        return True  # a null dataset (C5)
    return None


def _list(literals: Sequence[Literal]) -> list[JsonValue] | None:
    """Return a list of texts, at least one of them not empty; or a list of an empty text."""
    demands = _demands_of_list(literals, _SOME)
    if demands is not None and (found := _filled(demands)) is not None:
        return found
    demands = _demands_of_list(literals, "")
    if demands is not None and all(passes(each, "") for each in (*demands.each, *demands.some)):
        return [""]
    return None


def _filled(demands: _Demands) -> list[JsonValue] | None:
    """Return a list with a witness for each demand, and at least one text that is not empty."""
    found: list[JsonValue] = []
    for test in demands.some:
        text = find_text([*demands.each, test])
        if text is None and not all(passes(each, "") for each in (*demands.each, test)):
            return None
        found.append(text or "")
    if not any(found):
        text = find_text(demands.each)
        if text is None:
            return None
        found.append(text)
    return list(dict.fromkeys(str(each) for each in found))


def _demands_of_list(literals: Iterable[Literal], like: str) -> _Demands | None:
    """Return what a list must pass that holds a text that is not empty, or only empty ones if ``like`` is; None if no such list will do."""
    demands = _Demands()
    for literal in literals:
        settled = _settled_by_list(literal.atom, like)
        if settled is None:
            condition = _condition(literal)
            is_all = condition.qualifier is Qualifier.FOR_ALL_VALUES
            (demands.each if literal.holds is is_all else demands.some).append(Test(condition, literal.holds))
        elif settled is not literal.holds:
            return None
    return demands


def _settled_by_list(atom: object, like: str) -> bool | None:
    """Return the truth of an atom for a list; None if it depends on the texts in it."""
    if isinstance(atom, HasValue):
        return False  # V8
    assert isinstance(atom, Holds)
    condition = atom.condition
    if condition.operator is Operator.NULL:
        return condition_holds(condition, {condition.key: (like,)})
    if condition.qualifier is None:
        return False  # C6
    if condition.qualifier is Qualifier.FOR_ALL_VALUES and not like:
        return True  # C5
    return None


def _condition(literal: Literal) -> Condition:
    assert isinstance(literal.atom, Holds)
    return literal.atom.condition
