"""The form of a policy-set file as pydantic models, from which its JSON Schema is published in ``docs/policy-set.schema.json``.

The schema is for editors and generators: it knows members and types. All else that `check` says of a policy no schema can say, and
which members a statement may have depends on the type of the policy (G9).
"""

import json
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from iam2rego.sources.resource_arns import RESOURCE_ARN

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_T = TypeVar("_T")

OneOrMore: TypeAlias = _T | list[_T]
Absent: TypeAlias = SkipJsonSchema[None]
"""What a member that is left out is to the model; `null` is no value of it."""


def _without_defaults(schema: dict[str, Any]) -> None:
    for member in schema.get("properties", {}).values():
        member.pop("default", None)
        member.pop("title", None)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True, json_schema_extra=_without_defaults)


class Principals(_Model):
    """Who is meant, by kind: accounts, users, roles and sessions; services; identity providers; canonical user ids."""

    AWS: OneOrMore[str] | Absent = None
    Service: OneOrMore[str] | Absent = None
    Federated: OneOrMore[str] | Absent = None
    CanonicalUser: OneOrMore[str] | Absent = None


Scalar: TypeAlias = str | bool | int | float


class Statement(_Model):
    """One statement: with either `Action` or `NotAction`, and at most one of each other pair."""

    Sid: str | Absent = None
    Effect: Literal["Allow", "Deny"]
    Principal: Literal["*"] | Principals | Absent = None
    NotPrincipal: Literal["*"] | Principals | Absent = None
    Action: OneOrMore[str] | Absent = None
    NotAction: OneOrMore[str] | Absent = None
    Resource: OneOrMore[str] | Absent = None
    NotResource: OneOrMore[str] | Absent = None
    Condition: dict[str, dict[str, OneOrMore[Scalar]]] | Absent = None


class PolicyDocument(_Model):
    """An IAM policy document."""

    Version: Literal["2012-10-17", "2008-10-17"] | Absent = None
    Id: str | Absent = None
    Statement: OneOrMore[Statement]


Document: TypeAlias = PolicyDocument | Annotated[str, Field(json_schema_extra={"contentMediaType": "application/json"})]
"""A policy document, or a string that holds one."""

_Resources: TypeAlias = dict[Annotated[str, Field(pattern=RESOURCE_ARN)], Document]


class Policies(_Model):
    """Policies by type. A type that is absent takes no part; one that is there but empty allows nothing."""

    identity: list[Document] | Absent = None
    """Identity-based policies of every user and session."""
    permissions_boundary: list[Document] | Absent = None
    """The permissions boundary of every user and session."""
    session: list[Document] | Absent = None
    """Session policies, which apply to every request."""
    service_control: list[list[Document]] | Absent = None
    """Service control policies by levels, from the organization's root down to the account."""
    resource_control: list[list[Document]] | Absent = None
    """Resource control policies by levels, from the organization's root down to the account."""
    vpc_endpoint: list[Document] | Absent = None
    """Policies of the endpoint that every request comes through."""


class PolicySetFile(_Model):
    """A policy-set file: policies that are decided together, and those of single resources by ARN."""

    schema_: str | Absent = Field(default=None, alias="$schema")
    """Where this schema is found; only editors read it."""
    policies: Policies
    resources: Annotated[_Resources, Field(json_schema_extra={"additionalProperties": False})] | Absent = None
    """Resource-based policies by ARN: of a role it is the trust policy, of a KMS key the key policy."""


def schema_text() -> str:
    """Return the JSON Schema of a policy-set file as its published text."""
    schema = {"$schema": _DIALECT, **PolicySetFile.model_json_schema()}
    return json.dumps(schema, indent=2) + "\n"
