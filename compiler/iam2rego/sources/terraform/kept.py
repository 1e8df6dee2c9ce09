"""Reads a state as Terraform keeps it, of version 4: resources with their instances."""

import json
from collections.abc import Mapping
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.jsontext import JsonValue, Number
from iam2rego.sources.terraform.addresses import address_of
from iam2rego.sources.terraform.resources import Reader, Resource

_VERSION: Final = "4"
_HINT: Final = "`terraform show -json FILE` prints a state of any version in a form that is read"


def read_kept(reader: Reader, members: Mapping[str, int]) -> None:
    """Read the resources of a state, by the offsets of its members.

    Raises:
        PolicyError: it is of another version, or has another form.
    """
    text = reader.plan.text
    version = text.decode(members["version"])[0]
    if not isinstance(version, Number) or version.text != _VERSION:
        text.refuse(Code.UNKNOWN_SOURCE, "the version of this state is not read", text.span(members["version"]), _HINT)
    if "resources" in members:
        text.array(members["resources"], "`resources`", lambda _, at: _resource(reader, at))


def _resource(reader: Reader, start: int) -> int:
    text = reader.plan.text
    value, end = text.decode(start)
    with reader.problems.collected():
        if not isinstance(value, dict):
            text.wrong_type(value, text.span(start), "a resource", "an object")
        mode, kind, name = (reader.string(value, start, each) for each in ("mode", "type", "name"))
        module = reader.string(value, start, "module") if "module" in value else ""
        if reader.wanted(mode, kind):
            _instances(reader, value, start, ".".join(each for each in (module, kind, name) if each))
    return end


def _instances(reader: Reader, resource: Mapping[str, JsonValue], start: int, address: str) -> None:
    text = reader.plan.text
    instances = resource.get("instances")
    if not isinstance(instances, list):
        text.wrong_type(instances, text.place(start, "instances"), "`instances`", "an array")
    text.refuse_surrogates(address, lambda: text.place(start, "name"))
    for instance, at in zip(instances, text.items(start, "instances"), strict=True):
        if not isinstance(instance, dict):
            text.wrong_type(instance, text.span(at), "an instance", "an object")
        values = instance.get("attributes")
        if not isinstance(values, dict):
            text.wrong_type(values, text.span(at), "`attributes`", "an object")
        whole = f"{address}{_key(instance.get('index_key'))}"
        parts = address_of(whole)
        if parts is None:
            text.refuse(Code.WRONG_SOURCE_TYPE, "the names here do not make an address", text.span(at))
        if "deposed" not in instance:
            reader.plan.resources.append(Resource(whole, parts, values, None, False, at, ("attributes",)))


def _key(key: JsonValue) -> str:
    match key:
        case str():
            return f"[{json.dumps(key, ensure_ascii=False)}]"
        case Number(text=text):
            return f"[{text}]"
        case _:
            return ""
