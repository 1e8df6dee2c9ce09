"""Policies within files of other forms: in templates, in strings, in prose. They are counted and fixed, and never shown."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from iam2rego.ir.policy import Kind
from tests.support.accounts import Json

_DECODER: Final = json.JSONDecoder()
_STATEMENT: Final = "Statement"


def policies_in_text(text: str) -> Iterator[Json]:
    """Yield the policies in every JSON object that begins somewhere in a text."""
    start = text.find("{")
    while start >= 0:
        try:
            value, end = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError:
            end = start + 1
        else:
            yield from policies_in(value)
        start = text.find("{", end)


def policies_in(value: Any) -> Iterator[Json]:
    """Yield the policies in a JSON value, those in its strings too, but none within another."""
    match value:
        case {"Statement": list() | dict() as statements} if _are_statements(statements):
            yield value
        case dict():
            for each in value.values():
                yield from policies_in(each)
        case list():
            for each in value:
                yield from policies_in(each)
        case str() if _STATEMENT in value:
            yield from policies_in_text(value)


def _are_statements(statements: Any) -> bool:
    listed = statements if isinstance(statements, list) else [statements]
    return bool(listed) and all(isinstance(each, dict) and "Effect" in each for each in listed)


def kind_of(policy: Json) -> Kind:
    """Say of which kind a policy looks: that of a role, of another resource, or of an identity."""
    statements = policy[_STATEMENT]
    listed = statements if isinstance(statements, list) else [statements]
    if not any({"Principal", "NotPrincipal"} & each.keys() for each in listed):
        return Kind.IDENTITY
    actions = [action for each in listed for action in _texts(each.get("Action"))]
    return Kind.TRUST if any(each.lower().startswith("sts:assumerole") for each in actions) else Kind.RESOURCE


def _texts(value: Any) -> list[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def distinct(policies: Iterator[Json]) -> list[Json]:
    """Return the policies, each once, in the order in which they come."""
    return list({json.dumps(each, sort_keys=True): each for each in policies}.values())


def filled(value: Any, fill: Callable[[Mapping[str, Any]], Any]) -> Any:
    """Return a JSON value in which ``fill`` has replaced what functions of a template give: objects with one member, `Ref` or `Fn::`."""
    match value:
        case dict() if len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::")):
            return fill(value)
        case dict():
            return {name: filled(each, fill) for name, each in value.items()}
        case list():
            return [filled(each, fill) for each in value]
    return value
