"""Mutants of comparisons that match slightly more or less than they should."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.rego.language.tree import Array, Call, Infix, Name, Null, Number, Set, String, Term

_ORDERINGS: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_LOOSER: Final = {"startswith": "contains", "endswith": "contains", "pattern.arn_like": "pattern.like", "pattern.like": "pattern.arn_like"}
_WILDCARD: Final = re.compile(r"(\\.|\{\?,:\})|(\*\*|\*|\?)", re.DOTALL)
_RANGE: Final = re.compile(r"([0-9A-Fa-f.:]+)/([0-9]+)")
_WIDEST: Final = {".": 32, ":": 128}
_COLON: Final = Array((String(":"),))
_ACTION: Final = Name("input.action")


def weakened(term: Term) -> Iterator[Term]:
    """Yield slightly different comparisons: the bound included or not, a prefix for a whole text, a star that crosses fields."""
    match term:
        case Infix(left=left, operator=operator, right=right) if operator in _ORDERINGS:
            yield Infix(left, _ORDERINGS[operator], right)
        case Infix(left=left, operator="==", right=Number() | Array() as right):
            yield Infix(left, ">=", right)
        case Infix(left=left, operator="==", right=right) if not _is_whole(left):
            yield Call("startswith", (left, right))
        case Call(function="glob.match", arguments=(String() as glob, delimiters, subject)):
            yield from _globbed(glob, delimiters, subject)
        case Call(function="pattern.like" | "pattern.arn_like" as function, arguments=(subject, Set(items=globs))):
            if not _is_one_field(subject, *globs):
                yield Call(_LOOSER[function], (subject, Set(globs)))
        case Call(function=function, arguments=arguments) if function in _LOOSER:
            yield Call(_LOOSER[function], arguments)
        case Call(function="net.cidr_contains", arguments=(String(value=text), subject)):
            yield from (Call("net.cidr_contains", (String(other), subject)) for other in other_ranges(text))


def _is_whole(read: Term) -> bool:
    """Return whether no text read this way is a prefix of another, as for booleans and terminated base64."""
    return isinstance(read, Call) and read.function in ("read.boolean", "read.binary")


def _globbed(glob: String, delimiters: Term, subject: Term) -> Iterator[Term]:
    if not _is_one_field(subject, glob):
        yield Call("glob.match", (glob, _COLON if isinstance(delimiters, Null) else Null(), subject))
    for text in other_wildcards(glob.value, fields=not isinstance(delimiters, Null)):
        yield Call("glob.match", (String(text), delimiters, subject))


def _is_one_field(subject: Term, *globs: Term) -> bool:
    """Return whether no wildcard can match a colon: an action has only one, which the globs contain."""
    return subject == _ACTION and all(isinstance(glob, String) and ":" in glob.value for glob in globs)


def other_wildcards(glob: str, *, fields: bool) -> Iterator[str]:
    """Yield ``glob`` with one wildcard that matches more or less."""
    for found in _WILDCARD.finditer(glob):
        for wildcard in _others(found[2], fields=fields) if found[2] else ():
            yield glob[: found.start()] + wildcard + glob[found.end() :]


def _others(wildcard: str, *, fields: bool) -> tuple[str, ...]:
    match wildcard:
        case "**":
            return ("*",)
        case "*":
            return ("?*", "**") if fields else ("?*",)
        case _:
            return ("*",)


def other_ranges(text: str) -> Iterator[str]:
    """Yield the ranges with twice and half as many addresses."""
    if match := _RANGE.fullmatch(text):
        prefix, widest = int(match[2]), _WIDEST[":" if ":" in text else "."]
        yield from (f"{match[1]}/{other}" for other in (prefix - 1, prefix + 1) if 0 <= other <= widest)
