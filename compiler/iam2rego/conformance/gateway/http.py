"""HTTP requests: matches of every route, near misses, and those of attackers and broken clients."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from iam2rego.conformance.gateway.asked import Asked
from iam2rego.conformance.gateway.odd import ACCOUNT, ODD, as_object, without
from iam2rego.conformance.gateway.words import Words
from iam2rego.ir.gateway import (
    ClaimValue,
    HeaderValue,
    HttpGateway,
    Part,
    PathSegment,
    QueryValue,
    Route,
    SegmentValue,
    Template,
    Value,
    templates_of,
)
from iam2rego.ir.pattern import Text
from iam2rego.jsontext import JsonValue, Number

if TYPE_CHECKING:
    from iam2rego.conformance.gateway.signing import Signer  # needs PyJWT, which is an extra

_HITS: Final = 40
"""How many well-formed requests each route gets."""

_USERS: Final = f"arn:aws:iam::{ACCOUNT}:user/"

_SEGMENTS: Final = (
    *("", ".", "..", "%2e", "%2E%2e", ".%2e", "...", "a%2Fb", "%2f", "a%5Cb", "a\\b", "a%00", "%00", "a%0Ab", "a%7F", "%C2%85"),
    *("a;b", "a;v=1", "a%3Bb", "a#b", "a%23b", "%", "%2", "a%zz", "%%32%66", "a%252Fb", "%25", "a+b", "a%2Bb", "a%20b", "a b", "a&b=c"),
    *("%C3%A9", "\u00e9", "%c3%a9", "%F0%9F%98%80", "%C0%AF", "%c1%81", "%E0%80%AF", "%F0%80%80%AF", "%ED%A0%80", "%F4%90%80%80"),
    *("%E2%82%AC", "%C3", "%A9", "%EF%BF%BE", "%C2%A0", "%80", "a:b", "a%3Ab", "*", "a*", "%2A", "%3F", "a%3Fb", "$", "%24%7Bx%7D"),
    *("{cluster}", "%7Bcluster%7D", "(a)", "'", "%22", "~", "a,b", "a@b", "a=b", "|", "^", "<", "A", "a%", "/", "//"),
)
"""Segments as they are sent, in place of one that a route names."""

_QUERIES: Final = (
    *("{0}", "{0}=", "{0}=a", "{0}=a&{0}=b", "{0}=a&{0}=a", "x=1&{0}=a&y", "{0}=a;x=1", "{0}=a+b", "{0}=a%2Bb", "{0}=a%20b", "{0}=%zz"),
    *("{0}=%C0%AF", "{0}=a%00", "{0}=%C3%A9", "{0}=\u00e9", "{0}=a=b", "{0}=a?b", "{0}=a%26x", "{0}=a#b", "{0}=%2F..%2F", "%zz=1&{0}=a"),
    *("&&{0}=a&", "=x&{0}=a", "", "%{0}=a", "{0}%00=a", "{0}=*", "{0}[]=a", " {0}=a", "{0}=a\n", "{0}=%F0%9F%98%80", "{0}=a%25b"),
)
"""Query strings; ``{0}`` is the name of a parameter."""

_TEXTS: Final = ("", "a", "a,b", "a/b", "../a", "a:b", "*", "a*", "?", "$", "${aws:username}", "a\\b", "a b", " a", "\u00e9", "\U0001f600")
_LISTS: Final[tuple[list[JsonValue], ...]] = (["a"], ["a", "b"], ["a,b"], [], [Number("1"), "a"])
_VALUES: Final[tuple[JsonValue, ...]] = (*_TEXTS, *_LISTS, True, Number("7"), Number("1e2"), None, {"a": "b"}, {})
"""Values of headers and claims."""

_FORWARDED: Final = ("", "10.0.0.1", "10.0.0.1, 10.0.0.2", "a,b ,  c,d", ",", "::1,2001:db8::1")

_OTHERS: Final = (
    "X-HTTP-Method-Override",
    "x-http-method",
    "x-method-override",
    "X-Original-URL",
    "x-rewrite-url",
    "X-Or\u0130ginal-URL",
    "x-\u212aey",
    "x y",
    "",
)
"""Headers that replace the method or the path for some servers, and malformed names."""


def http_questions(gateway: HttpGateway, words: Words, seed: int, signer: "Signer | None") -> Iterator[JsonValue]:
    """Yield documents for each route, the first a match; without a ``signer`` of tokens, no document has claims that OPA verifies."""
    for number, route in enumerate(gateway.routes):
        random = Random(f"{seed}/{number}")
        yield from (_signed(each, signer).document(gateway) for each in _questions(gateway, route, words, random))
    hit = _hit(gateway, gateway.routes[0], words, Random(seed))
    yield from (each.document(gateway) for each in _bearing(hit, signer))


def _signed(asked: Asked, signer: "Signer | None") -> Asked:
    return asked.bearing(signer.wanted.header, signer.token(asked.claims)) if signer else asked


def _bearing(asked: Asked, signer: "Signer | None") -> Iterator[Asked]:
    """Yield the request with tokens that are rare or must be rejected."""
    if signer:
        header, good = signer.wanted.header, signer.token(asked.claims)
        for token in (*signer.unsound(asked.claims), *signer.unusual(asked.claims), f" {good}", f"{good},{good}", f"{good} x"):
            yield asked.bearing(header, token)
        listed: tuple[JsonValue, ...] = ([f"Bearer {good}"], [f"Bearer {good}", f"Bearer {good}"])
        for value in (*listed, good, f"bearer {good}", f"Basic {good}", f"BEARER  {good}"):
            yield replace(asked, headers={**as_object(asked.headers), header: value})


def _questions(gateway: HttpGateway, route: Route, words: Words, random: Random) -> Iterator[Asked]:
    hits = [_hit(gateway, route, words, random) for _ in range(_HITS)]
    yield from hits
    yield from _near(hits[0])
    yield from _paths(route, hits[0])
    parts = [part for template in _templates(gateway, route) for part in template]
    yield from _told(parts, hits[0])
    yield from _sent(gateway, hits[0])


def _templates(gateway: HttpGateway, route: Route) -> Iterator[Template]:
    yield gateway.principal
    yield from (entry.value for entry in gateway.context)
    yield from templates_of(route)


def _hit(gateway: HttpGateway, route: Route, words: Words, random: Random) -> Asked:
    parts = [part for template in _templates(gateway, route) for part in template]

    def drawn(value: Value) -> str:
        return ACCOUNT if value in (route.resource_account or ()) else words.draw(random)

    path = "".join(f"/{quote(_segment(segment, drawn), safe='')}" for segment in route.path) or "/"
    query = "&".join(f"{quote(name)}={quote(drawn(QueryValue(name=name)))}" for name in _names(parts, QueryValue))
    headers: dict[str, JsonValue] = {name: drawn(HeaderValue(name=name)).replace(",", "") for name in _names(parts, HeaderValue)}
    headers |= {"x-forwarded-for": ", ".join(["198.51.100.9"] * gateway.forwarded_hops)} if gateway.forwarded_hops else {}
    claims: dict[str, JsonValue] = {name: drawn(ClaimValue(name=name)) for name in _names(parts, ClaimValue)}
    for value, text in _caller(gateway.principal, words, random):
        headers |= {value.name: text} if isinstance(value, HeaderValue) else {}
        claims |= {value.name: text} if isinstance(value, ClaimValue) else {}
    return Asked(route.method, f"{path}?{query}" if query else path, headers, claims)


def _caller(principal: Template, words: Words, random: Random) -> Iterator[tuple[Part, str]]:
    """Draw a caller that the template can name, and yield its values for that ARN."""
    form = re.compile("".join(re.escape(part.text) if isinstance(part, Text) else "(.+)" for part in principal))
    known = (form.fullmatch(arn) for arn in (*words.principals, f"{_USERS}{words.draw(random)}"))
    if fitting := list(filter(None, known)):
        yield from zip((part for part in principal if not isinstance(part, Text)), random.choice(fitting).groups(), strict=True)


def _segment(segment: PathSegment, drawn: Callable[[Value], str]) -> str:
    return segment.text if isinstance(segment, Text) else drawn(SegmentValue(name=segment.name))


def _names(parts: Iterable[Part], kind: type[QueryValue | HeaderValue | ClaimValue]) -> list[str]:
    return sorted({part.name for part in parts if isinstance(part, kind)})


def _near(hit: Asked) -> Iterator[Asked]:
    """Yield near misses of the request: another method, or a path with a little more or less."""
    path, mark, query = str(hit.target).partition("?")
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "Get", "GET ", ""):
        yield replace(hit, method=method)
    shorter = path.rpartition("/")[0] or "/"
    others = (f"{path}/", f"{path}/x", f"/{path}", shorter, path[1:], path.upper(), path.replace("/", "//"), f"{path}/..", f"/.{path}")
    for other in (*others, f"{path};x", f"{path}#x", f"http://host{path}", "*", "", "?", "/", "//", f"{path}%2F", f"{path}%00"):
        yield replace(hit, target=f"{other}{mark}{query}")
    if len(path) > 1:
        yield replace(hit, target=f"/%{ord(path[1]):02x}{path[2:]}{mark}{query}")
        yield replace(hit, target=f"/%25{ord(path[1]):02x}{path[2:]}{mark}{query}")


def _paths(route: Route, hit: Asked) -> Iterator[Asked]:
    """Yield paths in which one segment is sent in an unusual form."""
    path, mark, query = str(hit.target).partition("?")
    parts = path.split("/")
    for place in range(1, len(route.path) + 1):
        for sent in _SEGMENTS:
            yield replace(hit, target="/".join((*parts[:place], sent, *parts[place + 1 :])) + mark + query)


def _told(parts: Sequence[Part], hit: Asked) -> Iterator[Asked]:
    """Yield requests in which one parameter, header or claim is absent or unusual."""
    path = str(hit.target).partition("?")[0]
    for name in _names(parts, QueryValue):
        yield replace(hit, target=path)
        yield from (replace(hit, target=f"{path}?{form.format(name)}") for form in _QUERIES)
    for name in _names(parts, HeaderValue):
        yield from (replace(hit, headers=changed) for changed in _changed(hit.headers, name))
        yield replace(hit, headers={**as_object(hit.headers), name: "a", name.upper(): "b"})
        yield replace(hit, headers={**without(hit.headers, name), name.title(): "a"})
    for name in _names(parts, ClaimValue):
        yield from (replace(hit, claims=changed) for changed in _changed(hit.claims, name))
        yield replace(hit, claims={**without(hit.claims, name), name.upper(): "a"})


def _changed(members: JsonValue, name: str) -> Iterator[JsonValue]:
    yield without(members, name)
    yield from ({**as_object(members), name: value} for value in _VALUES)


def _sent(gateway: HttpGateway, hit: Asked) -> Iterator[Asked]:
    """Yield requests that are wrong for every route."""
    if gateway.forwarded_hops:
        yield from (replace(hit, headers={**as_object(hit.headers), "X-Forwarded-For": value}) for value in (*_FORWARDED, *_VALUES))
        yield from (replace(hit, headers={**as_object(hit.headers), "x-forwarded-for": value}) for value in (*_FORWARDED, *_VALUES))
    yield from (replace(hit, headers={**as_object(hit.headers), name: "DELETE"}) for name in _OTHERS)
    for odd in ODD:
        yield from (replace(hit, method=odd), replace(hit, target=odd), replace(hit, headers=odd))
        yield from (replace(hit, claims=odd), replace(hit, source_ip=odd))
