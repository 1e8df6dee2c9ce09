"""Reads what AWS says about stacks: the names of their resources, the values of their parameters, and exports."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.files import read_path
from iam2rego.sources.members import items_of, object_members
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonString, Member

STACK: Final = "stack:"
"""Names that a file of `--stack` tells begin with this among the parameters."""
ASSUMED: Final = f"{STACK}*"
"""The parameter that lets names be invented (`--assume-names`)."""

_LISTS: Final = ("StackResources", "StackResourceSummaries", "Stacks", "Exports")
_HINT: Final = "print it by `aws cloudformation describe-stack-resources`, `list-stack-resources`, `describe-stacks` or `list-exports`"
_HIDDEN: Final = "****"
"""What AWS prints instead of the value of a parameter with `NoEcho`."""

_FIELDS: Final = 6
_Members = Mapping[str, Member]


def stack_names(paths: Sequence[str]) -> Mapping[str, str]:
    """Return the names that files of stacks tell, each with `STACK` before it.

    Raises:
        PolicyError: a file cannot be read or is not what the AWS CLI prints, or two tell a name differently.
    """
    told: dict[str, str] = {}
    for path in paths:
        source = read_path(path)
        for name, value, span in _names(parse_json(source), source):
            if told.setdefault(f"{STACK}{name}", value) != value:
                raise _refused(
                    f"`{name}` is {quote(told[STACK + name])} in another file of --stack", source, span, "name one stack at a time"
                )
    return told


def _names(root: JsonNode, source: Source) -> Iterator[tuple[str, str, Span]]:
    members = object_members(root, source, "the description of a stack", None)
    found = [name for name in _LISTS if name in members]
    if not found:
        raise _refused("this does not describe a stack", source, root.span, _HINT)
    for name in found:
        items = items_of(members[name].value, source, f"`{name}`")
        if name == "Stacks" and len(items) > 1:
            raise _refused("this describes several stacks", source, items[1].span, "name one: `--stack-name NAME`")
        for item in items:
            yield from _OF[name](object_members(item, source, f"an item of `{name}`", None), source)


def _of_resource(item: _Members, source: Source) -> Iterator[tuple[str, str, Span]]:
    logical, physical = _text(item, "LogicalResourceId"), _text(item, "PhysicalResourceId")
    if logical and physical:
        yield logical.value, physical.value, physical.span
    yield from _of_stack(item, source)


def _of_stack(item: _Members, source: Source) -> Iterator[tuple[str, str, Span]]:
    name, identity = _text(item, "StackName"), _text(item, "StackId")
    if name:
        yield "AWS::StackName", name.value, name.span
    fields = identity.value.split(":") if identity else []
    if identity and len(fields) == _FIELDS:
        yield "AWS::StackId", identity.value, identity.span
        for index, pseudo in ((1, "Partition"), (3, "Region"), (4, "AccountId")):
            yield f"AWS::{pseudo}", fields[index], identity.span
    for parameter in items_of(item["Parameters"].value, source, "`Parameters`") if "Parameters" in item else ():
        members = object_members(parameter, source, "a parameter", None)
        key, value = _text(members, "ParameterKey"), _text(members, "ResolvedValue") or _text(members, "ParameterValue")
        if key and value and value.value != _HIDDEN:
            yield key.value, value.value, value.span


def _of_export(item: _Members, _: Source) -> Iterator[tuple[str, str, Span]]:
    name, value = _text(item, "Name"), _text(item, "Value")
    if name and value:
        yield f"import:{name.value}", value.value, value.span


_OF: Final = {"StackResources": _of_resource, "StackResourceSummaries": _of_resource, "Stacks": _of_stack, "Exports": _of_export}


def _text(members: _Members, name: str) -> JsonString | None:
    value = members[name].value if name in members else None
    return value if isinstance(value, JsonString) else None


def _refused(message: str, source: Source, span: Span, hint: str) -> PolicyError:
    return PolicyError([Diagnostic(Code.BAD_PARAMETERS, message, source, span, hint)])
