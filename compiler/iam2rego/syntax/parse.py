"""Parses JSON text to a tree in which every value has its place."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, cast

from lark import Lark, Token
from lark.exceptions import UnexpectedInput
from lark.lark import PostLex
from lark.visitors import Transformer

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.syntax import grammars
from iam2rego.syntax.complaint import complain
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString, Member

DEEPEST: Final = 64
"""The maximum nesting of objects and arrays. IAM policies need five levels."""


def parse_json(source: Source) -> JsonNode:
    """Parse a text that is a single JSON value (RFC 8259); duplicate members are kept.

    Raises:
        PolicyError: the text is not JSON, or nests deeper than `DEEPEST`; with one diagnostic at the place.
    """
    try:
        parse = _parser().parse_interactive(source.text)
        assert parse.lexer_thread.state is not None
        parse.lexer_thread.state.line_ctr.line = source.first_line
        return cast("JsonNode", parse.resume_parse())  # type: ignore[no-untyped-call]  # lark leaves it untyped
    except _DepthError as error:
        message = f"objects and arrays are nested more than {DEEPEST} levels deep"
        raise PolicyError([Diagnostic(Code.TOO_DEEP, message, source, _span(error.bracket))]) from None
    except UnexpectedInput as error:
        raise PolicyError([complain(source, error)]) from None


@cache
def _parser() -> Lark:
    return grammars.load("json.lark", start=["value"], lexer="basic", transformer=_Builder(), postlex=_DepthLimit())


class _DepthError(Exception):
    """A bracket opens one level too many."""

    def __init__(self, bracket: Token) -> None:
        super().__init__()
        self.bracket = bracket


class _DepthLimit(PostLex):
    """Counts open brackets between lexer and parser, to reject a hostile text early."""

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        depth = 0
        for token in stream:
            kind = token.type
            if kind in ("LBRACE", "LSQB"):
                depth += 1
                if depth > DEEPEST:
                    raise _DepthError(token)
            elif kind in ("RBRACE", "RSQB"):
                depth -= 1
            yield token


class _Builder(Transformer[Token, JsonNode]):
    """Builds the nodes; each method handles the rule or alias of ``json.lark`` with its name."""

    def string(self, children: list[Token]) -> JsonString:
        return JsonString(_decoded(children[0]), _span(children[0]))

    def number(self, children: list[Token]) -> JsonNumber:
        return JsonNumber(children[0].value, _span(children[0]))

    def true(self, children: list[Token]) -> JsonBoolean:
        return JsonBoolean(True, _span(children[0]))

    def false(self, children: list[Token]) -> JsonBoolean:
        return JsonBoolean(False, _span(children[0]))

    def null(self, children: list[Token]) -> JsonNull:
        return JsonNull(_span(children[0]))

    def member(self, children: tuple[Token, JsonNode]) -> Member:
        name, value = children
        return Member(_decoded(name), _span(name), value)

    def object(self, children: list[Token | Member]) -> JsonObject:
        return JsonObject(tuple(child for child in children if isinstance(child, Member)), _enclosing(children))

    def array(self, children: list[Token | JsonNode]) -> JsonArray:
        return JsonArray(tuple(child for child in children if not isinstance(child, Token)), _enclosing(children))


def _decoded(token: Token) -> str:
    """Return the value of a string literal. The lexer has checked its form, so Python's reader only resolves the escapes."""
    if "\\" not in token:
        return token[1:-1]
    value: str = json.loads(token)
    return value


def _enclosing(children: Sequence[object]) -> Span:
    opening, closing = children[0], children[-1]
    assert isinstance(opening, Token)
    assert isinstance(closing, Token)
    return _span(opening).to(_span(closing))


def _span(token: Token) -> Span:
    line, column = token.line, token.column
    assert line is not None
    assert column is not None
    return Span(line, column, line, column + len(token))  # only white space contains line breaks in JSON
