"""Guesses a document's type from its content, for a hint when it is read as another type (G9)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.syntax.forms import FORMS, Form, PrincipalPart
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString

_TRUST: Final = re.compile(r"sts:(?:assumerole.*|tagsession|setsourceidentity|setcontext|\*)")
_SERVICE: Final = re.compile(r"[a-z0-9-]+")
_BUCKET: Final = re.compile(r"arn:[^:]*:s3:::.*")
_OF_SERVICES: Final[Mapping[str, Kind]] = MappingProxyType({"sqs": Kind.QUEUE, "sns": Kind.TOPIC, "dynamodb": Kind.TABLE})
"""The kinds of the resource-based policies of services that have only one kind of resource with a policy, as far as `Kind` names them."""

_WITHOUT_STAR: Final = frozenset({"s3", "sts", "*"})
"""Services whose resource-based policies never use the resource ``*``: buckets have ARNs, and trust policies name no resource."""

_NOBODY_NAMED: Final = (
    "no statement has a `Principal`: add one, or give another type of policy, "
    "with `--policy-type` `identity`, `permissions_boundary`, `session` or `service_control`"
)
_NAMING_PRINCIPALS: Final = (Kind.RESOURCE, Kind.TRUST, Kind.RESOURCE_CONTROL, Kind.VPC_ENDPOINT)


def other_type(document: JsonObject, form: Form) -> str:
    """Return a hint with the type that the document seems to have; empty if that is ``form``."""
    seen = [_Statement(node) for node in _objects(document, "Statement")]
    if not any(each.names_principals for each in seen):
        return "" if form.principals is PrincipalPart.NONE or not seen else _NOBODY_NAMED
    if not all(each.names_principals for each in seen):
        return ""
    if found := _recognized(seen):
        noun, kind = found
        return "" if FORMS[kind] == form else f"this looks like {noun}: try `--policy-type {kind}`"
    if any(FORMS[kind] == form for kind in _NAMING_PRINCIPALS):
        return ""
    *most, last = (f"`{kind}`" for kind in _NAMING_PRINCIPALS)
    return f"only policies of other types name principals: give the type, with `--policy-type` {', '.join(most)} or {last}"


def _recognized(seen: "list[_Statement]") -> tuple[str, Kind] | None:
    """Return the noun and kind of the only type of policy that could have these statements, if there is just one."""
    services = frozenset[str]().union(*(each.services for each in seen))
    for_all = all(each.is_for_everybody for each in seen)
    if all(each.assumes_roles for each in seen):
        return "a trust policy", Kind.TRUST
    if for_all and any("*" in each.resources for each in seen) and (services & _WITHOUT_STAR or len(services) > 1):
        return _guardrail(seen)
    if services == {"kms"} and not (for_all and all(each.denies for each in seen)):
        return "a key policy", Kind.KEY
    if services == {"s3"} and any(each.resources for each in seen):
        resources = [resource for each in seen for resource in each.resources]
        return ("a bucket policy", Kind.BUCKET) if all(map(_BUCKET.fullmatch, resources)) else ("a policy of S3", Kind.RESOURCE)
    if len(services) == 1 and not for_all and not services & _WITHOUT_STAR and _SERVICE.fullmatch(service := min(services)):
        return f"a resource-based policy of `{service}`", _OF_SERVICES.get(service, Kind.RESOURCE)
    return None


def _guardrail(seen: "list[_Statement]") -> tuple[str, Kind] | None:
    """Tell apart the types whose statements apply to everybody and all resources: resource control policies only deny."""
    if all(each.denies for each in seen):
        return "a resource control policy", Kind.RESOURCE_CONTROL
    return None if len(seen) == 1 and seen[0].services == {"*"} else ("a VPC endpoint policy", Kind.VPC_ENDPOINT)


@dataclass(frozen=True)
class _Statement:
    """The parts of a statement that reveal its type; the statement may have errors."""

    node: JsonObject

    @cached_property
    def names_principals(self) -> bool:
        return any(member.name in ("Principal", "NotPrincipal") for member in self.node.members)

    @cached_property
    def is_for_everybody(self) -> bool:
        return [
            member.value.value for member in self.node.members if member.name == "Principal" and isinstance(member.value, JsonString)
        ] == ["*"]

    @cached_property
    def denies(self) -> bool:
        return _strings(self.node, "Effect") == ["Deny"]

    @cached_property
    def actions(self) -> list[str]:
        return [action.lower() for name in ("Action", "NotAction") for action in _strings(self.node, name)]

    @cached_property
    def services(self) -> frozenset[str]:
        return frozenset(action.partition(":")[0] for action in self.actions)

    @cached_property
    def resources(self) -> list[str]:
        return [resource for name in ("Resource", "NotResource") for resource in _strings(self.node, name)]

    @cached_property
    def assumes_roles(self) -> bool:
        return bool(self.actions) and not self.resources and all(map(_TRUST.fullmatch, self.actions))


def _objects(node: JsonObject, name: str) -> Iterator[JsonObject]:
    return (each for each in _entries(node, name) if isinstance(each, JsonObject))


def _strings(node: JsonObject, name: str) -> list[str]:
    return [each.value for each in _entries(node, name) if isinstance(each, JsonString)]


def _entries(node: JsonObject, name: str) -> Iterator[JsonNode]:
    for member in node.members:
        if member.name == name:
            yield from member.value.items if isinstance(member.value, JsonArray) else (member.value,)
