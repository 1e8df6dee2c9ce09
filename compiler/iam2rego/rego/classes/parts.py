"""Reads the actions of one policy's statements, independently of the rest of the bundle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from iam2rego.ir.policy import Effect, Policy, Statement
from iam2rego.rego.reading.actions import ActionTest, Alternative, Names
from iam2rego.rego.reading.conditions import Quantifier, ValueTest
from iam2rego.rego.reading.pieces import Fixed
from iam2rego.rego.reading.resources import ResourceTest
from iam2rego.rego.reading.statements import Reading
from iam2rego.rego.reading.texts import Like, LikeAny, OneOf, StartsWith, StartsWithAny

Patterns: TypeAlias = tuple[list[str], list[str], list[str]]
"""Whole texts, prefixes and globs."""

Given: TypeAlias = tuple[str, tuple[str, ...]]
"""A context key, in lower case, and texts."""

_Texts: TypeAlias = tuple[dict[str, None], dict[str, None], dict[str, None]]
_Kind: TypeAlias = tuple[bool, bool, Given | None]

_OF_ONE_TEXT: Final = (Quantifier.IS, Quantifier.IS_IF_EXISTS)

WHOLE: Final = ""
"""The key for patterns of whole actions, instead of a service."""


@dataclass(frozen=True, slots=True)
class Part:
    """The actions of some statements of the same kind, in lower case.

    Attributes:
        denies: whether the statements are Denies.
        conditional: whether they test more than the action.
        negated: whether they match all actions except those listed.
        services: patterns of names by service, or of whole actions under `WHOLE`.
        given: for Allows whose only test is that a context key has one of some texts: this key and the texts.
    """

    denies: bool
    conditional: bool
    negated: bool
    services: dict[str, Patterns]
    given: Given | None = None

    @property
    def is_wide(self) -> bool:
        """Whether the part may match actions of any service."""
        return self.negated or WHOLE in self.services


def read_parts(policy: Policy, readings: Sequence[Reading]) -> tuple[Part, ...]:
    """Return the parts of ``policy``."""
    return merged(_parts(policy, readings))


def merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return a part for each kind of statement, which has its patterns once, and one for each statement with NotAction."""
    kinds: dict[_Kind, dict[str, _Texts]] = {}
    alone: list[Part] = []
    for part in parts:
        if part.negated:
            alone.append(part)
            continue
        services = kinds.setdefault((part.denies, part.conditional, part.given), {})
        for service, patterns in part.services.items():
            for known, new in zip(services.setdefault(service, ({}, {}, {})), patterns, strict=True):
                known.update(dict.fromkeys(new))
    return *(_of_kind(*kind, services) for kind, services in kinds.items()), *alone


def _of_kind(denies: bool, conditional: bool, given: Given | None, services: Mapping[str, _Texts]) -> Part:
    listed = {service: (list(whole), list(prefixes), list(globs)) for service, (whole, prefixes, globs) in services.items()}
    return Part(denies, conditional, False, listed, given)


def _parts(policy: Policy, readings: Sequence[Reading]) -> Iterator[Part]:
    for statement, reading in zip(policy.document.statements, readings, strict=True):
        if not reading.never_applies and reading.actions is not False:
            yield _part(statement, reading)


def _part(statement: Statement, reading: Reading) -> Part:
    denies, conditional = statement.effect is Effect.DENY, _is_conditional(reading)
    given = None if denies else _given(reading)
    match reading.actions:
        case bool():
            return Part(denies, conditional, True, {}, given)
        case ActionTest(negated=negated, by_service=None, alternatives=alternatives):
            return Part(denies, conditional, negated, {WHOLE: _patterns(_whole(alternatives))}, given)
        case ActionTest(negated=negated, by_service=by_service):
            assert by_service is not None, "the case before has the other actions"
            return Part(denies, conditional, negated, {service: _patterns(names) for service, names in by_service.items()}, given)
        case _:
            assert_never(reading.actions)


def _is_conditional(reading: Reading) -> bool:
    """Return whether a statement tests the caller, the resource or the context, or needs values for variables."""
    return not _is_open_to_all(reading) or any(condition is not True for condition in reading.conditions)


def _is_open_to_all(reading: Reading) -> bool:
    """Return whether a statement tests neither the caller nor the resource."""
    anything = isinstance(reading.resource, ResourceTest) and reading.resource.test is None and not reading.resource.needed
    return anything and reading.callers is True


def _given(reading: Reading) -> Given | None:
    """Return the key and the texts of which one is enough for a statement to apply to its actions.

    Set operators are left out, although a single text satisfies them too: requests have lists under their keys.
    """
    match [condition for condition in reading.conditions if condition is not True]:
        case [ValueTest(key=key, test=OneOf(constants=constants)) as only] if _is_open_to_all(reading):
            texts = tuple(constant for constant in constants if isinstance(constant, str))
            return None if only.quantifier not in _OF_ONE_TEXT or only.needs_reader else (key, texts)
    return None


def _patterns(names: Names) -> Patterns:
    return list(names.whole), list(names.prefixes), list(names.globs)


def _whole(alternatives: tuple[Alternative, ...]) -> Names:
    """Return patterns of whole actions."""
    whole: list[str] = []
    prefixes: list[str] = []
    globs: list[str] = []
    for alternative in alternatives:
        match alternative:
            case OneOf(constants=constants):
                whole += map(str, constants)
            case StartsWith(words=words):
                prefixes.append("".join(word.text for word in words if isinstance(word, Fixed)))
            case StartsWithAny(prefixes=several):
                prefixes += several
            case Like(glob=glob):
                globs.append(glob)
            case LikeAny(globs=several):
                globs += several
            case _:
                raise AssertionError("actions have no other tests")
    return Names(tuple(whole), tuple(prefixes), tuple(globs))
