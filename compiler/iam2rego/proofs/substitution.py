"""Formulas with values in the place of variables (V1 to V9)."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, TextValue
from iam2rego.ir.pattern import Pattern, Segment, Text, Variable
from iam2rego.native.case import fold
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import ContextValue
from iam2rego.proofs.atoms import HasValue, Holds, InLanguage, MatchesEntry, holds
from iam2rego.proofs.formula import FALSE, Atom, Formula, Literal, atoms_of, constant, substituted
from iam2rego.proofs.globs import language
from iam2rego.proofs.symbols import Value, is_static, replaced
from iam2rego.proofs.textual import is_static as is_static_condition
from iam2rego.proofs.textual import keys_of_variables

Values: TypeAlias = Mapping[str, ContextValue | None]
"""What each folded key holds that a variable names; None if it is missing. Only a text can stand for the variable (V8)."""


def variables_of(formula: Formula) -> list[str]:
    """Return the folded keys that variables of the formula name."""
    return list(dict.fromkeys(key for atom in atoms_of(formula) for key in variables_in(atom)))


@lru_cache(maxsize=4096)
def variables_in(atom: Atom) -> tuple[str, ...]:
    """Return the folded keys that variables of an atom name."""
    match atom:
        case MatchesEntry(entry=entry):
            return tuple(each.key for each in entry if isinstance(each, Value))
        case Holds(condition=condition):
            return tuple(each.key for each in keys_of_variables(condition))
    return ()


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
