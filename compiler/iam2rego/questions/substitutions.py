"""Requests on both sides of the value of a policy variable (docs/semantics.md, "Variables")."""

from collections.abc import Iterator
from typing import Final

from iam2rego.ir.condition import Condition, ConditionValue
from iam2rego.ir.pattern import ArnPattern, Variable
from iam2rego.ir.policy import Statement
from iam2rego.jsontext import JsonValue, Number
from iam2rego.questions import context, resources
from iam2rego.questions.aim import Aim
from iam2rego.questions.context import texts_of
from iam2rego.questions.fill import Filling, Texts, fold, variables
from iam2rego.questions.values import hit

_COLON: Final = "a:b"
"""A value that adds a field."""

_TEXTS: Final = ("other", "*", "?", "a*b", _COLON, "a/b", "${aws:username}", "${*}", "$", "A", "\u00e9", "{a,b}", "[a]", "\\", "")
_CROWD: Final = Filling("a" * 8, "a")
_KINDS: Final[tuple[JsonValue, ...]] = (True, Number("10.0"), [], ["probe"], ["a", "b"], [""])


def edges(statement: Statement, aim: Aim) -> Iterator[Aim]:
    """Yield, for every variable, ``aim`` with its key absent, empty, a list or hostile text, with and without adapting the rest."""
    for variable in context.statement_variables(statement):
        yield from _of(variable, statement, aim)


def _of(variable: Variable, statement: Statement, aim: Aim) -> Iterator[Aim]:
    without = aim.without(variable.key)
    yield without
    yield from _all_followed(statement, without, {**texts_of(without.context), fold(variable.key): variable.default or ""})
    for value in (*_TEXTS, *_KINDS):
        yield aim.having(variable.key, value)
    for text in _TEXTS:
        changed = aim.having(variable.key, text)
        yield from _all_followed(statement, changed, texts_of(changed.context))
    yield from _crowded(variable, statement, aim)
    short = aim.having(variable.key, _COLON)
    yield from (short.on(text) for text in resources.short(statement.resources, texts_of(short.context)))
    yield aim.without(variable.key).having(variable.key.swapcase(), aim.context.get(variable.key, "probe"))


def _crowded(variable: Variable, statement: Statement, aim: Aim) -> Iterator[Aim]:
    """Yield resources in which each wildcard matches many copies of the variable's value, so that there are many ways to match."""
    crowded = aim.having(variable.key, _CROWD.one)
    for entry in statement.resources.entries[:1]:
        if isinstance(entry, ArnPattern):
            text = resources.filled(entry, _CROWD, texts_of(crowded.context))
            yield from (crowded.on(text), crowded.on(f"{text}!"))


def _all_followed(statement: Statement, aim: Aim, texts: Texts) -> Iterator[Aim]:
    """Yield ``aim`` `followed`, then moved to each pattern that this skips: those after the first, and all of NotResource."""
    moved = followed(statement, aim, texts)
    yield moved
    for entry in statement.resources.entries[0 if statement.resources.negated else 1 :]:
        if isinstance(entry, ArnPattern) and any(map(variables, entry.fields)):
            yield moved.on(next(resources.met(entry, texts)))
    for condition in statement.conditions:
        for value in condition.values[1:] if condition.key in moved.context else ():
            if any(map(variables, context.value_patterns(value))):
                yield _met(condition, value, moved, texts)


def followed(statement: Statement, aim: Aim, texts: Texts) -> Aim:
    """Move the resource, and the values compared with variables, to the current values of the variables."""
    moved = aim if statement.resources.negated else aim.on(resources.base(statement.resources, texts))
    for condition in statement.conditions:
        if condition.key in moved.context and any(context.value_patterns(value) for value in condition.values):
            moved = _met(condition, condition.values[0], moved, texts)
    return moved


def _met(condition: Condition, value: ConditionValue, aim: Aim, texts: Texts) -> Aim:
    """Give the key of ``condition`` a match for ``value``, in a list if it held one."""
    compared = hit(condition.operator, value, texts)
    return aim.having(condition.key, [compared] if isinstance(aim.context[condition.key], list) else compared)
