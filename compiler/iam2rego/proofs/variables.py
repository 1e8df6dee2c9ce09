"""Formulas with variables: with a value for each, they become formulas without (V1 to V9).

For proofs, `slices` reads a variable as any text. For counterexamples, a few values are tried here, each exactly.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Final, TypeAlias

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, TextValue
from iam2rego.ir.pattern import Pattern, Segment, Text, Variable
from iam2rego.jsontext import JsonValue
from iam2rego.native.case import fold
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import ContextValue
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.atoms import HasValue, Holds, InLanguage, MatchesEntry, holds
from iam2rego.proofs.formula import FALSE, Atom, Formula, Literal, atoms_of, constant, substituted
from iam2rego.proofs.globs import Language, language
from iam2rego.proofs.keys import find_value
from iam2rego.proofs.slices import Model, solve
from iam2rego.proofs.symbols import Sequence, Symbol, Value, is_static, replaced
from iam2rego.proofs.textual import Test, keys_of_variables, literals
from iam2rego.proofs.textual import is_static as is_static_condition
from iam2rego.proofs.verdict import UndecidedError

Values: TypeAlias = Mapping[str, ContextValue | None]
"""What each folded key holds that a variable names; None if it is missing. Only a text can stand for the variable (V8)."""

_WORD: Final = "example"
_MOST_CHOICES: Final = 100


def variables_of(formula: Formula) -> list[str]:
    """Return the folded keys that variables of the formula name."""
    return list(dict.fromkeys(value.key for atom in atoms_of(formula) for value in _values_in(atom)))


def _values_in(atom: object) -> Iterable[Value]:
    match atom:
        case MatchesEntry(entry=entry):
            return [each for each in entry if isinstance(each, Value)]
        case Holds(condition=condition):
            return keys_of_variables(condition)
    return ()


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
    captured = (text for atom in atoms_of(formula) if isinstance(atom, MatchesEntry) for text in _captured(atom.entry, key, guess.resource))
    named = literals(Test(atom.condition, True) for atom in own)
    needed = (_needed(key, Literal(atom, truth)) for atom in own for truth in (True, False))
    return [*dict.fromkeys(value for value in (_read(guess.context.get(key)), _WORD, *captured, *named, *needed) if value), None]


def _captured(entry: Sequence, key: str, resource: str) -> Iterator[str]:
    """Yield what a variable of an entry can be if the entry is to match a resource: the shortest text and the longest."""
    for lazy in ("?", ""):
        expression = "".join(_expression(each, key, lazy) for each in entry)
        if found := re.fullmatch(expression, resource, re.DOTALL):
            yield from found.groups()


def _expression(symbol: Symbol, key: str, lazy: str) -> str:
    match symbol:
        case Value(key=own, in_field=in_field):
            text = f"{'[^:]' if in_field else '.'}+{lazy}"
            return f"({text})" if own == key else text
        case Wildcard.RUN | Wildcard.RUN_IN_FIELD:
            return ".*" if symbol is Wildcard.RUN else "[^:]*"
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


def with_values(formula: Formula, values: Values) -> Formula:
    """Return the formula with the variables of some keys replaced by their values, and what is said of these keys settled."""
    return substituted(formula, lambda atom: _settled(atom, values))


def _texts(values: Values) -> dict[str, str | None]:
    """Return what can stand for variables (V8)."""
    return {key: value if isinstance(value, str) else None for key, value in values.items()}


def _settled(atom: Atom, values: Values) -> Formula:
    match atom:
        case MatchesEntry(entry=entry):
            symbols = replaced(entry, _texts(values))
            if symbols is None:
                return FALSE
            return Literal(InLanguage(language([symbols])) if is_static(symbols) else MatchesEntry(symbols))
        case HasValue(key=key) if key in values:
            return constant(bool(_texts(values).get(key)))
        case Holds(condition=condition):
            made = condition.model_copy(update={"values": tuple(_made(condition, values))})
            value = values.get(condition.key)
            if condition.key not in values or (value is not None and not is_static_condition(made)):
                return Literal(holds(made))  # of a key with a value this says less, which leaves a proof certain
            return constant(condition_holds(made, {} if value is None else {condition.key: value}))
    return Literal(atom)


def _made(condition: Condition, values: Values) -> Iterator[ConditionValue]:
    """Yield the values of a condition with the variables of some keys replaced; those that match nothing are left out (V7)."""
    for value in condition.values:
        match value:
            case TextValue(text=text, segments=segments):
                made = _pattern(segments, values)
                if made is not None:
                    yield TextValue(text=text, segments=made)
            case ArnValue(text=text, fields=fields):
                yield ArnValue(text=text, fields=_arn([_pattern(each, values) for each in fields]))
            case _:
                yield value


def _pattern(pattern: Pattern, values: Values) -> Pattern | None:
    """Return a pattern with values for the variables of some keys, or None if one of these has no value."""
    made: list[Segment] = []
    for segment in pattern:
        if isinstance(segment, Variable) and fold(segment.key) in values:
            text = _texts(values).get(fold(segment.key)) or segment.default
            if text is None:
                return None
            made += [Text(text=text)] if text else []
        else:
            made.append(segment)
    return tuple(made)


def _arn(fields: list[Pattern | None]) -> tuple[Pattern, ...]:
    """Return an ARN that can still be read (C15) but matches nothing if a variable in it has no value."""
    if None not in fields:
        return tuple(each for each in fields if each is not None)
    impossible: Pattern = (Text(text=":"),)
    return tuple(impossible if index == 1 else each or () for index, each in enumerate(fields))
