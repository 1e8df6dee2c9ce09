"""Tests of one text, as the kernel reads them (`lib/compare.rego`): how it is compared, and with what."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from iam2rego.rego.modules.matching import TEXT, constant_test, is_simple
from iam2rego.rego.modules.quantifiers import Compared
from iam2rego.rego.modules.tree import Array, Call, Infix, Null, Number, Set, String, Term
from iam2rego.rego.reading.pieces import Pieces
from iam2rego.rego.tables.substitutions import substitution

Test: TypeAlias = tuple[str, Any]
"""How, and with what, in JSON."""


def pattern_test(patterns: Sequence[Pieces]) -> Test:
    """Return the test that a text passes when it matches one of ``patterns``; there is at least one."""
    if all(map(is_simple, patterns)):
        return _constant_test(constant_test(patterns, TEXT))
    return "substituted", [substitution(pieces, folded=False) for pieces in patterns]


def value_test(compared: Compared) -> Test:
    """Return the test that what is read of a text passes when it compares."""
    if not compared.others:
        return _constant_test(compared.operation.compare(compared.simple, TEXT))
    folded = compared.operation.reader == "lower"
    return "substituted", [substitution(pieces, folded=folded) for pieces in (*compared.simple, *compared.others)]


def _constant_test(term: Term) -> Test:
    """Return the test that the modules layout writes as ``term``."""
    match term:
        case Infix(operator="in", right=Set(items=items)):
            return _equal(items)
        case Infix(operator="==", right=right):
            return _equal((right,))
        case Infix(operator=operator, right=right):
            return operator, _constant(right)
        case Call(function="startswith", arguments=(_, String(value=prefix))):
            return "starts", prefix
        case Call(function="glob.match", arguments=(String(value=glob), delimiters, _)):
            return "like" if isinstance(delimiters, Null) else "arn_like", [glob]
        case Call(function="net.cidr_contains", arguments=(String(value=block), _)):
            return "within", [block]
        case Call(function=function, arguments=(_, Set(items=items))):
            return function.partition(".")[2], list(map(_constant, items))
    raise AssertionError(f"no text is compared by {term}")


def _equal(items: Sequence[Term]) -> Test:
    how = "numbers" if all(isinstance(item, Number) for item in items) else "in"
    return how, list(map(_constant, items))


def _constant(term: Term) -> str | list[int]:
    """Return a constant as JSON; a decimal stays text, since not every reader of JSON keeps all its digits."""
    match term:
        case String(value=text) | Number(text=text):
            return text
        case Array(items=items):
            return [int(item.text) for item in items if isinstance(item, Number)]
    raise AssertionError(f"no constant is {term}")
