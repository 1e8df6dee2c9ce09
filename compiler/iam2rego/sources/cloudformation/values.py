"""Values of parameters and pseudo parameters, and dynamic references."""

import re
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Span
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNumber, JsonObject, JsonString

_SUFFIXES: Final = {"cn-": "amazonaws.com.cn", "": "amazonaws.com"}
_PARTITIONS: Final = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "": "aws"}
_LISTS: Final = re.compile(r"CommaDelimitedList|List<.*>|AWS::SSM::Parameter::Value<(?:CommaDelimitedList|List<.*>)>")
_OF_SSM: Final = "AWS::SSM::Parameter::Value<"
_DYNAMIC: Final = re.compile(r"\{\{resolve:([a-z-]+):([^{}]*)\}\}")
_REGION: Final = "us-east-1"
_ACCOUNT: Final = "123456789012"
_PSEUDO: Final = {
    "AccountId": _ACCOUNT,
    "NotificationARNs": f"arn:aws:sns:{_REGION}:{_ACCOUNT}:topic",
    "Partition": "",
    "Region": _REGION,
    "StackId": f"arn:aws:cloudformation:{_REGION}:{_ACCOUNT}:stack/stack/id",
    "StackName": "stack",
    "URLSuffix": "",
}
"""The pseudo parameters, with what is assumed where names are invented."""


def scalar_text(node: JsonNode) -> str | None:
    """Return the text of a string, number or boolean; None of any other value."""
    match node:
        case JsonString(value=text) | JsonNumber(text=text):
            return text
        case JsonBoolean(value=value):
            return "true" if value else "false"
        case _:
            return None


def pseudo(resolution: Resolution, name: str, span: Span) -> JsonNode:
    """Return the value of a pseudo parameter such as ``AWS::Region``. The partition and the URL suffix follow from the region."""
    if name.removeprefix("AWS::") not in _PSEUDO:
        resolution.refuse(f"{quote(name)} is no pseudo parameter", span)
    bound = resolution.outside(name, span)
    if bound is None and name not in ("AWS::Partition", "AWS::URLSuffix"):
        bound = resolution.need(name, span, _PSEUDO[name.removeprefix("AWS::")])
    if bound is not None:
        return _listed(bound, span) if name == "AWS::NotificationARNs" else JsonString(bound, span)
    region = resolution.outside("AWS::Region", span)
    if region is None:
        region = resolution.need("AWS::Region", span, _REGION)
    told = _PARTITIONS if name == "AWS::Partition" else _SUFFIXES
    return JsonString(next(value for begin, value in told.items() if region.startswith(begin)), span)


def parameter(resolution: Resolution, name: str, span: Span) -> JsonNode:
    """Return the value of a parameter: the one from outside, or else its default. That of an SSM parameter is only a name."""
    declared = resolution.template.parameters[name]
    members = {each.name: each.value for each in declared.members} if isinstance(declared, JsonObject) else {}
    kind = scalar_text(members["Type"]) or "" if "Type" in members else ""
    text = resolution.outside(name, span)
    if text is not None:
        _check(resolution, name, text, members, span)
    else:
        default = scalar_text(members["Default"]) if "Default" in members and not kind.startswith(_OF_SSM) else None
        if default is None:
            text = resolution.need(name, span, name)
        else:
            resolution.defaults[name] = default
            text = dynamic(resolution, default, span)
    return _listed(text, span) if _LISTS.fullmatch(kind) else JsonString(text, span)


def dynamic(resolution: Resolution, text: str, span: Span) -> str:
    """Fill dynamic references with values from outside. Secrets are refused: they have no place in a policy."""
    if "{{resolve:" not in text:
        return text
    filled: list[str] = []
    end = 0
    for found in _DYNAMIC.finditer(text):
        if found[1] != "ssm":
            resolution.refuse(f"{quote(found[0])} is a secret, which a policy must not hold", span)
        value = resolution.outside(found[0], span)
        if value is None:
            value = resolution.need(found[0], span, found[2])
        filled += (text[end : found.start()], value)
        end = found.end()
    return "".join((*filled, text[end:]))


def _listed(text: str, span: Span) -> JsonArray:
    return JsonArray(tuple(JsonString(each.strip(), span) for each in text.split(",")), span)


def _check(resolution: Resolution, name: str, text: str, declared: dict[str, JsonNode], span: Span) -> None:
    """Refuse a value that the parameter does not allow."""
    complaint = _complaint(text, declared)
    if complaint:
        message = f"the value of `{name}`, {quote(text)}, {complaint}"
        resolution.tell(Diagnostic(Code.INVALID_PARAMETER, message, resolution.source, span, "see `Parameters` in the template"))
        raise UnresolvedError


def _complaint(text: str, declared: dict[str, JsonNode]) -> str | None:
    rules = {each: scalar_text(node) for each, node in declared.items()}
    allowed = declared.get("AllowedValues")
    kind = rules.get("Type") or ""
    values = [each.strip() for each in text.split(",")] if _LISTS.fullmatch(kind) else [text]
    if isinstance(allowed, JsonArray) and not {*values} <= {scalar_text(each) for each in allowed.items}:
        return "is not one of the allowed values"
    if (pattern := rules.get("AllowedPattern")) and not _fits(pattern, text):
        return f"does not have the form {quote(pattern)}"
    return _out_of_bounds(len(text), rules, "MinLength", "MaxLength") or (
        _out_of_bounds(_number(text), rules, "MinValue", "MaxValue") if kind == "Number" else None
    )


def _fits(pattern: str, text: str) -> bool:
    """Return whether the whole text has a form; one that only Java knows is not judged."""
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True


def _out_of_bounds(size: float | None, rules: dict[str, str | None], least: str, most: str) -> str | None:
    low, high = (_number(rules.get(each) or "") for each in (least, most))
    if size is None:
        return "is not a number"
    if low is not None and size < low:
        return f"is less than `{least}` allows"
    return f"is more than `{most}` allows" if high is not None and size > high else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
