"""The file as a whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.gateway import Claims, ClaimValue, Gateway, GatewayKind, HeaderValue, Route, Template
from iam2rego.ir.pattern import Text
from iam2rego.source import Source
from iam2rego.sources.files import Place, read
from iam2rego.sources.gateway.claims import read_claims
from iam2rego.sources.gateway.overlaps import overlapping
from iam2rego.sources.gateway.routes import read_context, read_route
from iam2rego.sources.gateway.table import Table
from iam2rego.sources.gateway.templates import Templates, values
from iam2rego.sources.members import items_of
from iam2rego.sources.problems import Problems
from iam2rego.syntax.toml import parse_toml

_REQUIRED: Final = ("kind", "principal", "routes")
_OPTIONAL: Final = ("trusted_proxy", "forwarded_hops", "explain", "claims", "context")


def read_gateway(path: str) -> Gateway:
    """Read a gateway's file, and the key set that it names.

    Raises:
        PolicyError: it cannot be read, or says something that cannot be; with all that is wrong in its tables.
    """
    source = read(Place(path, path)).source
    table = Table.of(parse_toml(source, Code.BAD_GATEWAY), source, "a gateway", required=_REQUIRED, optional=_OPTIONAL)
    kind = GatewayKind(table.choice("kind", [each.value for each in GatewayKind]))
    claims = _claims(table, kind, Path(path).parent)
    context = read_context(table, Templates(source), {})
    gateway = Gateway(
        kind=kind,
        principal=_principal(table),
        claims=claims,
        trusted_proxy=table.truth("trusted_proxy"),
        forwarded_hops=_hops(table),
        explain=table.truth("explain"),
        context=context,
        routes=_routes(table, {entry.key.lower(): entry.key for entry in context}),
    )
    if wrong := [*overlapping(gateway.routes, source), *_unverified(gateway, source)]:
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
    """Read who asks, which comes from what is verified, and from headers where only proxies set them."""
    inner = Table.of(table.members["principal"].value, table.source, "`principal`", required=("arn",))
    template = Templates(table.source).read(inner.members["arn"].value, "`arn`")
    verified = (ClaimValue, HeaderValue) if table.truth("trusted_proxy") else (ClaimValue,)
    if not all(isinstance(value, verified) for value in values(template)):
        hint = "take it from `{claim.NAME}`, or say `trusted_proxy = true` where no client can reach past the proxy that sets the header"
        raise inner.wrong("arn", "comes from what a client can choose", hint, Code.UNVERIFIED_VALUE)
    if len(template) > 1 and not (isinstance(template[0], Text) and template[0].text.startswith("arn:")):
        raise inner.wrong("arn", "is an ARN that starts with `arn:`, or one value that holds an ARN", code=Code.BAD_TEMPLATE)
    return template


def _routes(table: Table, common: dict[str, str]) -> tuple[Route, ...]:
    """Read all routes, so that what is wrong with them is told at once."""
    nodes = items_of(table.members["routes"].value, table.source, "`routes`")
    if not nodes:
        raise table.wrong("routes", "has no route")
    problems, routes = Problems(), []
    for node in nodes:
        with problems.collected():
            routes.append(read_route(node, table.source, common))
    problems.settled()
    return tuple(routes)


def _unverified(gateway: Gateway, source: Source) -> Iterator[Diagnostic]:
    used = any(isinstance(value, ClaimValue) for template in _templates(gateway) for value in values(template))
    if used and gateway.claims is None:
        message, hint = "claims are used that nobody has verified", "say in `[claims]` who verifies them"
        yield Diagnostic(Code.UNVERIFIED_VALUE, message, source, None, hint)


def _templates(gateway: Gateway) -> Iterator[Template]:
    yield gateway.principal
    yield from (entry.value for entry in gateway.context)
    for route in gateway.routes:
        yield route.resource
        yield from (entry.value for entry in route.context)
