"""Reads the file of an object store."""

import re
from typing import Final, Literal

from iam2rego.ir.gateway import GatewayKind, StorageGateway
from iam2rego.sources.gateway.requests import read_arn, read_context
from iam2rego.sources.gateway.table import Table
from iam2rego.sources.gateway.templates import STORAGE, Templates

OPTIONAL: Final = ("resource_account",)

_ARN: Final = re.compile(r"arn:[^:*?{}]+:(?:iam|sts)::[0-9]{12}:[^:*?{}]+")
_ACCOUNT: Final = re.compile(r"[0-9]{12}")


def read_storage(table: Table, kind: Literal[GatewayKind.MINIO, GatewayKind.RUSTFS]) -> StorageGateway:
    """Read the file of an object store; raise a `PolicyError` if a setting is impossible."""
    templates = Templates(table.source, STORAGE)
    who = Table.of(table.members["principal"].value, table.source, "`principal`", required=("arn",), optional=("owner",))
    return StorageGateway(
        kind=kind,
        principal=read_arn(who, templates),
        owner=_formed(who, "owner", _ARN, "must be the ARN of one principal, such as `arn:aws:iam::123456789012:root`"),
        resource_account=_formed(table, "resource_account", _ACCOUNT, "must be twelve digits"),
        context=read_context(table, templates, {}),
    )


def _formed(table: Table, name: str, form: re.Pattern[str], words: str) -> str | None:
    if name not in table.members:
        return None
    text = table.text(name)
    if not form.fullmatch(text):
        raise table.wrong(name, words)
    return text
