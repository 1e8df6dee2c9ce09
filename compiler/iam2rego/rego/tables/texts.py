"""Turns tests of one text into JSON for `lib/packed/compare.rego`: the kind of comparison and its operand."""

from collections.abc import Sequence
from typing import Any, TypeAlias, assert_never

from iam2rego.rego.reading.constants import Instant, Number
from iam2rego.rego.reading.texts import AnyPattern, Constant, Like, LikeAny, OneOf, Ordering, StartsWith, TextTest, Within
from iam2rego.rego.tables.patterns import pattern_form, text_of

Comparison: TypeAlias = tuple[str, Any]
"""The kind of comparison and its operand."""


def comparison(test: TextTest) -> Comparison:
    """Return a test of one text."""
    match test:
        case OneOf(constants=constants):
            return _membership(constants)
        case Ordering(sign=sign, bound=bound):
            return sign, _constant(bound)
        case Within(blocks=blocks):
            return "within", blocks
        case StartsWith(words=words):
            return "starts", text_of(words)
        case Like(glob=glob, by_field=by_field):
            return "arn_like" if by_field else "like", [glob]
        case LikeAny(globs=globs, by_field=by_field):
            return "arn_like" if by_field else "like", globs
        case AnyPattern(each=each):
            return "substituted", list(map(pattern_form, each))
        case _:
            assert_never(test)


def _membership(constants: Sequence[Constant]) -> Comparison:
    how = "numbers" if any(isinstance(each, Number) for each in constants) else "in"
    return how, list(map(_constant, constants))


def _constant(constant: Constant) -> str | list[int]:
    """Return a constant; a decimal stays text, because some JSON parsers lose digits."""
    match constant:
        case str():
            return constant
        case Number(text=text):
            return text
        case Instant():
            return list(constant)
        case _:
            assert_never(constant)
