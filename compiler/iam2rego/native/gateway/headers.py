"""Headers, whatever the case of their names."""

from typing import Final, TypeGuard

from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.templates import UNCLEAR

_OTHER_METHOD: Final = ("x-http-method", "x-http-method-override", "x-method-override")
_OTHER_PATH: Final = ("x-original-url", "x-rewrite-url")


def are_headers(sent: JsonValue) -> TypeGuard[dict[str, JsonValue]]:
    """Say whether a value is an object of headers with ASCII names; beyond ASCII, two characters can share a lower-case letter."""
    return isinstance(sent, dict) and all("!" <= character <= "~" for name in sent for character in name)


def header(sent: dict[str, JsonValue], name: str) -> JsonValue:
    """Return the value of a header: None if it is absent, `UNCLEAR` if it was or may have been sent twice."""
    given = _all(sent, name)
    if not given:
        return None
    only = given[0]
    return only if len(given) == 1 and isinstance(only, str) and "," not in only else UNCLEAR


def forwarded(sent: dict[str, JsonValue], hops: int) -> JsonValue:
    """Return the address that called the first of ``hops`` trusted proxies; `UNCLEAR` with two such headers, whose order is unknown."""
    match [value for spelled, value in sent.items() if spelled.lower() == "x-forwarded-for"]:
        case [str(text)]:
            given = [text]
        case [list(items)] if items and all(isinstance(item, str) for item in items):
            given = [str(item) for item in items]
        case _:
            return UNCLEAR
    addresses = ",".join(given).split(",")
    return addresses[-hops].strip(" \t") if hops <= len(addresses) else UNCLEAR


def other_request(sent: dict[str, JsonValue]) -> str:
    """Say why some servers read another request in this one; empty if none does."""
    names = {name.lower() for name in sent}
    if not names.isdisjoint(_OTHER_METHOD):
        return "a header asks for another method"
    return "" if names.isdisjoint(_OTHER_PATH) else "a header asks for another path"


def _all(sent: dict[str, JsonValue], name: str) -> list[JsonValue]:
    given: list[JsonValue] = []
    for spelled, value in sent.items():
        if spelled.lower() == name:
            given += value if isinstance(value, list) else [value]
    return given
