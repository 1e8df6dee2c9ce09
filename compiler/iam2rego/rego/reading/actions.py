"""What a statement tests of the action (A2 to A8), in lower case."""

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
    """Patterns of the names of a service's actions: whole names, prefixes, and all others as globs."""

    whole: tuple[str, ...]
    prefixes: tuple[str, ...]
    globs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionTest:
    """One of the entries matches the action, or if `negated` none does; there is at least one.

    Attributes:
        negated: whether they stand in ``NotAction``.
        together: the test for one of them.
        alternatives: the same as up to three tests, of which an index finds the first two: for whole actions, for prefixes, for others.
        by_service: the same by the service that they name; None where some entry names none.
    """

    negated: bool
    together: ConstantTest
    alternatives: tuple[Alternative, ...]
    by_service: Mapping[str, Names] | None


def read_actions(actions: Actions) -> ActionTest | bool:
    """Return what is tested of the action, or whether any action will do, or none."""
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
    """Return patterns apart: those of whole texts, prefixes, and all others."""
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
