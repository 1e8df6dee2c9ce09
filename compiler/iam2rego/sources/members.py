"""Reads the members of JSON objects around policies: wrappers, policy sets, scenarios."""

from collections.abc import Iterable, Mapping, Sequence

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.syntax.report import did_you_mean, quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, JsonString, Member, kind


def has_any(node: JsonNode, names: Iterable[str]) -> bool:
    """Say whether ``node`` is an object with a member of one of these names."""
    return isinstance(node, JsonObject) and not {member.name for member in node.members}.isdisjoint(names)


def has_all(node: JsonNode, names: Iterable[str]) -> bool:
    """Say whether ``node`` is an object with members of all these names."""
    return isinstance(node, JsonObject) and {member.name for member in node.members}.issuperset(names)


def object_members(node: JsonNode, source: Source, what: str, known: Sequence[str] | None) -> Mapping[str, Member]:
    """Return the members of ``node`` by name; ``what`` is its name in messages, as in ``a scenario``. None: all are known.

    Raises:
        PolicyError: it is not an object, or has a member twice or one that is not ``known``.
    """
    if not isinstance(node, JsonObject):
        raise PolicyError([wrong_type(node, source, what, "an object")])
    refuse_repeated(node.members, source)
    unknown = [] if known is None else [_unknown(member, source, what, known) for member in node.members if member.name not in known]
    if unknown:
        raise PolicyError(unknown)
    return {member.name: member for member in node.members}


def refuse_repeated(members: Iterable[Member], source: Source) -> None:
    """Raise a `PolicyError` that names every duplicate member."""
    first: dict[str, Member] = {}
    repeated = [member for member in members if first.setdefault(member.name, member) is not member]
    if repeated:
        raise PolicyError(
            Diagnostic(Code.DUPLICATE_MEMBER, f"duplicate member {quote(each.name)}", source, each.name_span) for each in repeated
        )


def require(node: JsonNode, members: Mapping[str, Member], source: Source, what: str, names: Sequence[str]) -> None:
    """Raise a `PolicyError` that names every one of ``names`` that is missing."""
    if missing := [f"`{name}`" for name in names if name not in members]:
        noun = "member" if len(missing) == 1 else "members"
        message = f"{what} is missing the required {noun} {', '.join(missing)}"
        raise PolicyError([Diagnostic(Code.MISSING_SOURCE_MEMBER, message, source, node.span)])


def text_of(node: JsonNode, source: Source, what: str) -> str:
    """Return the text of a string node."""
    if not isinstance(node, JsonString):
        raise PolicyError([wrong_type(node, source, what, "a string")])
    return node.value


def items_of(node: JsonNode, source: Source, what: str) -> Sequence[JsonNode]:
    """Return the items of an array node."""
    if not isinstance(node, JsonArray):
        raise PolicyError([wrong_type(node, source, what, "an array")])
    return node.items


def wrong_type(node: JsonNode, source: Source, what: str, wanted: str) -> Diagnostic:
    """Say that ``what`` must be of the type ``wanted``."""
    return Diagnostic(Code.WRONG_SOURCE_TYPE, f"{what} must be {wanted}, not {kind(node)}", source, node.span)


def _unknown(member: Member, source: Source, what: str, known: Sequence[str]) -> Diagnostic:
    message = f"unknown member {quote(member.name)} in {what}"
    return Diagnostic(Code.UNKNOWN_SOURCE_MEMBER, message, source, member.name_span, did_you_mean(member.name, known))
