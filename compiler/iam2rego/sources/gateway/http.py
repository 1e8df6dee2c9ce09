"""Reads the file of a gateway for HTTP requests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.gateway import Claims, ClaimValue, GatewayKind, HeaderValue, HttpGateway, Route, Template, templates
from iam2rego.source import Source
from iam2rego.sources.gateway.claims import read_claims
from iam2rego.sources.gateway.overlaps import overlapping
from iam2rego.sources.gateway.requests import read_arn, read_context
from iam2rego.sources.gateway.routes import read_route
from iam2rego.sources.gateway.table import Table
from iam2rego.sources.gateway.templates import HTTP, Templates, values
from iam2rego.sources.problems import Problems

REQUIRED: Final = ("routes",)
OPTIONAL: Final = ("trusted_proxy", "forwarded_hops", "explain", "claims")


def read_http(table: Table, kind: Literal[GatewayKind.ENVOY, GatewayKind.HTTP], folder: Path) -> HttpGateway:
    """Read the file of a gateway for HTTP requests; other file names are relative to ``folder``.

    Raises:
        PolicyError: it has impossible settings; with all problems of its routes.
    """
    claims = _claims(table, kind, folder)
    context = read_context(table, Templates(table.source, HTTP), {})
    gateway = HttpGateway(
        kind=kind,
        principal=_principal(table),
        claims=claims,
        trusted_proxy=table.truth("trusted_proxy"),
        forwarded_hops=_hops(table),
        explain=table.truth("explain"),
        context=context,
        routes=_routes(table, {entry.key.lower(): entry.key for entry in context}),
    )
    if wrong := [*overlapping(gateway.routes, table.source), *_unverified(gateway, table.source)]:
        raise PolicyError(wrong)
    return gateway


def _claims(table: Table, kind: GatewayKind, folder: Path) -> Claims | None:
    node = table.node_of("claims")
    return None if node is None else read_claims(node, table.source, kind, folder)


def _hops(table: Table) -> int:
    hops = table.count("forwarded_hops")
    if hops and not table.truth("trusted_proxy"):
        raise table.wrong("forwarded_hops", "needs `trusted_proxy = true`: anybody can send `x-forwarded-for`", code=Code.UNVERIFIED_VALUE)
    return hops


def _principal(table: Table) -> Template:
    """Read the caller's ARN, which may use verified values, and headers if only proxies set them."""
    inner = Table.of(table.members["principal"].value, table.source, "`principal`", required=("arn",))
    template = read_arn(inner, Templates(table.source, HTTP))
    verified = (ClaimValue, HeaderValue) if table.truth("trusted_proxy") else (ClaimValue,)
    if not all(isinstance(value, verified) for value in values(template)):
        hint = "take it from `{claim.NAME}`, or set `trusted_proxy = true` if clients cannot bypass the proxy that sets the header"
        raise inner.wrong("arn", "comes from a value that clients can choose", hint, Code.UNVERIFIED_VALUE)
    return template


def _routes(table: Table, common: dict[str, str]) -> tuple[Route, ...]:
    """Read all routes, so that all their problems are reported together."""
    problems, routes = Problems(), []
    for node in table.items("routes"):
        with problems.collected():
            routes.append(read_route(node, table.source, common))
    problems.settled()
    return tuple(routes)


def _unverified(gateway: HttpGateway, source: Source) -> Iterator[Diagnostic]:
    used = any(isinstance(value, ClaimValue) for template in templates(gateway) for value in values(template))
    if used and gateway.claims is None:
        message, hint = "claims are used that nobody has verified", "say in `[claims]` who verifies them"
        yield Diagnostic(Code.UNVERIFIED_VALUE, message, source, None, hint)
