"""Mutation operators on one term."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from iam2rego.rego.language.tree import Call, Infix, Lookup, Name, Number, Set, String, Term

_SWAPPED: Final = {
    "contains": "startswith",
    "context.field_variable": "context.variable",
    "context.field_variable_or": "context.variable_or",
    "context.variable": "context.text",
    "endswith": "startswith",
    "principals.exempt": "principals.include",
    "principals.include": "principals.exempt",
    "startswith": "endswith",
    "strings.any_prefix_match": "strings.any_suffix_match",
}
_RESOLVING: Final = ("context.variable", "context.variable_or", "context.field_variable", "context.field_variable_or")
_ACTION: Final = Name("input.action")
_TEXTS: Final = Name("context.texts")


def swapped(term: Term) -> Iterator[Term]:
    """Yield another function of the same arguments, or the text itself in place of its parsed value."""
    match term:
        case Call(function=function, arguments=arguments) if function in _SWAPPED:
            yield Call(_SWAPPED[function], arguments)
        case Call(function="ordered.matches_resource", arguments=(text, fields, _)):
            yield Call("ordered.matches_fields", (text, fields))
        case Call(function=function, arguments=(text,)) if function.startswith("read."):
            yield text
        case Infix(operator=":=", right=Call(function="context.text", arguments=arguments)):
            yield replace(term, right=Call("context.variable", arguments))  # an empty text is no edge of other comparisons


def changed(term: Term) -> Iterator[Term]:
    """Yield another constant: a text one character shorter, a number one greater."""
    match term:
        case String(value=value):
            yield String(value[:-1] if value else "x")
        case Number(text=text):
            yield Number(str(Decimal(text) + 1))


def poorer(term: Term) -> Iterator[Term]:
    """Yield the set of alternatives without one of them."""
    if isinstance(term, Set) and len(term.items) > 1:
        yield from (Set((*term.items[:place], *term.items[place + 1 :])) for place in range(len(term.items)))


def unfolded(term: Term) -> Iterator[Term]:
    """Yield case-sensitive comparisons: a text that is not lowered, a constant or a key in capitals."""
    match term:
        case Call(function="lower", arguments=(text,)):
            yield text
        case Call(function=function, arguments=(String() as key, *others)) if function.startswith("context."):
            yield from (Call(function, (capitals, *others)) for capitals in _capitals(key))
        case Lookup(collection=collection, key=key):
            yield from (Lookup(collection, capitals) for capitals in _capitals(key))
        case Infix(left=left, right=String() as text) if left == _ACTION:
            yield from (replace(term, right=capitals) for capitals in _capitals(text))
        case Infix(left=left, right=Set(items=items)) if left == _ACTION:
            yield replace(term, right=Set(tuple(capitals for item in items if isinstance(item, String) for capitals in _capitals(item))))


def _capitals(text: String) -> Iterator[String]:
    if text.value.upper() != text.value:
        yield String(text.value.upper())


def resolved(term: Term) -> Iterator[Term]:
    """Yield terms that treat a missing key as an empty text instead of an unresolvable variable or its default."""
    match term:
        case Call(function=function, arguments=(key, *_)) if function in _RESOLVING:
            yield Call("object.get", (_TEXTS, key, String("")))
