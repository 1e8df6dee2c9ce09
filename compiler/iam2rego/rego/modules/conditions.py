"""Conditions to the bodies of Rego rules (C1 to C11).

A condition that is one line stands in its statement's rule; any other gets a helper rule. `not` is applied only to terms whose
references are all defined: an undefined one would undo the whole body, and with it a Deny.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeAlias

from iam2rego.ir.condition import Condition
from iam2rego.rego.modules.matching import TEXT, fold
from iam2rego.rego.modules.quantifiers import Compared, Quantifier, quantified
from iam2rego.rego.modules.tree import Call, Every, Infix, Literal, Lookup, Name, Not, Rule, SomeIn, String, Term

Body: TypeAlias = tuple[Literal, ...]
"""Lines that must all hold."""

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


def compile_condition(condition: Condition, name: str) -> Test:
    """Return the test of ``condition``; ``name`` is free for a helper of it."""
    asked = quantified(condition)
    if isinstance(asked, bool):
        return Test(((),) if asked else ())
    key = String(fold(condition.key))
    if asked.compared is None:
        return Test(tuple(_of_key(asked.quantifier, key)))
    comparison, helpers = _comparison(asked.compared, f"{name}_matches")
    return Test(tuple(_of_texts(asked.quantifier, key, comparison)), tuple(helpers))


def _comparison(compared: Compared, helper: str) -> tuple[_Comparison, Iterable[Rule]]:
    """Return how one text is compared, and the rules of ``helper`` if it is called."""
    operation = compared.operation
    if not compared.others:
        return _Comparison(operation.reader, partial(operation.compare, compared.simple), operation.negated), ()
    if len(compared.others) == 1 and not compared.simple and not operation.negated and operation.reader is None:
        return _Comparison(None, partial(operation.compare_other, compared.others[0]), negated=False), ()
    comparison = _Comparison(operation.reader, lambda subject: Call(helper, (subject,)), operation.negated)
    return comparison, _helpers(helper, compared)


def _helpers(name: str, compared: Compared) -> Iterator[Rule]:
    """Yield a function that is true when one of the values matches `TEXT`."""
    if compared.simple:
        yield Rule(name, (compared.operation.compare(compared.simple, TEXT),), parameters=(TEXT.path,))
    for pieces in compared.others:
        yield Rule(name, (compared.operation.compare_other(pieces, TEXT),), parameters=(TEXT.path,))


def _of_key(quantifier: Quantifier, key: String) -> Iterator[Body]:
    """Yield the alternative bodies of a condition that asks about the key alone."""
    match quantifier:
        case Quantifier.NULL:
            yield (Call("context.is_null", (key,)),)
        case Quantifier.NOT_NULL:
            yield (Not(Call("context.is_null", (key,))),)
        case Quantifier.NULL_DATASET:
            yield (Call("context.is_null_dataset", (key,)),)
        case Quantifier.NOT_NULL_DATASET:
            yield (Not(Call("context.is_null_dataset", (key,))),)
        case Quantifier.PRESENT:
            yield (Not(_absent(key)),)
        case Quantifier.SINGLE_IF_EXISTS:
            yield from ((_absent(key),), (_text(key),))
        case _:
            yield (_absent(key),)


def _of_texts(quantifier: Quantifier, key: String, comparison: _Comparison) -> Iterator[Body]:
    """Yield the alternative bodies of a condition that compares."""
    match quantifier:
        case Quantifier.ALL | Quantifier.ALL_NOT:
            yield (Every(TEXT.path, Call("context.dataset", (key,)), _compared(comparison)),)
        case Quantifier.ANY | Quantifier.ANY_NOT:
            yield (SomeIn(TEXT.path, Call("context.values", (key,))), *_compared(comparison))
        case Quantifier.IS:
            yield _compared_once(comparison, key)
        case _:
            yield from ((_absent(key),), _compared_once(comparison, key))


def _compared_once(comparison: _Comparison, key: String) -> Body:
    text = _text(key)
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


def _text(key: String) -> Call:
    return Call("context.text", (key,))
