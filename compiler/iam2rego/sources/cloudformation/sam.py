"""Templates of SAM. AWS's own translator, which is the extra `sam`, makes templates of CloudFormation of them; it asks no network here."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any, Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.cloudformation.evaluation import inside
from iam2rego.sources.cloudformation.resolution import key_of
from iam2rego.sources.cloudformation.template import PROCESSED, type_of
from iam2rego.sources.files import TextFile
from iam2rego.sources.members import refuse_repeated
from iam2rego.sources.stacks import ASSUMED
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString, Member

_SAM: Final = "AWS::Serverless"
_APPLICATION: Final = "AWS::Serverless::Application"
_STACK: Final = "AWS::CloudFormation::Stack"
"""What SAM makes of an application; the translator would look for it in AWS's repository, over the network."""

_FUNCTION: Final = "AWS::Serverless::Function"
_CODE: Final = frozenset({"CodeUri", "InlineCode", "ImageUri"})
_LOCAL: Final = frozenset({"CodeUri", "ContentUri", "DefinitionUri", "SchemaUri"})
"""The properties that may be paths of local files, which the translator refuses; no policy depends on them."""

_PACKAGED: Final = "s3://bucket/key"
_IMAGE: Final = {"ImageUri": "111122223333.dkr.ecr.us-east-1.amazonaws.com/repository:latest"}

_REGION: Final = "us-east-1"
_PATTERN: Final = re.compile(r"[*?]|\$\{")
_SHORT: Final = re.compile("-?[0-9]{1,18}")
_NAMED: Final = re.compile(r"\[([^\[\]]*)\]")
_INSTALL: Final = f"install the extra `iam2rego[sam]`, or {PROCESSED}"
_FAILURES: Final = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What the translator raises, besides its own errors, about templates of another form than it expects."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A template without SAM: its tree, the names of the parameters that made it, and the place of SAM if the region is needed."""

    root: JsonNode
    used: frozenset[str] = frozenset()
    needs_region: Span | None = None


def translated(root: JsonNode, file: TextFile, parameters: Mapping[str, str]) -> Translated:
    """Return a template as it is without SAM. What SAM makes of a resource has the place of the resource's logical id.

    Raises:
        PolicyError: the translator is not installed, or refuses the template.
    """
    sections = _members(root)
    resources = _members(sections["Resources"].value) if "Resources" in sections else {}
    place = _place(sections, resources)
    if place is None:
        return Translated(root)
    if find_spec("samtranslator") is None:
        message = "the policies that SAM makes are not in its template"
        raise PolicyError([Diagnostic(Code.INVALID_TEMPLATE, message, file.source, place, _INSTALL)])
    bound, used = _bound(_members(sections["Parameters"].value) if "Parameters" in sections else {}, file, parameters)
    plain = _plain(root, file.source)
    try:
        made = _made(plain, bound)
    except _RefusedError as refusal:
        raise PolicyError(_errors(refusal, file.source, resources, place)) from None
    changed = [_section(made, plain, name, sections, place, file.source) for name in ("Resources", "Conditions")]
    needs_region = None if "AWS::Region" in bound or ASSUMED in parameters else place
    return Translated(JsonObject((*_others(root), *changed), root.span), used, needs_region)


def _place(sections: Mapping[str, Member], resources: Mapping[str, Member]) -> Span | None:
    """Return the place that says that a template is one of SAM."""
    if "Transform" in sections:
        node = sections["Transform"].value
        for each in node.items if isinstance(node, JsonArray) else (node,):
            if isinstance(each, JsonString) and each.value.startswith(_SAM):
                return each.span
    return next((each.name_span for each in resources.values() if (type_of(each.value) or "").startswith(f"{_SAM}::")), None)


def _bound(declared: Mapping[str, Member], file: TextFile, parameters: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """Return the values of parameters that are told, and the keys of these. A pattern is left for later, which warns of it."""
    values, used = dict(file.environment), set[str]()
    for name in (*declared, "AWS::Region", "AWS::Partition"):
        key = key_of(parameters, file.place.stem, name)
        if key is not None and not _PATTERN.search(parameters[key]):
            values[name] = parameters[key]
            used.add(key)
    return values, frozenset(used)


class _RefusedError(Exception):
    """The translator refuses a template; the arguments are its messages."""


def _made(plain: Any, bound: Mapping[str, str]) -> dict[str, Any]:
    """Return what the translator makes of a template, which stays as it is."""
    logging.getLogger("samtranslator").setLevel(logging.CRITICAL)
    failure = import_module("samtranslator.model.exceptions").ExceptionWithMessage
    translator = import_module("samtranslator.translator.translator").Translator
    parser = import_module("samtranslator.parser.parser").Parser
    region = SimpleNamespace(region_name=bound.get("AWS::Region", _REGION))
    try:
        made = translator({}, parser(), boto_session=region).translate(_packaged(plain), dict(bound))
        loaded: dict[str, Any] = json.loads(json.dumps(made))
    except failure as error:
        raise _RefusedError(*(each.message for each in getattr(error, "causes", [error]))) from None
    except _FAILURES:
        raise _RefusedError("SAM's translator cannot read this template") from None
    return loaded


def _packaged(plain: Any) -> Any:
    """Return a copy as the translator takes it: code is in a bucket, as after `sam package`, and applications are nested stacks."""
    copied = json.loads(json.dumps(plain))
    for each in _objects(copied.get("Globals")):
        _package(each)
    for each in _objects(copied.get("Resources")):
        if each.get("Type") == _APPLICATION:
            each["Type"] = _STACK
        elif str(each.get("Type")).startswith(_SAM) and isinstance(properties := each.get("Properties"), dict):
            _package(properties)
            if each["Type"] == _FUNCTION and not _CODE & properties.keys():
                properties.update(_IMAGE if properties.get("PackageType") == "Image" else {"CodeUri": _PACKAGED})
    return copied


def _package(properties: dict[str, Any]) -> None:
    """Replace the paths of local files."""
    for name in _LOCAL & properties.keys():
        if isinstance(value := properties[name], str) and not value.startswith("s3://"):
            properties[name] = _PACKAGED


def _objects(section: Any) -> list[dict[str, Any]]:
    return [each for each in section.values() if isinstance(each, dict)] if isinstance(section, dict) else []


def _errors(refusal: _RefusedError, source: Source, resources: Mapping[str, Member], place: Span) -> Iterator[Diagnostic]:
    """Yield the errors of the translator, each at the resource that it names."""
    for message in refusal.args:
        named = next((each for each in _NAMED.findall(message) if each in resources), None)
        yield Diagnostic(Code.INVALID_TEMPLATE, message, source, resources[named].name_span if named else place)


def _section(made: Mapping[str, Any], plain: Any, name: str, sections: Mapping[str, Member], place: Span, source: Source) -> Member:
    """Return a section of what was made; members that are as they were keep their places."""
    own = _members(sections[name].value) if name in sections else {}
    before = _packaged(plain).get(name, {})
    places = {each: inside(source, member.name_span) for each, member in own.items()}
    members = made.get(name, {}).items()
    kept = (own[each] if each in own and before.get(each) == value else _member(each, value, places, place) for each, value in members)
    return Member(name, place, JsonObject(tuple(kept), place))


def _member(name: str, value: Any, places: Mapping[str, Span], place: Span) -> Member:
    """Return a member that was made, with the place of the resource that its name begins with."""
    origin = max((each for each in places if name.startswith(each)), key=len, default=None)
    span = places[origin] if origin else place
    return Member(name, span, _node(value, span))


def _others(root: JsonNode) -> Iterator[Member]:
    """Yield the sections that SAM leaves alone, and what is left of the transforms."""
    for each in root.members if isinstance(root, JsonObject) else ():
        if each.name == "Transform":
            items = each.value.items if isinstance(each.value, JsonArray) else (each.value,)
            if left := tuple(item for item in items if not (isinstance(item, JsonString) and item.value.startswith(_SAM))):
                yield replace(each, value=JsonArray(left, each.value.span))
        elif each.name not in ("Resources", "Conditions", "Globals"):
            yield each


def _plain(node: JsonNode, source: Source) -> Any:
    """Return a value as Python's JSON has it, which the translator takes."""
    match node:
        case JsonObject(members=members):
            refuse_repeated(members, source)
            return {each.name: _plain(each.value, source) for each in members}
        case JsonArray(items=items):
            return [_plain(item, source) for item in items]
        case JsonNumber(text=text):
            return int(text) if _SHORT.fullmatch(text) else text
        case JsonString(value=value) | JsonBoolean(value=value):
            return value
        case JsonNull():
            return None


def _node(value: Any, span: Span) -> JsonNode:
    """Return a value of Python's JSON as a tree, all of it at one place."""
    match value:
        case dict():
            return JsonObject(tuple(Member(name, span, _node(each, span)) for name, each in value.items()), span)
        case list():
            return JsonArray(tuple(_node(each, span) for each in value), span)
        case bool():
            return JsonBoolean(value, span)
        case str():
            return JsonString(value, span)
        case None:
            return JsonNull(span)
        case _:
            return JsonNumber(str(value), span)


def _members(node: JsonNode) -> Mapping[str, Member]:
    return {each.name: each for each in node.members} if isinstance(node, JsonObject) else {}
