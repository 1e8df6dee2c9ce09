"""Parses TOML text to the same tree as JSON, in which every value has its place.

`tomllib` checks the text and reads the values; the grammar finds the places, which `tomllib` does not give.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias, cast

from lark import Lark, Token
from lark.visitors import Transformer

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.syntax import grammars
from iam2rego.syntax.places import at
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNumber, JsonObject, JsonString, Member

_PLACE: Final = re.compile(r"at line (\d+), column (\d+)")


def parse_toml(source: Source, code: Code) -> JsonObject:
    """Return the tree of a TOML text: tables become objects, arrays of tables arrays, and dates strings as spelled.

    Raises:
        PolicyError: the text is not TOML; the diagnostic has the ``code``.
    """
    try:
        tomllib.loads(source.text)
        return _tree(source.text)
    except tomllib.TOMLDecodeError as failure:
        message = f"this is not TOML: {str(failure).lower()}"
        raise PolicyError([Diagnostic(code, message, source, _place(str(failure), source.text))]) from None
    except (ValueError, RecursionError):
        raise PolicyError([Diagnostic(code, "a number is too long, or values are nested too deeply", source)]) from None


def _tree(text: str) -> JsonObject:
    document = _Document(_Table(at(text, 0)))
    for expression in _parser().parse(text).children:
        document.add(cast("_Header | _Pair", expression))  # the builder makes only these
    return document.root.frozen()


def _place(message: str, text: str) -> Span | None:
    """Find the place in a message of `tomllib`, which gives it only in words."""
    if message.endswith("(at end of document)"):
        return at(text, len(text))
    found = _PLACE.search(message)
    return Span(line := int(found[1]), column := int(found[2]), line, column + 1) if found else None


@dataclass(frozen=True, slots=True)
class _Key:
    """A part of a dotted key, and its place."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Pair:
    key: Sequence[_Key]
    value: "_Value"


@dataclass(frozen=True, slots=True)
class _Header:
    """The line that opens a table, or another table of an array of tables."""

    key: Sequence[_Key]
    repeated: bool
    span: Span


@dataclass(slots=True)
class _Table:
    """A table whose members are still being read."""

    span: Span
    members: dict[str, "tuple[Span, _Value]"] = field(default_factory=dict)

    def frozen(self) -> JsonObject:
        members = (Member(name, span, _frozen(value)) for name, (span, value) in self.members.items())
        return JsonObject(tuple(members), self.span)

    def below(self, key: Sequence[_Key]) -> "_Table":
        """Return the table that a dotted key leads to; for an array of tables, the last one."""
        table = self
        for part in key:
            _, value = table.members.setdefault(part.name, (part.span, _Table(part.span)))
            found = value[-1] if isinstance(value, list) else value
            assert isinstance(found, _Table), "tomllib has checked that tables are not opened in values"
            table = found
        return table

    def put(self, pair: _Pair) -> None:
        """Add a member; its name is new."""
        last = pair.key[-1]
        self.below(pair.key[:-1]).members[last.name] = last.span, pair.value


_Value: TypeAlias = JsonNode | _Table | list[_Table]


def _frozen(value: _Value) -> JsonNode:
    match value:
        case _Table():
            return value.frozen()
        case list():
            tables = tuple(each.frozen() for each in value)
            return JsonArray(tables, tables[0].span)
        case _:
            return value


@dataclass(slots=True)
class _Document:
    """The root, and the table of the last header, which gets the pairs that follow."""

    root: _Table
    open: _Table = field(init=False)

    def __post_init__(self) -> None:
        self.open = self.root

    def add(self, expression: _Header | _Pair) -> None:
        match expression:
            case _Pair():
                self.open.put(expression)
            case _Header(repeated=False):
                self.open = self.root.below(expression.key)
                self.open.span = expression.span
            case _Header():
                *above, last = expression.key
                self.open = _Table(expression.span)
                _, tables = self.root.below(above).members.setdefault(last.name, (last.span, []))
                assert isinstance(tables, list)
                tables.append(self.open)


@cache
def _parser() -> Lark:
    return grammars.load("toml.lark", start=["start"], lexer="contextual", transformer=_Builder())


class _Builder(Transformer[Token, Any]):
    """Builds headers and pairs; each method handles the rule of ``toml.lark`` with its name."""

    def key(self, children: list[Token]) -> list[_Key]:
        return [_Key(str(_read(each)) if each.type != "BARE" else each.value, _span(each)) for each in children]

    def pair(self, children: tuple[list[_Key], _Value]) -> _Pair:
        return _Pair(*children)

    def table(self, children: tuple[Token, list[_Key]]) -> _Header:
        return self._header(children, repeated=False)

    def tables(self, children: tuple[Token, list[_Key]]) -> _Header:
        return self._header(children, repeated=True)

    def _header(self, children: tuple[Token, list[_Key]], *, repeated: bool) -> _Header:
        opening, key = children
        return _Header(key, repeated, _span(opening).to(key[-1].span))

    def scalar(self, children: list[Token]) -> JsonNode:
        token = children[0]
        match _read(token):
            case bool(value):
                return JsonBoolean(value, _span(token))
            case int() | float():
                return JsonNumber(token.value, _span(token))
            case str(value):
                return JsonString(value, _span(token))
            case _:
                return JsonString(token.value, _span(token))

    def array(self, children: list[Any]) -> JsonArray:
        opening, *items, closing = children
        return JsonArray(tuple(map(_frozen, items)), _span(opening).to(_span(closing)))

    def inline(self, children: list[Any]) -> _Table:
        opening, *pairs, closing = children
        table = _Table(_span(opening).to(_span(closing)))
        for pair in pairs:
            table.put(pair)
        return table


def _read(token: Token) -> object:
    """Return a value as `tomllib` reads it."""
    return tomllib.loads(f"value = {token}")["value"]


def _span(token: Token) -> Span:
    places = token.line, token.column, token.end_line, token.end_column
    line, column, end_line, end_column = (place or 0 for place in places)
    return Span(line, column, end_line, end_column)
