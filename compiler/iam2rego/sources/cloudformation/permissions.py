"""Makes resource policies of `AWS::Lambda::Permission`: all permissions of a function are one policy, with a statement each."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.source import Span
from iam2rego.sources.cloudformation.evaluation import call_of, sure_text
from iam2rego.sources.cloudformation.found import Found, Policy, leave
from iam2rego.sources.cloudformation.names import attribute
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError, resolved_all
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.lambda_permissions import principal_type
from iam2rego.sources.listed import Outcome
from iam2rego.sources.places import Place
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member

PERMISSION: Final = Place(("FunctionName",), Kind.RESOURCE, "FunctionName")

_TYPE: Final = "AWS::Lambda::Permission"
_TESTS: Final = {
    "SourceArn": ("ArnLike", "aws:SourceArn"),
    "SourceAccount": ("StringEquals", "aws:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
}
_ARN: Final = re.compile(r"arn:[^:]*:lambda:[^:]*:[^:]*:function:.+", re.DOTALL)


def function_of(node: JsonNode) -> str | None:
    """Return the logical id of the function that a value refers to; None if it is a name or an ARN."""
    call = call_of(node)
    match call:
        case Member(name="Ref", value=JsonString(value=name)):
            return name
        case Member(name="Fn::GetAtt", value=JsonArray(items=(JsonString(value=name), JsonString(value="Arn")))):
            return name
        case Member(name="Fn::GetAtt", value=JsonString(value=text)) if text.endswith(".Arn"):
            return text.removesuffix(".Arn")
        case _:
            return None


def take_permissions(resolution: Resolution, file: str, found: Found) -> None:
    """Add the policies of functions."""
    groups: dict[str, list[Resource]] = {}
    for resource in resolution.template.resources.values():
        if resource.type == _TYPE and resource.logical_id in found.created:
            groups.setdefault(_function(resolution, resource), []).append(resource)
        elif resource.type == _TYPE:
            leave(resolution, Policy(f"{resolution.stem}/{resource.logical_id}", resource, PERMISSION, "", resource.span), found)
    for function, permissions in groups.items():
        _take(resolution, function, permissions, file, found)


def _function(resolution: Resolution, permission: Resource) -> str:
    """Return the logical id of a permission's function, or its name, or else the id of the permission."""
    member = permission.properties.get("FunctionName")
    if member is None:
        return permission.logical_id
    local = function_of(member.value)
    if local is not None and local in resolution.template.resources:
        return local
    with resolution.apart():
        try:
            return sure_text(resolution, member.value)
        except UnresolvedError:
            return permission.logical_id


def _take(resolution: Resolution, function: str, permissions: list[Resource], file: str, found: Found) -> None:
    first, last = permissions[0], permissions[-1]
    name = function if function in resolution.template.resources else first.logical_id
    span = first.span.to(last.span)
    policy = Policy(f"{resolution.stem}/{name}", first, PERMISSION, "", span)
    with resolution.noted() as needs:
        try:
            statements = resolved_all(partial(_statement, resolution), permissions)
        except UnresolvedError:
            found.note(policy, Outcome.NEEDS_NAMES, needs)
            found.unread.append(policy)
            return
    members = (
        Member("Version", first.span, JsonString("2012-10-17", first.span)),
        Member("Statement", span, JsonArray((*statements,), span)),
    )
    found.policies.append(policy)
    found.note(policy, Outcome.READ)
    found.documents.append(RawDocument(policy.name, file, JsonObject(members, span), resolution.source, FORMS[Kind.RESOURCE]))


def _statement(resolution: Resolution, permission: Resource) -> JsonObject:
    """Return the statement that a permission adds to the policy of its function."""
    span, parts = permission.span, permission.properties
    for name in ("Action", "Principal", "FunctionName"):
        if name not in parts:
            resolution.refuse(f"the permission `{permission.logical_id}` has no `{name}`", span)
    values = {name: _text(resolution, member) for name, member in parts.items() if name in ("Action", "Principal", *_TESTS)}
    known = {name: value for name, value in values.items() if value is not None}
    members = [
        Member("Sid", span, JsonString(permission.logical_id, span)),
        Member("Effect", span, JsonString("Allow", span)),
        Member("Principal", parts["Principal"].name_span, _principal(known["Principal"], parts["Principal"].name_span)),
        Member("Action", parts["Action"].name_span, known["Action"]),
    ]
    arn = _function_arn(resolution, parts["FunctionName"].value)
    if arn:
        place = parts["FunctionName"].value.span
        members.append(Member("Resource", parts["FunctionName"].name_span, JsonString(arn, place)))
    if tests := tuple(_tests(known, permission)):
        members.append(Member("Condition", span, JsonObject(tests, span)))
    return JsonObject(tuple(members), span)


def _text(resolution: Resolution, member: Member) -> JsonString:
    return JsonString(sure_text(resolution, member.value), member.value.span)


def _principal(value: JsonString, place: Span) -> JsonNode:
    if value.value == "*":
        return value
    return JsonObject((Member(principal_type(value.value), place, value),), value.span)


def _tests(known: dict[str, JsonString], permission: Resource) -> Iterator[Member]:
    """Yield the members of a `Condition`: an operator each, with its keys."""
    for operator in dict.fromkeys(operator for operator, _ in _TESTS.values()):
        keys = tuple(
            Member(key, permission.properties[name].name_span, known[name])
            for name, (of, key) in _TESTS.items()
            if of == operator and name in known
        )
        if keys:
            yield Member(operator, keys[0].name_span, JsonObject(keys, keys[0].value.span))


def _function_arn(resolution: Resolution, node: JsonNode) -> str | None:
    """Return the ARN of a function; None if it is not known here: then the statement is for the function that has the policy."""
    local = function_of(node)
    with resolution.apart():
        try:
            value = attribute(resolution, local, "Arn", node.span) if local and local in resolution.template.resources else None
            text = value.value if isinstance(value, JsonString) else sure_text(resolution, node)
        except UnresolvedError:
            return None
    return text if _ARN.fullmatch(text) else None
