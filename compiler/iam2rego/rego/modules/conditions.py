"""Turns the tests of conditions into lines of a rule.

A condition of one line goes into its statement's rule, any other into a helper rule. `not` is applied only to terms whose references
are all defined: an undefined one would make the whole body undefined, and so drop a Deny.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, assert_never

from iam2rego.ir.condition import Condition
from iam2rego.rego.language.tree import Call, Comment, Every, Infix, Literal, Lookup, Name, Not, Rule, SomeIn, String, Term
from iam2rego.rego.modules.fragment import Body, Fragment, binds
from iam2rego.rego.modules.texts import TEXT, any_pattern_rules, constant_term, pattern_term
from iam2rego.rego.reading.conditions import ConditionTest, KeyTest, Presence, Quantifier, ValueTest
from iam2rego.rego.reading.operators import Reader
from iam2rego.rego.reading.texts import AnyPattern, Like, LikeAny, OneOf, Ordering, StartsWith, Within

_VALUE: Final = Name("value")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """How one text is compared: the function that reads it, the term that compares its value, and the rules of its helper."""

    reader: str | None
    compare: Callable[[Term], Term]
    helpers: tuple[Rule, ...] = ()


def condition_fragment(test: ConditionTest, condition: Condition, name: str) -> Fragment:
    """Return the fragment for ``condition``; ``name`` is free for helper rules, whose comment names the condition."""
    match test:
        case True:
            return Fragment(())
        case False:
            return Fragment(None)
        case KeyTest():
            return _joined(list(_of_key(test)), (), condition, name)
        case ValueTest():
            comparison = _comparison(test, f"{name}_matches")
            return _joined(list(_of_texts(test, comparison)), comparison.helpers, condition, name)
        case _:
            assert_never(test)


def _joined(bodies: list[Body], helpers: tuple[Rule, ...], condition: Condition, name: str) -> Fragment:
    """Return a fragment that holds if one of ``bodies`` does."""
    first, *others = bodies
    if not others and not any(map(binds, first)):
        return Fragment(first, helpers)
    comment = Comment(condition.written_operator, condition.key)
    rules = (Rule(name, first, comments=(comment,)), *(Rule(name, body) for body in others))
    return Fragment((Name(name),), (*rules, *helpers))


def _of_key(test: KeyTest) -> Iterator[Body]:
    """Yield alternative bodies."""
    key = String(test.key)
    match test.presence:
        case Presence.NULL:
            yield (Call("context.is_null", (key,)),)
        case Presence.NOT_NULL:
            yield (Not(Call("context.is_null", (key,))),)
        case Presence.NULL_DATASET:
            yield (Call("context.is_null_dataset", (key,)),)
        case Presence.NOT_NULL_DATASET:
            yield (Not(Call("context.is_null_dataset", (key,))),)
        case Presence.ABSENT:
            yield (_absent(key),)
        case Presence.PRESENT:
            yield (Not(_absent(key)),)
        case Presence.SINGLE_IF_EXISTS:
            yield (_absent(key),)
            yield (_text(key),)
        case _:
            assert_never(test.presence)


def _comparison(test: ValueTest, helper: str) -> _Comparison:
    """Return how one text is compared; several alternative tests become a function named ``helper``."""
    reader = _function(test.reader) if test.needs_reader else None
    match test.test:
        case AnyPattern(each=(only,)) if test.reader is Reader.TEXT and not test.quantifier.is_negated:
            return _Comparison(reader, lambda subject: pattern_term(only, subject))
        case AnyPattern() as several:
            return _Comparison(reader, lambda subject: Call(helper, (subject,)), tuple(any_pattern_rules(helper, several)))
        case OneOf() | Ordering() | Within() | StartsWith() | Like() | LikeAny() as constant:
            return _Comparison(reader, lambda subject: constant_term(constant, subject))
        case _:
            assert_never(test.test)


def _function(reader: Reader) -> str:
    return "lower" if reader is Reader.FOLDED else f"read.{reader}"


def _of_texts(test: ValueTest, comparison: _Comparison) -> Iterator[Body]:
    """Yield alternative bodies."""
    key, negated = String(test.key), test.quantifier.is_negated
    match test.quantifier:
        case Quantifier.ALL | Quantifier.ALL_NOT:
            yield (Every(TEXT.path, Call("context.dataset", (key,)), _compared(comparison, negated=negated)),)
        case Quantifier.ANY | Quantifier.ANY_NOT:
            yield (SomeIn(TEXT.path, Call("context.values", (key,))), *_compared(comparison, negated=negated))
        case Quantifier.IS:
            yield _compared_once(comparison, key)
        case Quantifier.IS_IF_EXISTS:
            yield (_absent(key),)
            yield _compared_once(comparison, key)
        case Quantifier.IS_NOT:
            yield (_absent(key),)
            yield (Infix(TEXT, ":=", _text(key)), *_compared(comparison, negated=negated))
        case _:
            assert_never(test.quantifier)


def _compared_once(comparison: _Comparison, key: String) -> Body:
    """Return the line that compares the only text of a key."""
    text = _text(key)
    if comparison.reader:
        return (comparison.compare(Call(comparison.reader, (text,))),)
    term = comparison.compare(text)
    if isinstance(term, Infix) and _is_plain(key.value):  # a list never equals a text, so an equality need not exclude lists
        return (replace(term, left=Lookup(Name("context.texts"), key)),)
    return (term,)


def _is_plain(key: str) -> bool:
    """Return whether `opa fmt` keeps the key of a reference: it puts a name after a dot, and respells many others as Go does."""
    return key.isascii() and key.isprintable() and not key.isidentifier()


def _compared(comparison: _Comparison, *, negated: bool) -> Body:
    """Return the lines that compare `TEXT`; a negated comparison binds its value first, so that nothing after `not` is undefined."""
    read = Call(comparison.reader, (TEXT,)) if comparison.reader else TEXT
    if not negated:
        return (comparison.compare(read),)
    if comparison.reader is None:
        return (_negate(comparison.compare(TEXT)),)
    return (Infix(_VALUE, ":=", read), _negate(comparison.compare(_VALUE)))


def _negate(term: Term) -> Literal:
    return replace(term, operator="!=") if isinstance(term, Infix) and term.operator == "==" else Not(term)


def _absent(key: String) -> Call:
    return Call("context.absent", (key,))


def _text(key: String) -> Call:
    return Call("context.text", (key,))
