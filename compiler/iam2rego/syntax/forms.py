"""What documents of each kind may contain (G9), and how anything else is reported (L1, L3, L8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from iam2rego.ir.policy import OF_RESOURCES, Kind, PolicyType


class PrincipalPart(Enum):
    """Which principals the statements of a document apply to."""

    NONE = auto()
    """The principals that it is attached to: there is no ``Principal``."""

    EVERYBODY = auto()
    """Everybody: ``Principal`` is ``"*"`` (P12)."""

    NAMED = auto()
    """The principals that the statement names."""


class ResourcePart(Enum):
    """Whether statements name resources."""

    REQUIRED = auto()
    OPTIONAL = auto()
    """Without them, a statement applies to the resource that the document is attached to (R14)."""

    FORBIDDEN = auto()


class ShortArns(Enum):
    """Which ARNs of fewer than six fields are completed; the others match nothing (R5)."""

    ALL = auto()
    REFUSED = auto()
    """All, but only in lenient mode: AWS rejects them."""

    WITH_WILDCARD = auto()
    WITH_WILDCARD_AT_THE_END = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Form:
    """What a document of one kind may contain.

    Attributes:
        kind: the kind of policy; ignored when forms are compared.
        type: the type of policy in a decision.
        noun: its name in messages, with the article.
        iam: whether IAM checks it, including the form of its Sids (N4, G6).
        checked: whether IAM or Organizations checks its characters and entries, so that mistakes in them are errors (G1, G17).
        has_id: whether it may have an ``Id`` (G4).
        needs_version: whether the ``Version`` must be 2012-10-17 (G3).
        principals: which principals statements apply to.
        nobody_by_default: whether a statement without principals applies to nobody in lenient mode, rather than to everybody (L1).
        not_principal: whether statements may have ``NotPrincipal``.
        federated: whether principals may be ``Federated`` (P7).
        not_action: whether statements may have ``NotAction``.
        resources: whether statements name resources.
        short_arns: which short ARNs are completed (R5).
    """

    kind: Kind = field(compare=False)
    type: PolicyType
    noun: str
    iam: bool = False
    checked: bool = False
    has_id: bool = False
    needs_version: bool = False
    principals: PrincipalPart = PrincipalPart.NONE
    nobody_by_default: bool = False
    not_principal: bool = False
    federated: bool = False
    not_action: bool = True
    resources: ResourcePart = ResourcePart.REQUIRED
    short_arns: ShortArns = ShortArns.ALL


_RESOURCE: Final = Form(
    Kind.RESOURCE,
    PolicyType.RESOURCE,
    "a resource-based policy",
    has_id=True,
    principals=PrincipalPart.NAMED,
    nobody_by_default=True,
    not_principal=True,
    resources=ResourcePart.OPTIONAL,
    short_arns=ShortArns.WITH_WILDCARD,
)

FORMS: Final[Mapping[Kind, Form]] = MappingProxyType(
    {
        **{kind: replace(_RESOURCE, kind=kind) for kind in OF_RESOURCES},
        Kind.IDENTITY: Form(Kind.IDENTITY, PolicyType.IDENTITY, "an identity-based policy", iam=True, checked=True),
        Kind.PERMISSIONS_BOUNDARY: Form(
            Kind.PERMISSIONS_BOUNDARY,
            PolicyType.PERMISSIONS_BOUNDARY,
            "a permissions boundary",
            iam=True,
            checked=True,
        ),
        Kind.SESSION: Form(
            Kind.SESSION,
            PolicyType.SESSION,
            "a session policy",
            iam=True,
            checked=True,
            short_arns=ShortArns.REFUSED,
        ),
        Kind.TRUST: Form(
            Kind.TRUST,
            PolicyType.RESOURCE,
            "a trust policy",
            iam=True,
            checked=True,
            has_id=True,
            principals=PrincipalPart.NAMED,
            nobody_by_default=True,
            federated=True,
            resources=ResourcePart.FORBIDDEN,
        ),
        Kind.SERVICE_CONTROL: Form(
            Kind.SERVICE_CONTROL,
            PolicyType.SERVICE_CONTROL,
            "a service control policy",
            checked=True,
            short_arns=ShortArns.WITH_WILDCARD_AT_THE_END,
        ),
        Kind.RESOURCE_CONTROL: Form(
            Kind.RESOURCE_CONTROL,
            PolicyType.RESOURCE_CONTROL,
            "a resource control policy",
            checked=True,
            needs_version=True,
            principals=PrincipalPart.EVERYBODY,
            not_action=False,
            short_arns=ShortArns.NONE,
        ),
        Kind.VPC_ENDPOINT: Form(
            Kind.VPC_ENDPOINT,
            PolicyType.VPC_ENDPOINT,
            "a VPC endpoint policy",
            has_id=True,
            principals=PrincipalPart.NAMED,
            not_principal=True,
            short_arns=ShortArns.WITH_WILDCARD,
        ),
    }
)
