"""Formulas about resources and context keys: whether some resource and context make one true.

Propositional models are made one after the other. Each is reduced to a few literals, which every field then tries to fulfil by itself:
the resource, and each key. Literals that a field cannot fulfil together are excluded from then on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.proofs.atoms import HasValue, Holds, InLanguage, MatchesEntry, key_of
from iam2rego.proofs.cases import Cases, cases
from iam2rego.proofs.formula import All, Formula, Literal, conjunction, reasons
from iam2rego.proofs.globs import Language, find, language
from iam2rego.proofs.keys import Part, find_value
from iam2rego.proofs.sat import Problem
from iam2rego.proofs.substitution import with_values
from iam2rego.proofs.symbols import READABLE_ARN, Value, lettered, letters_of, widest
from iam2rego.proofs.symbols import Sequence as Symbols
from iam2rego.proofs.verdict import UndecidedError

ANY_RESOURCE: Final = language([READABLE_ARN, ("*",)])
"""Every resource that a request can name (N3)."""

_MOST_MODELS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Model:
    """A resource and a context."""

    resource: str
    context: dict[str, JsonValue] = field(default_factory=dict)


def solve(formula: Formula, resources: Language = ANY_RESOURCE) -> Model | None:
    """Return a resource of ``resources`` and a context that make the formula true; None if there are none.

    Where the formula has variables, None is still certain, and a model is only a guess.

    Raises:
        UndecidedError: a search has reached a limit.
    """
    problem, doubt = Problem(formula), None
    for _ in range(_MOST_MODELS):
        model = problem.model()
        if model is None:
            if doubt is not None:
                raise doubt
            return None
        literals = tuple(reasons(formula, model))
        try:
            fulfilled = _fulfil(literals, resources)
        except UndecidedError as error:
            doubt = error
            problem.exclude(literals)
            continue
        if isinstance(fulfilled, Model):
            return fulfilled
        problem.exclude(fulfilled)
    raise UndecidedError(f"its statements have more than {_MOST_MODELS:,} combinations")


def _fulfil(literals: Sequence[Literal], resources: Language) -> Model | tuple[Literal, ...]:
    """Return a model of the literals, or some of them that contradict each other."""
    found = _by_fields(literals, resources)
    known = cases(literals) if isinstance(found, Model) else None
    if known is None:
        return found
    return _by_cases(resources, literals, known) or _shrunk(literals, partial(_find, resources))


def _find(resources: Language, literals: Sequence[Literal]) -> Model | None:
    """Return a model of the literals; None if there is none."""
    found = _by_fields(literals, resources)
    if not isinstance(found, Model):
        return None
    known = cases(literals)
    return found if known is None else _by_cases(resources, literals, known)


def _by_cases(resources: Language, literals: Sequence[Literal], known: Cases) -> Model | None:
    """Return a model of the literals; None if there is none, for each text that a key of a variable can hold."""
    key, values = known
    doubt: UndecidedError | None = None
    for value in values:
        try:
            model = _find_case(resources, literals, key, value)
        except UndecidedError as error:
            doubt = error
            continue
        if model is not None:
            return model
    if doubt is not None:
        raise doubt
    return None


def _find_case(resources: Language, literals: Sequence[Literal], key: str, value: str | None) -> Model | None:
    """Return a model in which a key holds a text, or is missing."""
    settled = with_values(conjunction(literals), {key: value})
    parts = settled.parts if isinstance(settled, All) else (settled,)
    left = [each for each in parts if isinstance(each, Literal)]
    if len(left) < len(parts):
        return None  # one part is false
    found = _find(resources, left)
    return None if found is None else Model(found.resource, {**found.context, **({} if value is None else {key: value})})


def _by_fields(literals: Sequence[Literal], resources: Language) -> Model | tuple[Literal, ...]:
    """Return a model of the literals, each field by itself, or some of them that contradict each other."""
    keyed: dict[str, list[Literal]] = {}
    about_resource: list[Literal] = []
    for literal in literals:
        if isinstance(literal.atom, Holds | HasValue):
            keyed.setdefault(key_of(literal.atom), []).append(literal)
        else:
            about_resource.append(literal)
    context: dict[str, JsonValue] = {}
    for key, about_key in keyed.items():
        part = _find_value(key, tuple(about_key))
        if part is None:
            return _shrunk(about_key, partial(_find_value, key))
        context.update(part)
    resource = _find_resource(resources, tuple(about_resource))
    if resource is None:
        return _shrunk(about_resource, partial(_find_resource, resources))
    return Model(resource, context)


@lru_cache(maxsize=4096)
def _find_value(key: str, literals: tuple[Literal, ...]) -> Part | None:
    return find_value(key, literals)


@lru_cache(maxsize=4096)
def _find_resource(resources: Language, literals: tuple[Literal, ...]) -> str | None:
    marks = [literal.atom.entry for literal in literals if literal.holds and isinstance(literal.atom, MatchesEntry)]
    for marked in marks:
        if _find_marked(resources, literals, marked) is None:
            return None
    wanted = [each for literal in literals if literal.holds for each in _languages(literal.atom)]
    unwanted = [literal.atom.language for literal in literals if not literal.holds and isinstance(literal.atom, InLanguage)]
    return find([resources, *wanted], unwanted)


def _find_marked(resources: Language, literals: Sequence[Literal], marked: Symbols) -> str | None:
    """Return a text with letters for the values of the variables in one entry, all of which every value allows; None if there is none.

    A text that must not match is compared only with what matches whatever the values are. So None means that no values allow a text.
    """
    letters = letters_of(marked)
    others = [literal.atom for literal in literals if literal.holds and literal.atom != MatchesEntry(marked)]
    wanted = [language(each.sequences, loose=True) for atom in others for each in _languages(atom)]
    unwanted = [each for literal in literals if not literal.holds for each in _lettered(literal.atom, letters)]
    own = lettered(marked, letters)
    assert own is not None, "each of its variables has a letter"
    return find([language([own]), language(resources.sequences, loose=True), *wanted], unwanted)


def _lettered(atom: object, letters: dict[Value, str]) -> Iterable[Language]:
    """Return what a resource is in for an atom whatever the values are, as far as letters can say it."""
    match atom:
        case InLanguage(language=itself):
            return (itself,)
        case MatchesEntry(entry=entry):
            spelled = lettered(entry, letters)
            return () if spelled is None else (language([spelled]),)
    return ()


def _languages(atom: object) -> Iterable[Language]:
    """Return what a resource must be in for an atom; for an entry with variables, what it is in for some values."""
    match atom:
        case InLanguage(language=itself):
            return (itself,)
        case MatchesEntry(entry=entry):
            return (language(widest(entry)),)
    return ()


def _shrunk(literals: Sequence[Literal], search: Callable[[tuple[Literal, ...]], object]) -> tuple[Literal, ...]:
    """Return some of the literals for which a search still finds nothing, none of them needlessly."""
    kept = tuple(literals)
    for each in literals:
        fewer = tuple(other for other in kept if other != each)
        try:
            kept = fewer if search(fewer) is None else kept
        except UndecidedError:
            continue
    return kept
