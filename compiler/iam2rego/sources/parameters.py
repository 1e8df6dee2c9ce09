"""Reads the values of `<placeholders>`: ``NAME=VALUE`` pairs, and files with one table of names to strings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.sources.files import read_path
from iam2rego.sources.members import object_members, refuse_repeated, require, text_of
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.toml import parse_toml
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString

_FROM_COMMAND_LINE: Final = Source("--param", "")
_PAIR: Final = re.compile(
    r"((?:[^./=][^=]*/)?"  # the name of a file, if the parameter is for that one only
    r"(?:[A-Za-z_][A-Za-z0-9_-]*"
    r"|AWS::[A-Za-z]+"
    r"|[A-Za-z_][A-Za-z0-9_-]*(?:[.\[][^=/]*)"
    r"|import:[^=]+"
    r"|\{\{resolve:[^=]+\}\}))"
    r"=(.*)",
    re.DOTALL,
)
"""A pair: before the first `=` is the name of a placeholder or of a value in a template, so ``./a=b`` is a path."""
_BOTH_WAYS: Final = "bind one placeholder by NAME=VALUE, or name a TOML or JSON file with a table of names to strings"
_JSON: Final = re.compile(r"\s*(?:\{|\[\s*(?:\{|\"[^\"]*=))")


def parameters(given: Sequence[str]) -> Mapping[str, str]:
    """Return the parameters by name. What is ``given`` are pairs and paths of files; a pair wins over a file, a file over those before it.

    Raises:
        PolicyError: something is neither a pair nor a file, two pairs give a name two values, or a file has another form.
    """
    bound: dict[str, str] = {}
    for path in files_among(given):
        bound |= _from_file(path)
    return bound | _from_pairs(each for each in map(_PAIR.fullmatch, given) if each)


def files_among(given: Iterable[str]) -> list[str]:
    """Return what is not ``NAME=VALUE``: the paths of files."""
    return [each for each in given if not _PAIR.fullmatch(each)]


def _from_pairs(pairs: Iterable[re.Match[str]]) -> dict[str, str]:
    bound: dict[str, str] = {}
    for name, value in (pair.groups() for pair in pairs):
        if bound.setdefault(name, value) != value:
            raise _refused(f"the parameter `{name}` has two values", _FROM_COMMAND_LINE)
    return bound


def _from_file(path: str) -> dict[str, str]:
    """Read JSON where the text starts as an object or a list of such or of texts, TOML otherwise: no TOML starts with a brace."""
    if not path:
        raise _refused("this is empty", _FROM_COMMAND_LINE, hint=_BOTH_WAYS)
    try:
        source = read_path(path)
    except PolicyError as error:
        raise PolicyError([replace(each, hint=each.hint or _BOTH_WAYS) for each in error.diagnostics]) from None
    if _JSON.match(source.text):
        return _from_json(source)
    return _texts(parse_toml(source, Code.BAD_PARAMETERS), source)


def _from_json(source: Source) -> dict[str, str]:
    """Read a table of names to strings, or what the AWS CLI takes and prints as the parameters of a stack."""
    root = parse_json(source)
    if isinstance(root, JsonArray):
        return dict(_of_stack(item, source) for item in root.items)
    assert isinstance(root, JsonObject)
    refuse_repeated(root.members, source)
    if [member.name for member in root.members] == ["Parameters"] and isinstance(table := root.members[0].value, JsonObject):
        root = table
    return _texts(root, source)


def _texts(table: JsonObject, source: Source) -> dict[str, str]:
    return {member.name: text_of(member.value, source, f"the parameter `{member.name}`") for member in table.members}


def _of_stack(node: JsonNode, source: Source) -> tuple[str, str]:
    """Return one parameter of a stack: ``{"ParameterKey": NAME, "ParameterValue": VALUE}``, or the text ``NAME=VALUE``."""
    if isinstance(node, JsonString) and (pair := _PAIR.fullmatch(node.value)):
        return pair[1], pair[2]
    members = object_members(node, source, "a parameter", None)
    require(node, members, source, "a parameter", ("ParameterKey", "ParameterValue"))
    name, value = (text_of(members[each].value, source, f"`{each}`") for each in ("ParameterKey", "ParameterValue"))
    return name, value


def _refused(message: str, source: Source, hint: str = "") -> PolicyError:
    return PolicyError([Diagnostic(Code.BAD_PARAMETERS, message, source, hint=hint)])
