"""Mutation operators on a comparison in tables: how a text is compared, and with what (`lib/packed/compare.rego`)."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from iam2rego.mutation.edges import other_ranges, other_wildcards

Comparison: TypeAlias = tuple[str, Any]

_ORDERINGS: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_GLOBS: Final = {"like": "arn_like", "arn_like": "like"}
_FORMS: Final = {"ends": "starts", "holds": "starts", "resource": "fields", "starts": "ends"}
_LISTS: Final = ("in", "numbers", "like", "arn_like", "within", "substituted")
_SPECIAL: Final = re.compile(r"[\[\]{}\\*?]")


def weakened(how: str, wanted: Any) -> Iterator[Comparison]:
    """Yield what compares a little otherwise: the bound included or not, a prefix for a whole text, a star that crosses fields."""
    match how, wanted:
        case (("<" | "<=" | ">" | ">="), _):
            yield _ORDERINGS[how], wanted
        case "in", [str(text)]:
            yield "starts", text
        case "starts", _:
            yield "like", [anywhere(wanted)]
        case (("like" | "arn_like"), _):
            yield _GLOBS[how], wanted
            yield from ((how, new) for new in one_changed(wanted, lambda glob: other_wildcards(glob, fields=how == "arn_like")))
        case "within", _:
            yield from ((how, new) for new in one_changed(wanted, other_ranges))
        case "substituted", _:
            yield from ((how, new) for new in one_changed(wanted, _other_form))
            yield from ((how, new) for new in _variables(wanted, _unbounded))


def changed(how: str, wanted: Any) -> Iterator[Comparison]:
    """Yield other constants: a text one character shorter, a number one greater."""
    match how, wanted:
        case "within", _:
            return
        case "numbers", _:
            yield from ((how, new) for new in one_changed(wanted, _next_number))
        case (("<" | "<=" | ">" | ">="), str()):
            yield from ((how, new) for new in _next_number(wanted))
        case (("<" | "<=" | ">" | ">="), _):
            yield from ((how, new) for new in _next_instant(wanted))
        case "starts", _:
            yield how, shorter(wanted)
        case "substituted", _:
            yield from ((how, new) for new in one_changed(wanted, _shorter_pattern))
        case _:
            yield from ((how, new) for new in one_changed(wanted, _next_constant))


def poorer(how: str, wanted: Any) -> Iterator[Comparison]:
    """Yield the comparison without one of its alternatives."""
    if how in _LISTS:
        yield from ((how, new) for new in without_one(wanted))


def resolved(how: str, wanted: Any) -> Iterator[Comparison]:
    """Yield comparisons that treat a missing key as an empty text instead of an unresolvable variable, or ignore the default."""
    if how == "substituted":
        yield from ((how, new) for new in _variables(wanted, _resolved_otherwise))


def anywhere(text: str) -> str:
    """Return the glob that matches texts containing ``text``."""
    return f"*{_SPECIAL.sub(lambda found: chr(92) + found[0], text)}*"


def shorter(text: str) -> str:
    """Return a text that is one character shorter, or different if it is too short."""
    return text[:-1] if text else "x"


def without_one(items: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield ``items`` without one of them, if at least one remains."""
    if len(items) > 1:
        yield from ([*items[:place], *items[place + 1 :]] for place in range(len(items)))


def one_changed(items: Sequence[Any], change: Callable[[Any], Iterator[Any]]) -> Iterator[list[Any]]:
    """Yield ``items`` with one of them changed."""
    for place, item in enumerate(items):
        yield from ([*items[:place], new, *items[place + 1 :]] for new in change(item))


def _next_constant(constant: str | list[int]) -> Iterator[str | list[int]]:
    if isinstance(constant, str):
        yield shorter(constant)
    else:
        yield from _next_instant(constant)


def _next_number(text: str) -> Iterator[str]:
    yield str(Decimal(text) + 1)


def _next_instant(instant: list[int]) -> Iterator[list[int]]:
    return one_changed(instant, lambda number: iter((number + 1,)))


def _other_form(pattern: tuple[str, Any]) -> Iterator[tuple[str, Any]]:
    form, tested = pattern
    if form in _FORMS:
        yield _FORMS[form], tested


def _shorter_pattern(pattern: tuple[str, Any]) -> Iterator[tuple[str, Any]]:
    form, tested = pattern
    yield from ((form, new) for new in _one_leaf_changed(tested, _shorter_leaf))


def _shorter_leaf(leaf: str | dict[str, Any]) -> Iterator[str | dict[str, Any]]:
    yield shorter(leaf) if isinstance(leaf, str) else {**leaf, "key": shorter(leaf["key"])}


def _variables(patterns: Sequence[Any], change: Callable[[dict[str, Any]], Iterator[dict[str, Any]]]) -> Iterator[list[Any]]:
    def in_pattern(pattern: tuple[str, Any]) -> Iterator[tuple[str, Any]]:
        form, tested = pattern
        yield from ((form, new) for new in _one_leaf_changed(tested, lambda leaf: iter(()) if isinstance(leaf, str) else change(leaf)))

    return one_changed(patterns, in_pattern)


def _one_leaf_changed(tested: Any, change: Callable[[Any], Iterator[Any]]) -> Iterator[Any]:
    """Yield a pattern's test with one of its texts or variables changed."""
    match tested:
        case list():
            yield from one_changed(tested, lambda each: _one_leaf_changed(each, change))
        case {"texts": texts}:
            yield from ({"texts": new} for new in _one_leaf_changed(texts, change))
        case leaf:
            yield from change(leaf)


def _unbounded(variable: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "bounded" in variable:
        yield {name: value for name, value in variable.items() if name != "bounded"}


def _resolved_otherwise(variable: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "otherwise" in variable:
        yield {name: value for name, value in variable.items() if name != "otherwise"}
    else:
        yield {**variable, "otherwise": ""}
