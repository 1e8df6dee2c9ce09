"""Mutation operators on a requirement of a statement (`lib/packed/requirements.rego`)."""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from iam2rego.mutation.tables import comparisons
from iam2rego.mutation.tables.comparisons import Comparison, one_changed, resolved, shorter, without_one

Requirement: TypeAlias = list[Any]
"""A requirement as JSON."""

Requirements: TypeAlias = list[Requirement]
"""The replacement for one requirement."""

_AFFIRMED: Final = {
    "all_not": "all",
    "any_not": "any",
    "exclude": "include",
    "is_not": "is_if_exists",
    "not_action": "action",
    "not_exempt": "include",
    "not_resource": "resource",
}
_SWAPPED: Final = {"all": "any", "all_not": "any_not", "any": "all", "any_not": "all_not", "include": "not_exempt", "not_exempt": "exclude"}
_PLAIN: Final = ("text", "folded")
_WHOLE: Final = ("boolean", "binary")
"""Readers whose texts are never prefixes of one another."""

_NAMED: Final = ("exclude", "include", "kind", "not_exempt")


def dropped(_: Requirement) -> Iterator[Requirements]:
    """Yield no requirements in place of this one."""
    yield []


def affirmed(requirement: Requirement) -> Iterator[Requirements]:
    """Yield the requirement without its negation."""
    kind, *rest = requirement
    if kind in _AFFIRMED:
        yield [[_AFFIRMED[kind], *rest]]


def swapped(requirement: Requirement) -> Iterator[Requirements]:
    """Yield another quantifier or test, or the text itself in place of its parsed value."""
    kind, *rest = requirement
    if kind in _SWAPPED:
        yield [[_SWAPPED[kind], *rest]]
    match requirement:
        case [kind, key, reader, how, wanted] if reader not in _PLAIN:
            yield [[kind, key, "text", how, wanted]]


def unfolded(requirement: Requirement) -> Iterator[Requirements]:
    """Yield the requirement as a case-sensitive comparison."""
    match requirement:
        case [kind, key, "folded", how, wanted]:
            yield [[kind, key, "text", how, wanted]]


def met_by_a_missing_key(requirement: Requirement) -> Iterator[Requirements]:
    """Yield the requirement with the opposite result for a missing key or an unresolved variable."""
    match requirement:
        case ["equals", key, texts]:
            yield [["is_if_exists", key, "text", "in", texts]]
        case ["is", *rest]:
            yield [["is_if_exists", *rest]]
        case ["is_if_exists", *rest]:
            yield [["is", *rest]]
        case ["is_not" | "single_if_exists", key, *_]:
            yield [["present", key], requirement]
        case ["absent" | "null" | "null_dataset", *_]:
            yield [["never"]]
    yield from compared(resolved)(requirement)


def compared(change: Callable[[str, Any], Iterator[Comparison]]) -> Callable[[Requirement], Iterator[Requirements]]:
    """Return an operator that applies ``change`` to a requirement's comparison."""

    def changing(requirement: Requirement) -> Iterator[Requirements]:
        if found := _compared(requirement):
            head, comparison = found
            yield from ([[*head, *new]] for new in change(*comparison))

    return changing


def weakened(requirement: Requirement) -> Iterator[Requirements]:
    """Yield slightly different comparisons, if some text can reveal the difference."""
    match requirement:
        case [_, _, reader, "in", _] if reader in _WHOLE:
            return
    yield from compared(comparisons.weakened)(requirement)


def otherwise_named(requirement: Requirement) -> Iterator[Requirements]:
    """Yield the requirement with one caller's name a character shorter."""
    return _of_lists(requirement, lambda names: one_changed(names, lambda name: iter((shorter(name),))))


def fewer_named(requirement: Requirement) -> Iterator[Requirements]:
    """Yield the test of the caller without one of the names in a list, or without a list."""
    yield from _of_lists(requirement, without_one)
    match requirement:
        case [kind, lists] if kind in _NAMED and len(lists) > 1:
            yield from ([[kind, {each: names for each, names in lists.items() if each != left}]] for left in lists)


def _of_lists(requirement: Requirement, change: Callable[[list[str]], Iterator[list[str]]]) -> Iterator[Requirements]:
    match requirement:
        case [kind, dict() as lists] if kind in _NAMED:
            for each, names in lists.items():
                yield from ([[kind, {**lists, each: new}]] for new in change(names))


def _compared(requirement: Requirement) -> tuple[list[Any], Comparison] | None:
    """Return a requirement about a text in its general form: the part before the comparison, and the comparison."""
    match requirement:
        case ["equals", key, texts]:
            return ["is", key, "text"], ("in", texts)
        case ["resource_in" | "resource_starts" | "resource_like" as kind, wanted]:
            return ["resource"], (kind.removeprefix("resource_"), wanted)
        case ["resource" | "not_resource" | "action" | "not_action" as kind, how, wanted]:
            return [kind], (how, wanted)
        case [quantifier, key, reader, how, wanted]:
            return [quantifier, key, reader], (how, wanted)
    return None
