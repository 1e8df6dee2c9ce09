"""Reads a gateway's file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.gateway import Gateway, GatewayKind
from iam2rego.source import Source
from iam2rego.sources.files import read_path
from iam2rego.sources.gateway import authzen, http, storage
from iam2rego.sources.gateway.table import Table
from iam2rego.syntax.toml import parse_toml

_MEMBERS: Final[Mapping[GatewayKind, tuple[Sequence[str], Sequence[str]]]] = {
    GatewayKind.ENVOY: (http.REQUIRED, http.OPTIONAL),
    GatewayKind.HTTP: (http.REQUIRED, http.OPTIONAL),
    GatewayKind.MINIO: ((), storage.OPTIONAL),
    GatewayKind.RUSTFS: ((), storage.OPTIONAL),
    GatewayKind.AUTHZEN: (authzen.REQUIRED, ()),
}
"""The required and optional members of a file by kind, in addition to the common ones."""


def read_gateway(path: str) -> Gateway:
    """Read a gateway's file, and the key set that it names.

    Raises:
        PolicyError: it cannot be read, or has impossible settings.
    """
    return gateway_of(read_path(path))


def gateway_of(source: Source) -> Gateway:
    """Read the text of a gateway's file, whose name is its path; raise as `read_gateway` does."""
    root = parse_toml(source, Code.BAD_GATEWAY)
    kind = GatewayKind(
        Table.of(root, source, "a gateway", required=("kind",), optional=None).choice("kind", [each.value for each in GatewayKind])
    )
    required, optional = _MEMBERS[kind]
    table = Table.of(root, source, f"a gateway of kind {kind}", required=("kind", "principal", *required), optional=("context", *optional))
    match kind:
        case GatewayKind.ENVOY | GatewayKind.HTTP:
            return http.read_http(table, kind, Path(source.name).parent)
        case GatewayKind.MINIO | GatewayKind.RUSTFS:
            return storage.read_storage(table, kind)
        case GatewayKind.AUTHZEN:
            return authzen.read_authzen(table)
