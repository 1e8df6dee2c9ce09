"""The target of a request: its path, and its query string."""

from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.percent import decode, plain
from iam2rego.native.gateway.templates import UNCLEAR

_OF_SEGMENTS: Final = plain("!$&'()*+,.:=@_~-")
_OF_QUERIES: Final = plain("!$'()*,./:?@_~-=")
_NOT_IN_SEGMENTS: Final = frozenset("/\\%;")


def segments(target: str) -> list[str] | None:
    """Return the segments of the path, an empty list for ``/``; None if servers read the path in different ways."""
    path = target.partition("?")[0]
    if path == "/":
        return []
    first, *written = path.split("/")
    decoded = [_segment(each) for each in written]
    if first or not decoded or None in decoded:
        return None
    return [each for each in decoded if each is not None]


def _segment(written: str) -> str | None:
    decoded = decode(written, _OF_SEGMENTS)
    if decoded in (None, "", ".", "..") or _NOT_IN_SEGMENTS & set(decoded or ""):
        return None
    return decoded


def parameter(target: str, name: str) -> JsonValue:
    """Return a parameter of the query string: None if it is absent, `UNCLEAR` if servers read it in different ways."""
    _, mark, query = target.partition("?")
    if not mark:
        return None
    pairs = [_pair(each) for each in query.split("&")]
    if any(key is None or value is None for key, value in pairs):
        return UNCLEAR
    found = [value for key, value in pairs if key == name]
    return None if not found else found[0] if len(found) == 1 else UNCLEAR


def _pair(written: str) -> tuple[str | None, str | None]:
    name, _, value = written.partition("=")
    return decode(name, _OF_QUERIES), decode(value, _OF_QUERIES)
