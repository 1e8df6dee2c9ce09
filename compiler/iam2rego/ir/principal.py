"""The principals that a statement of a resource-based policy names (docs/semantics.md, "Principals")."""

from typing import Annotated, Literal

from pydantic import Field

from iam2rego.ir.node import Node
from iam2rego.ir.pattern import Unmatchable


class AnyPrincipal(Node):
    """``"*"`` or ``{"AWS": "*"}``: everybody, including anonymous callers and services (P2)."""

    kind: Literal["any_principal"] = "any_principal"


class AccountPrincipal(Node):
    """Everybody in an account with a twelve-digit id (P3); if written as a root ARN, `partition` must also be the caller's."""

    kind: Literal["account"] = "account"
    account: str
    partition: str | None = None


class ArnPrincipal(Node):
    """A user, a role, a role session or a federated-user session, compared exactly (P4, P5)."""

    kind: Literal["arn"] = "arn"
    arn: str


class UniqueIdPrincipal(Node):
    """The unique id that IAM stores for a deleted user or role: ``AIDA...``, ``AROA...`` (P8)."""

    kind: Literal["unique_id"] = "unique_id"
    unique_id: str


class ServicePrincipal(Node):
    """A service by its principal name, such as ``ecs-tasks.amazonaws.com`` (P7)."""

    kind: Literal["service"] = "service"
    service: str


class FederatedPrincipal(Node):
    """An identity provider, by domain or ARN (P7)."""

    kind: Literal["federated"] = "federated"
    provider: str


class CanonicalUserPrincipal(Node):
    """An account by its canonical user id (P7)."""

    kind: Literal["canonical_user"] = "canonical_user"
    canonical_user: str


PrincipalEntry = Annotated[
    AnyPrincipal
    | AccountPrincipal
    | ArnPrincipal
    | UniqueIdPrincipal
    | ServicePrincipal
    | FederatedPrincipal
    | CanonicalUserPrincipal
    | Unmatchable,
    Field(discriminator="kind"),
]


class Principals(Node):
    """``Principal``, or ``NotPrincipal`` when negated (P9, P10)."""

    negated: bool = False
    entries: tuple[PrincipalEntry, ...]
