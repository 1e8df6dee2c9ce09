"""Turns tests of one text into Rego terms."""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from iam2rego.rego.language.tree import Array, Call, Infix, Name, Null, Number, Rule, Set, String, Term
from iam2rego.rego.reading import constants
from iam2rego.rego.reading.pieces import Fixed, Hole
from iam2rego.rego.reading.texts import (
    AnyPattern,
    Chunk,
    Chunks,
    Constant,
    ConstantTest,
    Contains,
    EndsWith,
    Equal,
    EqualFolded,
    Fields,
    Like,
    LikeAny,
    OneOf,
    Ordered,
    Ordering,
    PatternTest,
    Resource,
    StartsWith,
    Within,
    Words,
)

TEXT: Final = Name("text")
"""The parameter of every helper function."""

_COLON: Final = Array((String(":"),))


def constant_term(test: ConstantTest, subject: Term) -> Term:
    """Return the term that is true when ``subject`` passes a test without variables."""
    match test:
        case OneOf(constants=(only,)):
            return Infix(subject, "==", _constant(only))
        case OneOf(constants=several):
            return Infix(subject, "in", Set(tuple(map(_constant, several))))
        case Ordering(sign=sign, bound=bound):
            return Infix(subject, sign, _constant(bound))
        case Within(blocks=(only,)):
            return Call("net.cidr_contains", (String(only), subject))
        case Within(blocks=several):
            return Call("read.within", (subject, strings(several)))
        case StartsWith(words=words):
            return Call("startswith", (subject, _text(words)))
        case Like():
            return _like(test, subject)
        case LikeAny(globs=globs, by_field=by_field):
            return _like_any(globs, by_field, subject)
        case _:
            assert_never(test)


def pattern_term(test: PatternTest, subject: Term) -> Term:
    """Return the term that is true when ``subject`` matches a pattern.

    It is undefined if a variable has no value (V7), so never negate it.
    """
    match test:
        case Equal(words=words):
            return Infix(subject, "==", _text(words))
        case EqualFolded(words=words):
            return Infix(subject, "==", Call("lower", (_text(words),)))
        case StartsWith(words=words):
            return Call("startswith", (subject, _text(words)))
        case EndsWith(words=words):
            return Call("endswith", (subject, _text(words)))
        case Contains(words=words):
            return Call("contains", (subject, _text(words)))
        case Ordered(chunks=chunks):
            return Call("ordered.matches", (subject, _chunks(chunks)))
        case Fields(fields=fields):
            return Call("ordered.matches_fields", (subject, _fields(fields)))
        case Resource(fields=fields, crossing=crossing):
            indices = Set(tuple(Number(str(index)) for index in crossing))
            return Call("ordered.matches_resource", (subject, _fields(fields), indices))
        case _:
            assert_never(test)


def any_pattern_rules(name: str, test: AnyPattern) -> Iterator[Rule]:
    """Yield the rules of a function that is true when one of the patterns matches `TEXT`."""
    terms = [*([constant_term(test.globs, TEXT)] if test.globs else []), *(pattern_term(each, TEXT) for each in test.others)]
    yield from (Rule(name, (term,), parameters=(TEXT.path,)) for term in terms)


def strings(texts: Iterable[str]) -> Set:
    """Return a set of texts in order, without duplicates."""
    return Set(tuple(map(String, dict.fromkeys(texts))))


def _like(test: Like, subject: Term) -> Term:
    if test.by_field and subject == TEXT:
        return _like_any((test.glob,), True, subject)  # OPA's index of a parameter splits at colons, and misreads backslashes
    return Call("glob.match", (String(test.glob), _COLON if test.by_field else Null(), subject))


def _like_any(globs: Iterable[str], by_field: bool, subject: Term) -> Term:
    return Call("pattern.arn_like" if by_field else "pattern.like", (subject, strings(globs)))


def _constant(constant: Constant) -> Term:
    match constant:
        case str():
            return String(constant)
        case constants.Number(text=text):
            return Number(text)
        case constants.Instant(seconds=seconds, nanoseconds=nanoseconds):
            return Array((Number(str(seconds)), Number(str(nanoseconds))))
        case _:
            assert_never(constant)


def _fields(fields: Iterable[Chunks]) -> Term:
    return Array(tuple(map(_chunks, fields)))


def _chunks(chunks: Chunks) -> Term:
    return Array(tuple(map(_chunk, chunks)))


def _chunk(chunk: Chunk) -> Term:
    texts = tuple(map(_text, chunk))
    return texts[0] if len(texts) == 1 else Array(texts)


def _text(words: Words) -> Term:
    terms = tuple(String(word.text) if isinstance(word, Fixed) else _variable(word) for word in words)
    match terms:
        case ():
            return String("")
        case (only,):
            return only
    return Call("concat", (String(""), Array(terms)))


def _variable(hole: Hole) -> Term:
    """Return the call that resolves a variable; undefined if it is unresolvable (V7) or does not fit into its field (V9)."""
    function = "context.field_variable" if hole.bounded else "context.variable"
    return Call(function, (String(hole.key),)) if hole.default is None else Call(f"{function}_or", (String(hole.key), String(hole.default)))
