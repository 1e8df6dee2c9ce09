"""Reads a route's request: action, resource, account and context."""

import re
from collections.abc import Mapping
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.gateway import ContextEntry, Template
from iam2rego.ir.pattern import Text
from iam2rego.sources.gateway.table import Table, refused
from iam2rego.sources.gateway.templates import Templates

_ACTION: Final = re.compile(r"[A-Za-z0-9.-]+:[A-Za-z0-9._-]+")
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_COLONS: Final = 5


def read_action(table: Table) -> str:
    """Read the member ``action``."""
    text = table.text("action")
    if not _ACTION.fullmatch(text):
        raise table.wrong("action", "must be one action, such as `ecs:ListClusters`, without wildcards")
    return text


def read_resource(table: Table, templates: Templates) -> Template:
    """Read the member ``resource``: ``*``, or an ARN."""
    template = templates.read(table.members["resource"].value, "`resource`")
    text = "".join(part.text for part in template if isinstance(part, Text))
    starts = isinstance(template[0], Text) and template[0].text.startswith("arn:")
    if template != (Text(text="*"),) and not (starts and text.count(":") >= _COLONS):
        raise table.wrong("resource", "must be `*` or an ARN of six fields that starts with `arn:`", code=Code.BAD_TEMPLATE)
    return template


def read_account(table: Table, templates: Templates) -> Template | None:
    """Read the member ``resource_account``, if it is there."""
    node = table.node_of("resource_account")
    if node is None:
        return None
    template = templates.read(node, "`resource_account`")
    fixed = isinstance(template[0], Text) and _ACCOUNT.fullmatch(template[0].text)
    if len(template) > 1 or (isinstance(template[0], Text) and not fixed):
        raise table.wrong("resource_account", "must be twelve digits, or a single value", code=Code.BAD_TEMPLATE)
    return template


def read_context(table: Table, templates: Templates, common: Mapping[str, str]) -> tuple[ContextEntry, ...]:
    """Read the table ``context`` of a table, which may not repeat a key of ``common``."""
    seen = dict(common)
    entries = []
    for member in table.entries("context"):
        key = member.name
        if not key or key.lower() in seen:
            message = f"duplicate context key `{key}`" if key else "a context key is empty"
            raise refused(table.source, member.name_span, message, "letter case does not matter in keys")
        seen[key.lower()] = key
        entries.append(ContextEntry(key=key, value=templates.read(member.value, f"`{key}`")))
    return tuple(entries)


def read_arn(table: Table, templates: Templates) -> Template:
    """Read the member ``arn``: an ARN that may contain values, or a single value."""
    template = templates.read(table.members["arn"].value, "`arn`")
    if len(template) > 1 and not (isinstance(template[0], Text) and template[0].text.startswith("arn:")):
        raise table.wrong("arn", "must be an ARN that starts with `arn:`, or a single value", code=Code.BAD_TEMPLATE)
    return template
