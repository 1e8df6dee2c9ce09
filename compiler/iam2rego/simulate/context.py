"""Turns the context entries of a simulation into the context of a request."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Diagnostic
from iam2rego.jsontext import JsonValue
from iam2rego.simulate.check import invalid
from iam2rego.source import Source
from iam2rego.sources.members import require
from iam2rego.sources.problems import Problems
from iam2rego.syntax.keys import fold
from iam2rego.syntax.literals import is_address, is_base64, is_boolean, is_date, is_number
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString

_LIST: Final = "List"
_READABLE: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {"string": lambda _: True, "numeric": is_number, "boolean": is_boolean, "ip": is_address, "binary": is_base64, "date": is_date}
)
_NEEDED: Final = ("ContextKeyName", "ContextKeyValues", "ContextKeyType")


def read_context(entries: Sequence[JsonNode], source: Source, problems: Problems) -> dict[str, JsonValue]:
    """Return the values by key. Types that are not lists have a single value, which differs from a list of one (C6)."""
    context: dict[str, JsonValue] = {}
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        what = f"ContextEntries.{number}"
        with problems.collected():
            name, values, type_ = _members(entry, source, what)
            problems.add(_wrong(values, type_, what, source))
            if fold(name.value) in seen:
                problems.add([invalid(source, name.span, f"the context key {quote(name.value)} already has an entry")])
            seen.add(fold(name.value))
            texts = [each.value for each in _texts(values)]
            context[name.value] = list(texts) if type_.value.endswith(_LIST) else "".join(texts)
    return context


def _members(entry: JsonNode, source: Source, what: str) -> tuple[JsonString, JsonArray, JsonString]:
    assert isinstance(entry, JsonObject), "the form has been checked"
    members = {member.name: member for member in entry.members}
    require(entry, members, source, f"`{what}`", _NEEDED)
    name, values, type_ = (members[each].value for each in _NEEDED)
    assert isinstance(name, JsonString)
    assert isinstance(values, JsonArray)
    assert isinstance(type_, JsonString)
    return name, values, type_


def _texts(values: JsonArray) -> list[JsonString]:
    return [each for each in values.items if isinstance(each, JsonString)]


def _wrong(values: JsonArray, type_: JsonString, what: str, source: Source) -> Iterator[Diagnostic]:
    """Report values that are not of the type, since they would match nothing (C15), and a number of values other than one."""
    base = type_.value.removesuffix(_LIST)
    if base == type_.value and len(values.items) != 1:
        hint = f"give one value, or the type `{base}{_LIST}` if the key has a list of values"
        yield invalid(source, values.span, f"`{what}` of the type `{base}` must have one value, not {len(values.items)}", hint)
    for each in _texts(values):
        if not _READABLE[base](each.value):
            yield invalid(source, each.span, f"{quote(each.value)} is not of the type `{base}`")
