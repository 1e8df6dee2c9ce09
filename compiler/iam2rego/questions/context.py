"""A context that should match every condition of a statement, if one is easily found."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Text, Variable
from iam2rego.ir.policy import Statement
from iam2rego.jsontext import JsonValue
from iam2rego.questions.fill import PLAIN, Texts, fill, fold, variables
from iam2rego.questions.values import UNLIKE, Family, family, hit, negated

_SUBSTITUTE: Final = "probe"


def base(statement: Statement) -> dict[str, JsonValue]:
    """Return context values that should match the conditions of ``statement``, with a text for every variable in it."""
    context: dict[str, JsonValue] = {}
    by_key = _by_key(statement.conditions)
    for variable in statement_variables(statement):
        if fold(variable.key) not in by_key:
            context[variable.key] = _SUBSTITUTE
    for conditions in sorted(by_key.values(), key=_depends_on_variables):
        value = _meeting(conditions, texts_of(context))
        if value is not None:
            context[conditions[0].key] = value
    return context


def texts_of(context: Mapping[str, JsonValue]) -> Texts:
    """Return the value of each key as a variable: single-valued texts only (V8)."""
    return {fold(key): value for key, value in context.items() if isinstance(value, str)}


def statement_variables(statement: Statement) -> Iterator[Variable]:
    """Yield the variables of resources and condition values, each key once."""
    seen: set[str] = set()
    for pattern in _patterns(statement):
        for variable in variables(pattern):
            if fold(variable.key) not in seen:
                seen.add(fold(variable.key))
                yield variable


def value_patterns(value: ConditionValue) -> tuple[Pattern, ...]:
    """Return the patterns that a condition value is made of."""
    match value:
        case TextValue(segments=segments):
            return (segments,)
        case ArnValue(fields=fields):
            return fields
        case LiteralValue():
            return ()


def plain(condition: Condition) -> bool:
    """Return whether the condition has no set operator (C6)."""
    return condition.qualifier is None


def satisfying(condition: Condition, texts: Texts) -> list[JsonValue]:
    """Return single values that should match ``condition``: one for each policy value, or one unlike them all."""
    if family(condition.operator) is Family.PRESENCE:
        return [_SUBSTITUTE]
    if negated(condition.operator):
        return [unlike(condition)]
    return [hit(condition.operator, value, texts) for value in condition.values]


def unlike(condition: Condition) -> JsonValue:
    """Return a value that the operator can read and that policy values are unlikely to have."""
    kind = family(condition.operator)
    if kind is Family.BOOLEAN and any(value.text.lower() == "true" for value in condition.values):
        return "false"
    return UNLIKE[kind]


def _patterns(statement: Statement) -> Iterator[Pattern]:
    for entry in statement.resources.entries:
        if isinstance(entry, ArnPattern):
            yield from entry.fields
    for condition in statement.conditions:
        for value in condition.values:
            yield from value_patterns(value)


def _by_key(conditions: Iterable[Condition]) -> Mapping[str, list[Condition]]:
    by_key = defaultdict(list)
    for condition in conditions:
        by_key[fold(condition.key)].append(condition)
    return by_key


def _depends_on_variables(conditions: Sequence[Condition]) -> bool:
    return any(variables(pattern) for each in conditions for value in each.values for pattern in value_patterns(value))


def _meeting(conditions: Sequence[Condition], texts: Texts) -> JsonValue:
    """Return a value for the common key of ``conditions`` that should match them all; None to leave the key out."""
    if any(each.operator is Operator.NULL and _wants_absence(each) for each in conditions):
        return None
    tested = [each for each in conditions if each.operator is not Operator.NULL] or list(conditions)
    candidates = [value for each in tested for value in satisfying(each, texts)]
    fitting = (value for value in candidates if all(_likely(each, value, texts) for each in tested))
    return _shaped(next(fitting, None), candidates, conditions)


def _shaped(fitting: JsonValue, candidates: list[JsonValue], conditions: Sequence[Condition]) -> JsonValue:
    """Give the value the shape that its conditions want: for set operators a list, of all candidates if no single one fits."""
    if any(plain(each) and each.operator is not Operator.NULL for each in conditions):
        return fitting if fitting is not None else next(iter(candidates), None)
    if all(plain(each) for each in conditions):
        return fitting
    return [fitting] if fitting is not None else list(candidates)


def _wants_absence(condition: Condition) -> bool:
    return all(value.text.lower() == "true" for value in condition.values)


def _likely(condition: Condition, value: JsonValue, texts: Texts) -> bool:
    """Return whether a text looks as if it matches a String condition; assume yes for other operators."""
    if family(condition.operator) is not Family.TEXT or not isinstance(value, str):
        return True
    alike = any(_resembles(value, each, texts) for each in condition.values if isinstance(each, TextValue))
    return alike is not negated(condition.operator)


def _resembles(value: str, wanted: TextValue, texts: Texts) -> bool:
    return re.fullmatch("".join(_expression(segment, texts) for segment in wanted.segments), value, re.DOTALL | re.IGNORECASE) is not None


def _expression(segment: Text | AnyRun | AnyOne | Variable, texts: Texts) -> str:
    if isinstance(segment, AnyRun):
        return ".*"
    return "." if isinstance(segment, AnyOne) else re.escape(fill((segment,), PLAIN, texts))
