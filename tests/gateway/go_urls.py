"""How Go's `net/url` reads the path of a request, as opa-envoy-plugin has it read: `url.Parse`, then the path split and the query."""

import re
from typing import Final
from urllib.parse import unquote_plus, unquote_to_bytes

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def parsed(url: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the segments of the path and the parameters of the query; raise `ValueError` where Go has an error."""
    if _CONTROL.search(url):
        raise ValueError("invalid control character in URL")
    rest, _, fragment = url.partition("#")
    path, _, query = rest.partition("?")
    path = _after_authority(path)
    if _BROKEN.search(path) or _BROKEN.search(fragment):
        raise ValueError("invalid URL escape")
    return _text(unquote_to_bytes(path)).lstrip("/").split("/"), _parameters(query)


def _after_authority(path: str) -> str:
    """Go takes what follows two slashes for a host, unless a third one follows; after a scheme without a slash it sees no path."""
    if scheme := _SCHEME.match(path):
        path = path[scheme.end() :]
        if not path.startswith("/"):
            return ""
    elif ":" in path.partition("/")[0]:
        raise ValueError("first path segment in URL cannot contain colon")
    if path.startswith("//") and not path.startswith("///"):
        _, slash, rest = path[2:].partition("/")
        return slash + rest
    return path


def _parameters(query: str) -> dict[str, list[str]]:
    """Pairs that Go cannot read are left out, as `URL.Query` does it."""
    parameters: dict[str, list[str]] = {}
    for pair in filter(None, query.split("&")):
        if ";" not in pair and not _BROKEN.search(pair):
            name, _, value = pair.partition("=")
            parameters.setdefault(unquote_plus(name, errors="replace"), []).append(unquote_plus(value, errors="replace"))
    return parameters


def _text(octets: bytes) -> str:
    """What is no UTF-8 is a replacement character in the JSON that Go writes."""
    return octets.decode("utf-8", "replace")
