"""Routes: a method and a path, and the request that they become."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.gateway import ContextEntry, NamedSegment, PathSegment, Route, SegmentValue, Template
from iam2rego.ir.pattern import Text
from iam2rego.source import Source
from iam2rego.sources.gateway.table import Table, refused
from iam2rego.sources.gateway.templates import WORDS, Templates
from iam2rego.syntax.tree import JsonNode

_METHOD: Final = re.compile(r"[A-Z]+")
_ACTION: Final = re.compile(r"[A-Za-z0-9.-]+:[A-Za-z0-9._-]+")
_NAME: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_LITERAL: Final = re.compile(r"[^\x00-\x20\x7f-\xa0{}%?#;\\]+")
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_COLONS: Final = 5


def read_route(node: JsonNode, source: Source, common: Mapping[str, str]) -> Route:
    """Read one of ``[[routes]]``; ``common`` has the context keys of all requests, in lower case.

    Raises:
        PolicyError: it is none.
    """
    table = Table.of(node, source, "a route", required=("method", "path", "action", "resource"), optional=("resource_account", "context"))
    path = tuple(_path(table))
    templates = Templates(source, [segment.name for segment in path if isinstance(segment, NamedSegment)])
    return Route(
        method=_formed(table, "method", _METHOD, "is a word in capitals, such as `GET`"),
        path=path,
        action=_formed(table, "action", _ACTION, "is one action, such as `ecs:ListClusters`, without wildcards"),
        resource=_resource(table, templates),
        resource_account=_account(table, templates),
        context=read_context(table, templates, common),
        span=table.members["path"].value.span,
    )


def read_context(table: Table, templates: Templates, common: Mapping[str, str]) -> tuple[ContextEntry, ...]:
    """Read the table ``context`` of a table, in which no key of ``common`` may stand again."""
    seen = dict(common)
    entries = []
    for member in table.entries("context"):
        key = member.name
        if not key or key.lower() in seen:
            message = f"the context key `{key}` stands twice" if key else "a context key is empty"
            raise refused(table.source, member.name_span, message, "keys are compared without regard to case")
        seen[key.lower()] = key
        entries.append(ContextEntry(key=key, value=templates.read(member.value, f"`{key}`")))
    return tuple(entries)


def _formed(table: Table, name: str, form: re.Pattern[str], words: str) -> str:
    text = table.text(name)
    if not form.fullmatch(text):
        raise table.wrong(name, words)
    return text


def _path(table: Table) -> Iterator[PathSegment]:
    text = table.text("path")
    if not text.startswith("/"):
        raise table.wrong("path", "starts with `/`")
    names: set[str] = set()
    for written in text[1:].split("/") if text != "/" else ():
        yield _named(table, names, name[1]) if (name := _NAME.fullmatch(written)) else _literal(table, written)


def _named(table: Table, names: set[str], name: str) -> NamedSegment:
    if name in names or name in WORDS:
        raise table.wrong("path", f"cannot call a segment `{name}`" + (" twice" if name in names else ""), code=Code.BAD_TEMPLATE)
    names.add(name)
    return NamedSegment(name=name)


def _literal(table: Table, written: str) -> Text:
    if written in ("", ".", "..") or not _LITERAL.fullmatch(written):
        hint = "a segment is `{name}`, or text as it is decoded; no request has an empty one, `.`, `..`, or any of `%?#;\\`"
        raise table.wrong("path", f"cannot have the segment `{written}`", hint, Code.BAD_TEMPLATE)
    return Text(text=written)


def _resource(table: Table, templates: Templates) -> Template:
    template = templates.read(table.members["resource"].value, "`resource`")
    text = "".join(part.text for part in template if isinstance(part, Text))
    starts = isinstance(template[0], Text) and template[0].text.startswith("arn:")
    if template != (Text(text="*"),) and not (starts and text.count(":") >= _COLONS):
        raise table.wrong("resource", "is `*` or an ARN of six fields that starts with `arn:`", code=Code.BAD_TEMPLATE)
    return template


def _account(table: Table, templates: Templates) -> Template | None:
    node = table.node_of("resource_account")
    if node is None:
        return None
    template = templates.read(node, "`resource_account`")
    fixed = isinstance(template[0], Text) and _ACCOUNT.fullmatch(template[0].text)
    if len(template) > 1 or not (fixed or isinstance(template[0], SegmentValue)):
        raise table.wrong("resource_account", "is twelve digits, or one segment `{name}` that holds them", code=Code.BAD_TEMPLATE)
    return template
