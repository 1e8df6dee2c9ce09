"""In which ways a service may read what has reached it, and which resource it would serve."""

import re
from collections.abc import Iterator
from posixpath import normpath
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from iam2rego.jsontext import JsonValue
from tests.gateway.routes import ROUTES, meant

_OVERRIDES: Final = ("x-http-method-override", "x-http-method", "x-method-override")
_PATHS: Final = ("x-original-url", "x-rewrite-url", "x-envoy-original-path")
_PATTERNS: Final = tuple((route, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path), re.DOTALL)) for route in ROUTES)


def served(head: bytes) -> list[JsonValue]:
    """Return the IAM requests that a service, in one way or another, takes a request for; empty where it knows no such route."""
    line, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = line.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
    methods = {method.upper(), *(headers[name].upper() for name in _OVERRIDES if name in headers)}
    targets = {target, *(headers[name] for name in _PATHS if name in headers)}
    paths = {path for each in targets for path in readings(each)}
    return [request for each in methods for path in sorted(paths) for request in routed(each, path, headers.get("x-user", ""))]


def readings(target: str) -> Iterator[str]:
    """The paths that a target may be read as."""
    path = urlsplit(target).path if "://" in target else re.split(r"[?#]", target)[0]
    once, twice = unescaped(path), unescaped(unescaped(path))
    for each in (path, once, twice, overlong(path)):
        for shorn in (each, each.partition("\0")[0], re.sub(r";[^/]*", "", each)):
            yield shorn
            yield cleaned(shorn)


def unescaped(path: str) -> str:
    return unquote_to_bytes(path).decode("utf-8", "replace")


def overlong(path: str) -> str:
    """As a decoder reads it that takes two octets for an ASCII character."""
    return unescaped(re.sub("(?i)%c0%ae", ".", re.sub("(?i)%c0%af", "/", path)))


def cleaned(path: str) -> str:
    """Backslashes are slashes, many slashes one, dots are followed, a slash at the end is none."""
    return normpath("/" + path.replace("\\", "/").lstrip("/"))


def routed(method: str, path: str, user: str) -> Iterator[JsonValue]:
    for route, pattern in _PATTERNS:
        if route.method == method and (found := pattern.fullmatch(path)):
            yield meant(route, user, found.groupdict())
