"""Reads a statement's test of the action (A2 to A8), in lower case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iam2rego.ir.policy import Actions
from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.patterns import constant_test, fixed_text, glob, is_fixed, is_prefix
from iam2rego.rego.reading.pieces import Fixed, Pieces, Run, of_text
from iam2rego.rego.reading.texts import ConstantTest, StartsWithAny

Alternative: TypeAlias = ConstantTest | StartsWithAny


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns for the names of a service's actions: whole names, prefixes, and globs for all others."""

    whole: tuple[str, ...]
    prefixes: tuple[str, ...]
    globs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionTest:
    """One of the entries matches the action, or, if `negated`, none does; there is at least one.

    Attributes:
        negated: whether the entries are in ``NotAction``.
        together: the test that one of them matches.
        alternatives: the same as up to three tests, for whole actions, for prefixes and for others; OPA indexes the first two.
        by_service: the same by service; None if some entry names no service.
    """

    negated: bool
    together: ConstantTest
    alternatives: tuple[Alternative, ...]
    by_service: Mapping[str, Names] | None


def read_actions(actions: Actions) -> ActionTest | bool:
    """Return the test of the action; True if any action matches, False if none does."""
    patterns = [_fold(of_text(entry.segments)) for entry in actions.entries if entry.kind == "action"]
    if (Run(),) in patterns:
        return not actions.negated
    if not patterns:
        return actions.negated
    return ActionTest(actions.negated, constant_test(patterns), tuple(_alternatives(patterns)), _by_service(patterns))


def _fold(pieces: Pieces) -> Pieces:
    return tuple(Fixed(fold(piece.text)) if isinstance(piece, Fixed) else piece for piece in pieces)


def _alternatives(patterns: Sequence[Pieces]) -> Iterator[Alternative]:
    whole, prefixes, others = _by_form(patterns)
    if whole:
        yield constant_test(whole)
    if len(prefixes) > 1:
        yield StartsWithAny(tuple(map(fixed_text, prefixes)))
    elif prefixes:
        yield constant_test(prefixes)
    if others:
        yield constant_test(others)


def _by_form(patterns: Sequence[Pieces]) -> tuple[list[Pieces], list[Pieces], list[Pieces]]:
    """Split patterns into whole texts, prefixes, and all others."""
    whole = [each for each in patterns if is_fixed(each)]
    prefixes = [each for each in patterns if is_prefix(each)]
    return whole, prefixes, [each for each in patterns if not is_fixed(each) and not is_prefix(each)]


def _by_service(patterns: Sequence[Pieces]) -> Mapping[str, Names] | None:
    found: dict[str, list[Pieces]] = {}
    for pieces in patterns:
        match pieces:
            case (Fixed(text=text), *rest) if ":" in text:
                service, _, name = text.partition(":")
                found.setdefault(service, []).append((Fixed(name), *rest))
            case _:
                return None
    return {service: _names(names) for service, names in found.items()}


def _names(patterns: Sequence[Pieces]) -> Names:
    whole, prefixes, others = _by_form(patterns)
    return Names(
        tuple(dict.fromkeys(map(fixed_text, whole))),
        tuple(map(fixed_text, prefixes)),
        tuple(glob(each, by_field=False) for each in others),
    )
