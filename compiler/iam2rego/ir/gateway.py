"""What a gateway's file says: how what is asked becomes an IAM request. What is written, not what it means (docs/gateway.md)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from iam2rego.ir.node import Node
from iam2rego.ir.pattern import Text


class GatewayKind(StrEnum):
    """Whose documents are read, by the names that the file gives them."""

    ENVOY = "envoy"
    HTTP = "http"
    MINIO = "minio"
    RUSTFS = "rustfs"
    AUTHZEN = "authzen"


class SegmentValue(Node):
    """``{name}``: the segment of the path that a route names so."""

    kind: Literal["segment"] = "segment"
    name: str


class QueryValue(Node):
    """``{query.name}``: the parameter of the query string with that name, as it is spelled."""

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
    """``{source_ip}``: the address of the client, or the one that trusted proxies say they forward for."""

    kind: Literal["source_ip"] = "source_ip"


class Time(Node):
    """``{time}``: when the question is decided, in seconds of UTC as ``2026-01-31T23:59:59Z``."""

    kind: Literal["time"] = "time"


class AccountName(Node):
    """``{account}``: the name of the user who asks an object store."""

    kind: Literal["account"] = "account"


class PropertyValue(Node):
    """``{subject.name}`` and the like: a property of a part of a question of AuthZEN; the `id` of a subject or resource is one too."""

    kind: Literal["property"] = "property"
    part: Literal["subject", "action", "resource", "context"]
    name: str


Value: TypeAlias = SegmentValue | QueryValue | HeaderValue | ClaimValue | SourceAddress | Time | AccountName | PropertyValue
Part = Annotated[Text | Value, Field(discriminator="kind")]
Template = Annotated[tuple[Part, ...], Field(min_length=1)]
"""Text with values in it. A template that is a single value gives that value, whatever its type."""


class ContextEntry(Node):
    """A context key, as it is spelled, and its value."""

    key: str
    value: Template


class NamedSegment(Node):
    """``{name}`` in a path: any one segment."""

    kind: Literal["named"] = "named"
    name: str


PathSegment = Annotated[Text | NamedSegment, Field(discriminator="kind")]


class Route(Node):
    """A method and the segments of a path (none for ``/``), and the request that they become.

    `resource_account` is None where the resource's ARN names its account. `span` is the place of the path.
    """

    method: str
    path: tuple[PathSegment, ...]
    action: str
    resource: Template
    resource_account: Template | None = None
    context: tuple[ContextEntry, ...] = ()


class EnvoyClaims(Node):
    """Claims that a filter of Envoy has verified: its dynamic metadata, by the names of the filter and of the payload there."""

    kind: Literal["envoy"] = "envoy"
    filter: str
    payload: str


class CallerClaims(Node):
    """Claims that the service which asks has verified: the member `claims` of its document."""

    kind: Literal["caller"] = "caller"


class TokenClaims(Node):
    """Claims of a JSON Web Token in a header, verified by whoever decides.

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
    """The file of a gateway that asks about HTTP.

    Attributes:
        kind: whose documents are read.
        principal: the ARN of who asks.
        claims: where claims come from; None where no template has any.
        trusted_proxy: whether headers are set by proxies only, so that the principal may come from one.
        forwarded_hops: how many of these have each added an address to the end of ``x-forwarded-for``; 0 where the address is
            that of who has connected.
        explain: whether the answer to who is denied names the statements.
        context: what is in the context of every request.
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
    """The file of an object store that asks about its buckets and objects.

    Attributes:
        kind: whose documents are read.
        principal: the ARN of who asks.
        owner: the ARN of who asks where that is the store's owner; None where the owner is a user like others.
        resource_account: whose the buckets are; None where they are those of who asks.
        context: what is in the context of every request, besides the conditions that the store sends.
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
    """The file of services that ask as AuthZEN says: who asks, what is in the context of every request, and the routes."""

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
