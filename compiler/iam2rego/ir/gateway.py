"""A gateway's file: how questions become IAM requests. As written, without interpretation (docs/gateway.md)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from iam2rego.ir.node import Node
from iam2rego.ir.pattern import Text


class GatewayKind(StrEnum):
    """The kinds of gateway, by their names in the file."""

    ENVOY = "envoy"
    HTTP = "http"
    MINIO = "minio"
    RUSTFS = "rustfs"
    AUTHZEN = "authzen"


class SegmentValue(Node):
    """``{name}``: the path segment that the route gives this name."""

    kind: Literal["segment"] = "segment"
    name: str


class QueryValue(Node):
    """``{query.name}``: the parameter of the query string with that name, as spelled."""

    kind: Literal["query"] = "query"
    name: str


class HeaderValue(Node):
    """``{header.name}``: the header with that name, in lower case."""

    kind: Literal["header"] = "header"
    name: str


class ClaimValue(Node):
    """``{claim.name}``: the claim with that name."""

    kind: Literal["claim"] = "claim"
    name: str


class SourceAddress(Node):
    """``{source_ip}``: the address of the client, also when it is reported by trusted proxies."""

    kind: Literal["source_ip"] = "source_ip"


class Time(Node):
    """``{time}``: the time of the decision in UTC, to the second, as ``2026-01-31T23:59:59Z``."""

    kind: Literal["time"] = "time"


class AccountName(Node):
    """``{account}``: the name of the object store's user who makes the request."""

    kind: Literal["account"] = "account"


class PropertyValue(Node):
    """``{subject.name}`` and the like: a property of a part of an AuthZEN question, including the `id` of a subject or resource."""

    kind: Literal["property"] = "property"
    part: Literal["subject", "action", "resource", "context"]
    name: str


Value: TypeAlias = SegmentValue | QueryValue | HeaderValue | ClaimValue | SourceAddress | Time | AccountName | PropertyValue
Part = Annotated[Text | Value, Field(discriminator="kind")]
Template = Annotated[tuple[Part, ...], Field(min_length=1)]
"""Text with values in it. A template that is a single value gives that value, whatever its type."""


class ContextEntry(Node):
    """A context key, as spelled, and its value."""

    key: str
    value: Template


class NamedSegment(Node):
    """``{name}`` in a path: any one segment."""

    kind: Literal["named"] = "named"
    name: str


PathSegment = Annotated[Text | NamedSegment, Field(discriminator="kind")]


class Route(Node):
    """A method and the segments of a path (none for ``/``), and the request that they become.

    `resource_account` is None if the resource's ARN names its account. `span` is the place of the path.
    """

    method: str
    path: tuple[PathSegment, ...]
    action: str
    resource: Template
    resource_account: Template | None = None
    context: tuple[ContextEntry, ...] = ()


class EnvoyClaims(Node):
    """Claims that a filter of Envoy has verified, in its dynamic metadata under the names of the filter and the payload."""

    kind: Literal["envoy"] = "envoy"
    filter: str
    payload: str


class CallerClaims(Node):
    """Claims that the calling service has verified: the member `claims` of its document."""

    kind: Literal["caller"] = "caller"


class TokenClaims(Node):
    """Claims of a JSON Web Token in a header, verified by the engine.

    `key_set` is the JSON Web Key Set, public keys only; the algorithm, the audience and the issuer are pinned.
    """

    kind: Literal["token"] = "token"
    header: str
    algorithm: str
    audience: str
    issuer: str
    key_set: dict[str, Any]


Claims = Annotated[EnvoyClaims | CallerClaims | TokenClaims, Field(discriminator="kind")]


class HttpGateway(Node):
    """The file of a gateway for HTTP requests.

    Attributes:
        kind: the kind of gateway.
        principal: the ARN of the caller.
        claims: where claims come from; None if no template has any.
        trusted_proxy: whether only proxies set headers, so that the principal may come from a header.
        forwarded_hops: how many proxies each add an address to the end of ``x-forwarded-for``; 0 to use the address of the
            connection.
        explain: whether a deny tells the caller which statements made it.
        context: the context of every request.
        routes: in the order of the file.
    """

    kind: Literal[GatewayKind.ENVOY, GatewayKind.HTTP]
    principal: Template
    claims: Claims | None = None
    trusted_proxy: bool = False
    forwarded_hops: int = 0
    explain: bool = False
    context: tuple[ContextEntry, ...] = ()
    routes: tuple[Route, ...]


class StorageGateway(Node):
    """The file of an object store, for requests about its buckets and objects.

    Attributes:
        kind: the kind of gateway.
        principal: the ARN of the caller.
        owner: the ARN of the caller if it is the store's owner; None if the owner is treated like other users.
        resource_account: the account that owns the buckets; None if it is the caller's account.
        context: the context of every request, in addition to the conditions that the store sends.
    """

    kind: Literal[GatewayKind.MINIO, GatewayKind.RUSTFS]
    principal: Template
    owner: str | None = None
    resource_account: str | None = None
    context: tuple[ContextEntry, ...] = ()


class AuthzenRoute(Node):
    """The type of a subject, the name of an action and the type of a resource, and the request that they become.

    `span` is the place of the action's name.
    """

    subject_type: str
    name: str
    resource_type: str
    action: str
    resource: Template
    resource_account: Template | None = None
    context: tuple[ContextEntry, ...] = ()


class AuthzenGateway(Node):
    """The file of services that use AuthZEN: the caller's ARN, the context of every request, and the routes."""

    kind: Literal[GatewayKind.AUTHZEN]
    principal: Template
    context: tuple[ContextEntry, ...] = ()
    routes: tuple[AuthzenRoute, ...]


Gateway: TypeAlias = HttpGateway | StorageGateway | AuthzenGateway


def templates(gateway: HttpGateway) -> Iterator[Template]:
    """Yield every template of the file: of the principal, of the context, and of each route."""
    yield gateway.principal
    yield from (entry.value for entry in gateway.context)
    for route in gateway.routes:
        yield from templates_of(route)


def templates_of(route: Route | AuthzenRoute) -> Iterator[Template]:
    """Yield every template of a route."""
    yield route.resource
    if route.resource_account:
        yield route.resource_account
    yield from (entry.value for entry in route.context)
