"""Counterexamples of formulas with variables: a few values are tried for each variable, each exactly.

For proofs, `slices` reads a variable as any text.
"""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.native.request import ContextValue
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.atoms import Holds, MatchesEntry
from iam2rego.proofs.formula import Formula, Literal, atoms_of
from iam2rego.proofs.globs import Language
from iam2rego.proofs.keys import find_value
from iam2rego.proofs.slices import Model, solve
from iam2rego.proofs.substitution import Values, variables_in, variables_of, with_values
from iam2rego.proofs.symbols import Folded, Sequence, Symbol, Value
from iam2rego.proofs.textual import Test, literals, sequences_of
from iam2rego.proofs.verdict import UndecidedError

_WORD: Final = "example"
_MOST_CHOICES: Final = 100


def keys_of(formula: Formula) -> set[str]:
    """Return the folded keys that conditions of the formula read."""
    return {atom.condition.key for atom in atoms_of(formula) if isinstance(atom, Holds)}


def solve_with_values(formula: Formula, guess: Model, resources: Language, fixed: Values) -> Iterator[Model]:
    """Yield resources and contexts that make the formula true, found with values for its variables, and these for some keys."""
    keys = list(dict.fromkeys((*variables_of(formula), *(key for key in fixed if key in keys_of(formula)))))
    pools = [[fixed[key]] if key in fixed else _pool(formula, key, guess) for key in keys]
    for chosen in islice(product(*pools), _MOST_CHOICES):
        values = dict(zip(keys, chosen, strict=True))
        try:
            found = solve(with_values(formula, values), resources)
        except UndecidedError:
            continue
        if found is not None:
            yield Model(found.resource, {**found.context, **{key: _written(value) for key, value in values.items() if value is not None}})


def _written(value: ContextValue) -> JsonValue:
    return value if isinstance(value, str) else list(value)


def _pool(formula: Formula, key: str, guess: Model) -> list[ContextValue | None]:
    """Return the values to try for a key: from the guess, a word, what conditions on it name or need, and none."""
    own = [atom for atom in atoms_of(formula) if isinstance(atom, Holds) and atom.condition.key == key]
    captured = (text for entry, whole in _guessed(formula, guess) for text in _captured(entry, key, whole))
    named = literals(Test(atom.condition, True) for atom in own)
    needed = [_needed(key, Literal(atom, truth)) for atom in own for truth in (True, False)]
    longer = (f"{each}{_WORD}" for each in needed if isinstance(each, str))
    return [*dict.fromkeys(value for value in (_read(guess.context.get(key)), _WORD, *captured, *named, *needed, *longer) if value), None]


def _guessed(formula: Formula, guess: Model) -> Iterator[tuple[Sequence, str]]:
    """Yield patterns with variables, each with what a guess compares with it: the resource, or a text of a key."""
    for atom in atoms_of(formula):
        if isinstance(atom, MatchesEntry):
            yield atom.entry, guess.resource
        elif isinstance(atom, Holds) and variables_in(atom):
            value = guess.context.get(atom.condition.key)
            texts = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]
            yield from product(sequences_of(atom.condition), texts)


def _captured(pattern: Sequence, key: str, whole: str) -> Iterator[str]:
    """Yield what a variable of a pattern can be if it is to match a text: the shortest and the longest."""
    for lazy in ("?", ""):
        expression = "".join(_expression(each, key, lazy) for each in pattern)
        if found := re.fullmatch(expression, whole, re.DOTALL):
            yield from found.groups()


def _expression(symbol: Symbol, key: str, lazy: str) -> str:
    match symbol:
        case Value(key=own, in_field=in_field):
            text = f"{'[^:]' if in_field else '.'}+{lazy}"
            return f"({text})" if own == key else text
        case Wildcard.RUN | Wildcard.RUN_IN_FIELD:
            return ".*" if symbol is Wildcard.RUN else "[^:]*"
        case Folded():
            return "."
        case Wildcard.ONE | Wildcard.ONE_IN_FIELD:
            return "." if symbol is Wildcard.ONE else "[^:]"
    return re.escape(str(symbol))


def _needed(key: str, literal: Literal) -> ContextValue | None:
    """Return a value for which a condition holds, or does not."""
    try:
        found = find_value(key, [literal])
    except UndecidedError:
        return None
    return None if found is None else _read(found.get(key))


def _read(value: JsonValue) -> ContextValue | None:
    return tuple(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else None
