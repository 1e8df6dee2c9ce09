"""Reads routes: a method and a path, and the request for them."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.gateway import NamedSegment, PathSegment, Route
from iam2rego.ir.pattern import Text
from iam2rego.source import Source
from iam2rego.sources.gateway.requests import read_account, read_action, read_context, read_resource
from iam2rego.sources.gateway.table import Table
from iam2rego.sources.gateway.templates import HTTP, Templates
from iam2rego.syntax.tree import JsonNode

_METHOD: Final = re.compile(r"[A-Z]+")
_NAME: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LITERAL: Final = re.compile(r"[^\x00-\x20\x7f-\xa0{}%?#;\\]+")


def read_route(node: JsonNode, source: Source, common: Mapping[str, str]) -> Route:
    """Read one of ``[[routes]]``; ``common`` has the context keys of all requests, in lower case.

    Raises:
        PolicyError: it is malformed.
    """
    table = Table.of(node, source, "a route", required=("method", "path", "action", "resource"), optional=("resource_account", "context"))
    path = tuple(_path(table))
    templates = Templates(source, HTTP, [segment.name for segment in path if isinstance(segment, NamedSegment)])
    return Route(
        method=_method(table),
        path=path,
        action=read_action(table),
        resource=read_resource(table, templates),
        resource_account=read_account(table, templates),
        context=read_context(table, templates, common),
        span=table.members["path"].value.span,
    )


def _method(table: Table) -> str:
    text = table.text("method")
    if not _METHOD.fullmatch(text):
        raise table.wrong("method", "must be a word in capitals, such as `GET`")
    return text


def _path(table: Table) -> Iterator[PathSegment]:
    text = table.text("path")
    if not text.startswith("/"):
        raise table.wrong("path", "must start with `/`")
    names: set[str] = set()
    for written in text[1:].split("/") if text != "/" else ():
        yield _named(table, names, name[1]) if (name := _NAME.fullmatch(written)) else _literal(table, written)


def _named(table: Table, names: set[str], name: str) -> NamedSegment:
    if name in names or name in HTTP.words:
        raise table.wrong("path", f"cannot call a segment `{name}`" + (" twice" if name in names else ""), code=Code.BAD_TEMPLATE)
    names.add(name)
    return NamedSegment(name=name)


def _literal(table: Table, written: str) -> Text:
    if written in ("", ".", "..") or not _LITERAL.fullmatch(written):
        hint = "a segment is `{name}` or decoded text; requests never have empty segments, `.`, `..`, or any of `%?#;\\`"
        raise table.wrong("path", f"cannot have the segment `{written}`", hint, Code.BAD_TEMPLATE)
    return Text(text=written)
