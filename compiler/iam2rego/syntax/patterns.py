"""Parses strings of a policy to parts; each text is parsed once, and only those with variables or placeholders need a grammar."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias, cast

from lark import Lark, Token
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.visitors import Transformer, merge_transformers

from iam2rego.syntax import grammars
from iam2rego.syntax.parts import Chars, Part, Placeholder, Reference, Wildcard
from iam2rego.syntax.report import quote

Parts: TypeAlias = tuple[Part, ...]
_Literal: TypeAlias = tuple[Chars | Placeholder, ...]

_MARKS: Final = frozenset("$<")
"""What variables and placeholders begin with."""

_WILDCARD: Final = re.compile(r"([*?])")
_WILDCARDS: Final[Mapping[str, Wildcard]] = MappingProxyType({"*": Wildcard("*"), "?": Wildcard("?")})
_CACHED: Final = 8192


class PatternError(ValueError):
    """A ``${`` does not open a variable (V3); ``start`` and ``end`` are offsets in the string, and ``aws`` is AWS's issue code."""

    def __init__(self, text: str, start: int) -> None:
        end = text.find("}", start)
        self.start, self.end = start, len(text) if end < 0 else end + 1
        message, self.aws = _complaint(text[start : self.end])
        super().__init__(message)


def _complaint(spelled: str) -> tuple[str, str | None]:
    """Return a message and the issue code, which AWS lacks for some names."""
    if not spelled.endswith("}"):
        return f"the variable {quote(spelled)} is not closed", "MISSING_BRACE_IN_VARIABLE"
    body = spelled[2:-1]
    if not body:
        return "`${}` has no variable name", "EMPTY_VARIABLE"
    if "," in body:
        return f"the default in {quote(spelled)} is not written `, '...'`", "MISSING_QUOTE_IN_VARIABLE"
    message = f"the name of the variable {quote(spelled)} contains white space, `$` or `{{`"
    return message, "UNSUPPORTED_SPACE_IN_VARIABLE" if any(each.isspace() for each in body) else None


def parse_pattern(text: str, *, variables: bool) -> Parts:
    """Return the parts of a resource entry or condition value; without ``variables``, ``${`` is text (V1, V2).

    Raises:
        PatternError: a variable is malformed.
    """
    return _without_marks(text) if _MARKS.isdisjoint(text) else _parse_marked(text, "pattern" if variables else "inert_pattern")


def parse_action(text: str) -> Parts:
    """Return the parts of an action entry: text and wildcards, since variables (A11) and placeholders (T1) are none there."""
    return _without_marks(text)


def parse_arn(text: str, *, variables: bool) -> tuple[Parts, ...]:
    """Return the one to six fields of ``text``, split at its first five colons outside variables (R3); raise as `parse_pattern` does."""
    if _MARKS.isdisjoint(text):
        return tuple(map(_without_marks, text.split(":", 5)))
    return _parse_marked_arn(text, "arn" if variables else "inert_arn")


def _without_marks(text: str) -> Parts:
    return tuple(_WILDCARDS.get(each) or Chars(each, each) for each in _WILDCARD.split(text) if each)


@lru_cache(_CACHED)
def _parse_marked(text: str, start: str) -> Parts:
    return cast("Parts", _run(_pattern_parser(), text, start))


@lru_cache(_CACHED)
def _parse_marked_arn(text: str, start: str) -> tuple[Parts, ...]:
    return cast("tuple[Parts, ...]", _run(_arn_parser(), text, start))


def _run(parser: Lark, text: str, start: str) -> object:
    """Parse; only a variable can be malformed, because everything else is text."""
    try:
        return parser.parse(text, start=start)
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        raise PatternError(text, text.rfind("${", 0, None if ended else error.pos_in_stream)) from None


@cache
def _pattern_parser() -> Lark:
    starts = ["pattern", "inert_pattern"]
    return grammars.load("pattern.lark", start=starts, lexer="contextual", transformer=_PatternBuilder())


@cache
def _arn_parser() -> Lark:
    builder = merge_transformers(_ArnBuilder(), pattern=_PatternBuilder())  # type: ignore[no-untyped-call]  # lark leaves it untyped
    return grammars.load("arn.lark", start=["arn", "inert_arn"], lexer="contextual", transformer=builder)


class _PatternBuilder(Transformer[Token, Parts]):
    """Builds the parts; each method handles the rules or aliases of ``pattern.lark`` with its name."""

    def text(self, children: list[Token]) -> Chars:
        return Chars(children[0].value, children[0].value)

    def wildcard(self, children: list[Token]) -> Wildcard:
        return Wildcard(children[0].value)

    def placeholder(self, children: list[Token]) -> Placeholder:
        (token,) = children
        return Placeholder(token[1:-1], _start(token), _start(token) + len(token))

    def escape(self, children: list[Token]) -> Chars:
        return Chars(children[0][2], children[0].value)

    def variable(self, children: list[Token | _Literal]) -> Reference:
        opening, closing = children[0], children[-1]
        assert isinstance(opening, Token)
        assert isinstance(closing, Token)
        key, *default = (child for child in children if not isinstance(child, Token))
        return Reference(key, default[0] if default else None, _start(opening), _start(closing) + len(closing))

    def pattern(self, children: list[Part]) -> Parts:
        return tuple(children)

    inert_pattern = pattern

    def name(self, children: list[Chars | Placeholder]) -> _Literal:
        return tuple(children)

    default = name


class _ArnBuilder(Transformer[Token, tuple[Parts, ...]]):
    """The same for ``arn.lark``."""

    def field(self, children: list[Part]) -> Parts:
        return tuple(children)

    def arn(self, children: list[Parts]) -> tuple[Parts, ...]:
        return tuple(children)

    inert_arn = arn


def _start(token: Token) -> int:
    assert token.start_pos is not None
    return token.start_pos
