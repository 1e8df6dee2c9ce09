"""Reads the file of services that use AuthZEN."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.gateway import AuthzenGateway, AuthzenRoute, GatewayKind, PropertyValue, Template
from iam2rego.source import Source
from iam2rego.sources.gateway.requests import read_account, read_action, read_arn, read_context, read_resource
from iam2rego.sources.gateway.table import Table
from iam2rego.sources.gateway.templates import AUTHZEN, Templates, values
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode

REQUIRED: Final = ("routes",)

_ROUTE: Final = ("subject_type", "name", "resource_type", "action", "resource")


def read_authzen(table: Table) -> AuthzenGateway:
    """Read the file; raise a `PolicyError` if a setting is impossible, with all problems of its routes."""
    context = read_context(table, Templates(table.source, AUTHZEN), {})
    routes = _routes(table, {entry.key.lower(): entry.key for entry in context})
    if wrong := list(_unreachable(routes, table.source)):
        raise PolicyError(wrong)
    return AuthzenGateway(kind=GatewayKind.AUTHZEN, principal=_principal(table), context=context, routes=routes)


def _principal(table: Table) -> Template:
    inner = Table.of(table.members["principal"].value, table.source, "`principal`", required=("arn",))
    template = read_arn(inner, Templates(table.source, AUTHZEN))
    if not all(isinstance(value, PropertyValue) and value.part == "subject" for value in values(template)):
        raise inner.wrong("arn", "comes from something other than the subject", "take it from `{subject.id}`", Code.UNVERIFIED_VALUE)
    return template


def _routes(table: Table, common: Mapping[str, str]) -> tuple[AuthzenRoute, ...]:
    """Read all routes, so that all their problems are reported together."""
    problems, routes = Problems(), []
    for node in table.items("routes"):
        with problems.collected():
            routes.append(_route(node, table.source, common))
    problems.settled()
    return tuple(routes)


def _route(node: JsonNode, source: Source, common: Mapping[str, str]) -> AuthzenRoute:
    table = Table.of(node, source, "a route", required=_ROUTE, optional=("resource_account", "context"))
    templates = Templates(source, AUTHZEN)
    return AuthzenRoute(
        subject_type=table.text("subject_type"),
        name=table.text("name"),
        resource_type=table.text("resource_type"),
        action=read_action(table),
        resource=read_resource(table, templates),
        resource_account=read_account(table, templates),
        context=read_context(table, templates, common),
        span=table.members["name"].value.span,
    )


def _unreachable(routes: Sequence[AuthzenRoute], source: Source) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str, str], AuthzenRoute] = {}
    for route in routes:
        earlier = first.setdefault((route.subject_type, route.name, route.resource_type), route)
        if earlier is not route and earlier.span:
            message = f"no question reaches this route, because the one at line {earlier.span.line} matches them all"
            yield Diagnostic(Code.UNREACHABLE_ROUTE, message, source, route.span, "remove one of the two")
