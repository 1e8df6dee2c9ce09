"""Conditions to the bodies of Rego rules (sections 5.1 and 5.2).

A condition that is one line stands in its statement's rule; any other gets a helper rule. `not` is applied only to terms whose
references are all defined: an undefined one would undo the whole body, and with it a Deny.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import Text
from iam2rego.rego.literals import boolean
from iam2rego.rego.matching import TEXT, fold, is_constant, variable_term
from iam2rego.rego.operators import OPERATIONS, Operation
from iam2rego.rego.pieces import Fixed, Pieces, of_arn, of_text
from iam2rego.rego.tree import Call, Every, Infix, Literal, Lookup, Name, Not, Rule, SomeIn, String, Term

Body: TypeAlias = tuple[Literal, ...]
"""Lines that must all hold."""

_FIELDS: Final = 6
_VALUE: Final = Name("value")
_TRANSPARENT: Final = (None, "read.arn")
"""Readers that give the text itself: a text that they refuse matches no value of their operators either."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a condition becomes: alternative bodies, of which one must hold, and the helper functions that they call.

    No body means that the condition never holds, an empty body that it always does.
    """

    bodies: tuple[Body, ...]
    helpers: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What is tested of one text: how it is read, the term that compares what was read, and whether that must fail."""

    reader: str | None
    compare: Callable[[Term], Term]
    negated: bool


_ALWAYS: Final = True
_NEVER: Final = False


def compile_condition(condition: Condition, name: str) -> Test:
    """Return the test of ``condition``; ``name`` is free for a helper of it."""
    key = String(fold(condition.key))
    if condition.operator is Operator.NULL:
        return Test(tuple(_presence(condition, key)))
    comparison, helpers = _comparison(condition, f"{name}_matches")
    return Test(tuple(_quantified(condition, key, comparison)), tuple(helpers))


def _comparison(condition: Condition, helper: str) -> tuple[_Comparison | bool, Iterable[Rule]]:
    """Return how one text is compared, or what every comparison comes to, and the rules of ``helper`` if it is called."""
    operation = OPERATIONS[condition.operator]
    constants, variables = _split(condition.values, operation)
    if operation.negated and len(constants) + len(variables) < len(condition.values):
        return _NEVER, ()  # C15: a value that cannot be read is not "not equal"
    if not constants and not variables:
        return (_ALWAYS if operation.negated else _NEVER), ()  # C27
    if not variables:
        return _Comparison(operation.reader, partial(operation.compare, constants), operation.negated), ()
    if not constants and not operation.negated and operation.reader is None and variable_term(variables, TEXT):
        return _Comparison(None, partial(_variable_term, variables), negated=False), ()
    comparison = _Comparison(operation.reader, lambda subject: Call(helper, (subject,)), operation.negated)
    return comparison, _helpers(helper, operation, constants, variables)


def _variable_term(patterns: list[Pieces], subject: Term) -> Term:
    term = variable_term(patterns, subject)
    assert term is not None, "asked only where one term is enough"
    return term


def _split(values: Sequence[ConditionValue], operation: Operation) -> tuple[list[Pieces], list[Pieces]]:
    """Return the readable values without, and those with, variables."""
    readable = [_pieces(value) for value in values if _is_readable(value, operation)]
    return [each for each in readable if is_constant(each)], [each for each in readable if not is_constant(each)]


def _pieces(value: ConditionValue) -> Pieces:
    match value:
        case TextValue(segments=segments):
            return of_text(segments)
        case ArnValue(fields=fields):
            return of_arn(fields)
        case LiteralValue(text=text):
            return (Fixed(text),)


def _is_readable(value: ConditionValue, operation: Operation) -> bool:
    match value:
        case TextValue():
            return True
        case ArnValue(fields=fields):
            return len(fields) == _FIELDS and fields[0] == (Text(text="arn"),)
        case LiteralValue(text=text):
            return operation.readable(text) is not None


def _helpers(name: str, operation: Operation, constants: list[Pieces], variables: list[Pieces]) -> Iterator[Rule]:
    """Yield a function that is true when one of the values matches `TEXT`."""
    if constants:
        yield Rule(name, (operation.compare(constants, TEXT),), parameters=(TEXT.path,))
    for pieces in variables:
        yield Rule(name, operation.compare_variable(pieces), parameters=(TEXT.path,))


def _presence(condition: Condition, key: String) -> Iterator[Body]:
    """Yield the bodies of a Null condition (C11): "true" asks for a missing key, "false" for a present one."""
    if condition.qualifier is not None:
        if condition.qualifier is Qualifier.FOR_ALL_VALUES:
            yield ()
        return
    wanted = {boolean(value.text) for value in condition.values}
    if "true" in wanted:
        yield (_absent(key),)
    if "false" in wanted:
        yield (Not(_absent(key)),)


def _quantified(condition: Condition, key: String, comparison: _Comparison | bool) -> Iterator[Body]:
    """Yield the alternative bodies of a condition that compares."""
    match condition.qualifier:
        case Qualifier.FOR_ALL_VALUES:
            yield _for_all(key, comparison)
        case Qualifier.FOR_ANY_VALUE:
            yield from _for_any(key, comparison)
        case None:
            yield from _plain(condition, key, comparison)


def _for_all(key: String, comparison: _Comparison | bool) -> Body:
    if isinstance(comparison, bool):
        return () if comparison else (_absent(key),)
    return (Every(TEXT.path, Call("context.values", (key,)), _compared(comparison)),)


def _for_any(key: String, comparison: _Comparison | bool) -> Iterator[Body]:
    if comparison is _ALWAYS:
        yield (Not(_absent(key)),)
    elif isinstance(comparison, _Comparison):
        yield (SomeIn(TEXT.path, Call("context.values", (key,))), *_compared(comparison))


def _plain(condition: Condition, key: String, comparison: _Comparison | bool) -> Iterator[Body]:
    if condition.if_exists or OPERATIONS[condition.operator].negated:
        yield (_absent(key),)  # C4
    text = Call("context.text", (key,))
    if isinstance(comparison, _Comparison):
        yield _compared_once(comparison, key, text)
    elif comparison:
        yield (text,)


def _compared_once(comparison: _Comparison, key: String, text: Call) -> Body:
    if comparison.negated:
        return (Infix(TEXT, ":=", text), *_compared(comparison))
    if comparison.reader in _TRANSPARENT:
        term = comparison.compare(text)
        if isinstance(term, Infix) and _is_plain(key.value):  # a list equals no text, so an equality need not rule lists out
            return (replace(term, left=Lookup(Name("context.texts"), key)),)
        return (term,)
    return (comparison.compare(_read(comparison.reader, text)),)


def _is_plain(key: str) -> bool:
    """Say whether `opa fmt` leaves the key of a reference as it is: it sets a name behind a dot, and spells many others as Go does."""
    return key.isascii() and key.isprintable() and not key.isidentifier()


def _compared(comparison: _Comparison) -> Body:
    """Return the lines that compare `TEXT`; what a negated comparison reads is bound first, so that `not` meets nothing undefined."""
    if not comparison.negated:
        reader = None if comparison.reader in _TRANSPARENT else comparison.reader
        return (comparison.compare(_read(reader, TEXT)),)
    if comparison.reader is None:
        return (_negate(comparison.compare(TEXT)),)
    return (Infix(_VALUE, ":=", _read(comparison.reader, TEXT)), _negate(comparison.compare(_VALUE)))


def _read(reader: str | None, subject: Term) -> Term:
    return Call(reader, (subject,)) if reader else subject


def _negate(term: Term) -> Literal:
    return replace(term, operator="!=") if isinstance(term, Infix) and term.operator == "==" else Not(term)


def _absent(key: String) -> Call:
    return Call("context.absent", (key,))
