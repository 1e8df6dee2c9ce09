"""Requests made to be read one way by the gateway and another by the service, and requests with tokens that nobody should believe.

Alice may delete the cluster `default` and no other, look at every cluster, and create none. What reaches the service must be no more
than that, in whichever way the service reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.support.tokens import base64

DELETE: Final = "DELETE /clusters/blue HTTP/1.1"
DELETE_OWN: Final = "DELETE /clusters/default HTTP/1.1"
LOOK: Final = "GET /clusters/blue HTTP/1.1"
CLAIMED: Final = b'{"sub": "erin"}'


@dataclass(frozen=True, slots=True)
class Row:
    """A request.

    Attributes:
        name: what it tries.
        line: the request line; it and all lines are Latin-1.
        statuses: those of all answers.
        lines: further lines of the head.
        token: the name of its token.
        by_opa: the status where not Envoy verifies the token, but OPA.
    """

    name: str
    line: str
    statuses: tuple[int, ...]
    lines: tuple[str, ...] = ()
    token: str = "alice"
    by_opa: int = 401


def row(name: str, line: str, status: int | tuple[int, ...], *lines: str, token: str = "alice") -> Row:
    return Row(name, line, status if isinstance(status, tuple) else (status,), lines, token)


def with_token(name: str, status: int, by_opa: int = 401) -> Row:
    return Row(name, LOOK, (status,), token=name, by_opa=by_opa)


PATHS: Final = (
    row("allowed", "DELETE /clusters/default HTTP/1.1", 200),
    row("denied", DELETE, 403),
    row("escaped slash", "DELETE /clusters/default%2Fblue HTTP/1.1", 400),
    row("escaped slash in lower case", "DELETE /clusters/default%2f..%2fblue HTTP/1.1", 400),
    row("escaped backslash", "DELETE /clusters/default%5C..%5Cblue HTTP/1.1", 400),
    row("backslash", "DELETE /clusters/default\\..\\blue HTTP/1.1", 403),
    row("slash escaped twice", "DELETE /clusters/default%252F..%252Fblue HTTP/1.1", 403),
    row("dots", "DELETE /clusters/default/../blue HTTP/1.1", 403),
    row("dots to what is allowed", "DELETE /clusters/blue/../default HTTP/1.1", 200),
    row("escaped dots", "DELETE /clusters/default/%2e%2e/blue HTTP/1.1", 403),
    row("escaped dots in capitals", "DELETE /clusters/default/%2E%2E/blue HTTP/1.1", 403),
    row("half escaped dots", "DELETE /clusters/default/.%2e/blue HTTP/1.1", 403),
    row("dots escaped twice", "DELETE /clusters/default/%252e%252e/blue HTTP/1.1", 403),
    row("dots above the root", "DELETE /../../clusters/blue HTTP/1.1", 403),
    row("dots at the end", "DELETE /clusters/blue/.. HTTP/1.1", 403),
    row("one dot", "DELETE /clusters/./blue HTTP/1.1", 403),
    row("dots with a parameter", "DELETE /clusters/default/..;/blue HTTP/1.1", 403),
    row("three dots", "DELETE /clusters/default/.../blue HTTP/1.1", 403),
    row("two slashes", "DELETE /clusters//blue HTTP/1.1", 403),
    row("two slashes at the start", "DELETE //clusters/blue HTTP/1.1", 403),
    row("a host in the path", "DELETE //default/clusters/blue HTTP/1.1", 403),
    row("two slashes before what is allowed", "DELETE //x/clusters/default HTTP/1.1", 403),
    row("slash at the end", "DELETE /clusters/blue/ HTTP/1.1", 403),
    row("slash at the end of what is allowed", "DELETE /clusters/default/ HTTP/1.1", 403),
    row("parameter of a segment", "DELETE /clusters/blue;default HTTP/1.1", 403),
    row("parameter of what is allowed", "DELETE /clusters/default;a=b HTTP/1.1", 403),
    row("escaped semicolon", "DELETE /clusters/blue%3Bdefault HTTP/1.1", 403),
    row("question mark in the path", "DELETE /clusters/blue?/../default HTTP/1.1", 403),
    row("question mark before what is allowed", "DELETE /clusters/?/clusters/default HTTP/1.1", 403),
    row("escaped question mark", "DELETE /clusters/default%3F/blue HTTP/1.1", 403),
    row("fragment", "DELETE /clusters/blue#/clusters/default HTTP/1.1", 400),
    row("escaped fragment", "DELETE /clusters/default%23blue HTTP/1.1", 403),
    row("overlong dots", "DELETE /clusters/default/%c0%ae%c0%ae/blue HTTP/1.1", 403),
    row("overlong slash", "DELETE /clusters/default%c0%af..%c0%afblue HTTP/1.1", 403),
    row("octets that are no UTF-8", "DELETE /clusters/\xff\xfe HTTP/1.1", 400),
    row("full-width dots", "DELETE /clusters/default/%ef%bc%8e%ef%bc%8e/blue HTTP/1.1", 403),
    row("escaped NUL", "DELETE /clusters/blue%00default HTTP/1.1", 400),
    row("NUL escaped twice", "DELETE /clusters/blue%2500default HTTP/1.1", 403),
    row("NUL", "DELETE /clusters/blue\x00default HTTP/1.1", 400),
    row("escaped new line", "DELETE /clusters/blue%0d%0aX:%20y HTTP/1.1", 403),
    row("broken escape", "DELETE /clusters/%zz HTTP/1.1", 403),
    row("escaped letters", "DELETE /clusters/%62lue HTTP/1.1", 403),
    row("escaped route", "DELETE /%63lusters/blue HTTP/1.1", 403),
    row("case of the route", "DELETE /Clusters/blue HTTP/1.1", 403),
    row("case of the resource", "DELETE /clusters/DEFAULT HTTP/1.1", 403),
    row("wildcard as the resource", "DELETE /clusters/* HTTP/1.1", 403),
    row("variable as the resource", "DELETE /clusters/${aws:username} HTTP/1.1", 403),
    row("empty resource", "DELETE /clusters/ HTTP/1.1", 403),
    row("unmapped", "GET /admin HTTP/1.1", 403),
    row("unmapped below a route", "GET /clusters/default/secrets HTTP/1.1", 403),
    row("absolute form", "DELETE http://ecs.example.com/clusters/blue HTTP/1.1", 403),
    row("absolute form of another host", "DELETE http://default/clusters/blue HTTP/1.1", 403),
    row("asterisk", "OPTIONS * HTTP/1.1", 404),
    row("no slash", "DELETE clusters/blue HTTP/1.1", 400),
    row("huge path", f"DELETE /clusters/{'a' * 50_000} HTTP/1.1", 403),
    row("path beyond Envoy's limit", f"DELETE /clusters/{'a' * 70_000} HTTP/1.1", 431),
    row("a thousand segments", f"DELETE /clusters{'/a' * 1_000} HTTP/1.1", 403),
)
METHODS: Final = (
    row("method in lower case", "delete /clusters/blue HTTP/1.1", 400),
    row("unknown method", "PURGE /clusters/blue HTTP/1.1", 403),
    row("HEAD of what may be looked at", "HEAD /clusters/blue HTTP/1.1", 403),
    row("CONNECT", "CONNECT ecs.example.com:443 HTTP/1.1", 404),
    row("TRACE", "TRACE /clusters/blue HTTP/1.1", 403),
    row("method override", LOOK, 403, "x-http-method-override: DELETE"),
    row("method override of another name", LOOK, 403, "X-Method-Override: DELETE", "X-HTTP-Method: DELETE"),
    row("method override in the query", "GET /clusters/blue?_method=DELETE HTTP/1.1", 200),
    row("HTTP/1.0", "DELETE /clusters/blue HTTP/1.0", 426),
)
HEADERS: Final = (
    row("user in a header", DELETE, 403, "x-user: erin"),
    row("user in a header of another case", LOOK, 200, "X-User: erin", "X-USER: erin"),
    row("user in a header with an underscore", DELETE, 400, "x_user: erin"),
    row("principal in a header", DELETE, 403, "x-principal: arn:aws:iam::123456789012:user/erin"),
    row("claims in a header", DELETE, 403, f"x-jwt-payload: {base64(CLAIMED)}"),
    row("path in a header", DELETE_OWN, 403, "x-original-url: /clusters/blue", "X-Rewrite-URL: /clusters/blue"),
    row("Envoy's header of the path", DELETE_OWN, 200, "x-envoy-original-path: /clusters/blue"),
    row("two hosts", DELETE, 403, "host: default"),
    row("two tokens, one of another user", DELETE, 401, "Authorization: Bearer {erin}"),
    row("token of another user in the query", "DELETE /clusters/blue?access_token={erin} HTTP/1.1", 403),
    row("pseudo header", DELETE, 400, ":path: /clusters/default"),
    row("folded header", DELETE, 403, "x-a: b", " authorization: Bearer {erin}"),
    row("space before the colon", DELETE, 400, "x-user : erin"),
    row("NUL in a header", DELETE, 400, "x-user: er\x00in"),
    row("octets that are no UTF-8 in a header", DELETE, 403, "x-user: \xff\xfe"),
    row("a huge header", LOOK, 200, f"x-a: {'a' * 50_000}"),
    row("a header beyond Envoy's limit", LOOK, 431, f"x-a: {'a' * 70_000}"),
    row("too many headers", LOOK, 431, *(f"x-{number}: a" for number in range(200))),
    row("other length and chunks", DELETE, 400, "content-length: 4", "transfer-encoding: chunked"),
    row("two lengths", DELETE, 400, "content-length: 0", "content-length: 44"),
    row("a second request", LOOK, (200, 403), "", DELETE, "host: ecs.example.com", "authorization: Bearer {alice}"),
    row("a second request without a token", LOOK, (200, 401), "", DELETE, "host: ecs.example.com"),
    row("a body that is another request", LOOK, 200, "content-length: 33", "connection: close", "", f"{DELETE}\r\n"),
    row(
        "upgrade to HTTP/2", DELETE, 403, "connection: upgrade, http2-settings", "upgrade: h2c", "http2-settings: AAMAAABkAARAAAAAAAIAAAAA"
    ),
    row("upgrade to a web socket", DELETE, 403, "connection: upgrade", "upgrade: websocket"),
)
TOKENS: Final = (
    with_token("wrong audience", 403),
    with_token("no audience", 403),
    with_token("no token", 401),
    with_token("no JSON Web Token", 401),
    with_token("algorithm none", 401),
    with_token("algorithm none and a signature", 401),
    with_token("algorithm in lower case", 401),
    with_token("no signature", 401),
    with_token("signature of another token", 401),
    with_token("claims changed", 401),
    with_token("wrong issuer", 401),
    with_token("expired", 401),
    with_token("no expiry", 401),
    with_token("not yet valid", 401),
    with_token("unknown key", 401),
    with_token("key of another by the known name", 401),
    with_token("key in the header", 401),
    with_token("secret of the key's PEM", 401),
    with_token("secret of the key's modulus", 401),
    with_token("issuer that is a number", 401),
    with_token("issuer that is a list", 401),
    with_token("expiry that is a text", 401),
    with_token("expiry that is no number of a machine", 401, by_opa=200),
    with_token("claims that are a list", 401),
    with_token("what the header calls critical", 200),
    with_token("two members of one name", 401, by_opa=200),
)
"""Whoever holds the key may say these: Envoy minds no `crit`, OPA takes any time to come, and of claims of one name the last."""

CLAIMS: Final = (
    with_token("no subject", 401),
    with_token("subject that is a list", 401),
    with_token("subject that is an object", 401),
    with_token("subject that is a wildcard", 401),
    with_token("subject with a path to another", 401),
    with_token("empty subject", 401),
    with_token("subject of another case", 403, by_opa=403),
)
ROWS: Final = (*PATHS, *METHODS, *HEADERS, *TOKENS, *CLAIMS)


def sent(each: Row, of: Mapping[str, str]) -> bytes:
    """The bytes of a row. The connection ends with its last request, so that every answer is read."""
    authorization = [f"authorization: Bearer {of[each.token]}"] if of[each.token] else []
    lines = [each.line, "host: ecs.example.com", *authorization, *each.lines, "connection: close", "", ""]
    text = "\r\n".join(lines)
    for user in ("alice", "erin"):
        text = text.replace(f"{{{user}}}", of[user])
    return text.encode("latin-1")
