"""What the native evaluator makes of a gateway's documents."""

from typing import Final

import pytest

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import (
    CallerClaims,
    ClaimValue,
    ContextEntry,
    EnvoyClaims,
    GatewayKind,
    HeaderValue,
    HttpGateway,
    NamedSegment,
    QueryValue,
    Route,
    SegmentValue,
    SourceAddress,
    Template,
    Time,
)
from iam2rego.ir.pattern import Text
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, Number
from iam2rego.native.gateway import Question, authorize_asked, question
from iam2rego.native.gateway.templates import UNCLEAR

NOW: Final = 1_700_000_000_999_999_999


def text(*parts: str) -> Template:
    return tuple(Text(text=part) for part in parts)


ARN: Final = "arn:aws:ecs:us-east-1:123456789012:cluster/"
ROUTES: Final = (
    Route(method="GET", path=(NamedSegment(name="c"),), action="ecs:One", resource=(*text(ARN), SegmentValue(name="c"))),
    Route(method="GET", path=text("web"), action="ecs:Web", resource=text("*")),
    Route(
        method="PUT",
        path=(NamedSegment(name="account"), *text("x")),
        action="ecs:Put",
        resource=text("*"),
        resource_account=(SegmentValue(name="account"),),
        context=(
            ContextEntry(key="q", value=(QueryValue(name="q"),)),
            ContextEntry(key="h", value=(HeaderValue(name="x-h"),)),
            ContextEntry(key="both", value=(QueryValue(name="q"), *text("/"), SegmentValue(name="account"))),
            ContextEntry(key="arn", value=(*text("arn:"), QueryValue(name="q"))),
        ),
    ),
)
GATEWAY: Final = HttpGateway(
    kind=GatewayKind.HTTP,
    principal=(*text("arn:aws:iam::123456789012:user/"), ClaimValue(name="sub")),
    claims=CallerClaims(),
    context=(ContextEntry(key="ip", value=(SourceAddress(),)), ContextEntry(key="now", value=(Time(),))),
    routes=ROUTES,
)
CONTEXT: Final[dict[str, JsonValue]] = {"ip": "192.0.2.1", "now": "2023-11-14T22:13:20Z"}
USER: Final = "arn:aws:iam::123456789012:user/u"


def asked(path: str, method: JsonValue = "GET", **others: JsonValue) -> dict[str, JsonValue]:
    return {"method": method, "path": path, "headers": {}, "source_ip": "192.0.2.1", "claims": {"sub": "u"}, **others}


def request(action: str, resource: JsonValue = "*", context: JsonValue = CONTEXT, **others: JsonValue) -> Question:
    made: dict[str, JsonValue] = {"principal": USER, "action": action, "resource": resource, "context": context, **others}
    return Question(made, route=[route.action for route in ROUTES].index(action))


@pytest.mark.parametrize(
    ("document", "want"),
    [
        pytest.param(asked("/a%20b"), request("ecs:One", f"{ARN}a b"), id="a-named-segment"),
        pytest.param(asked("/web"), request("ecs:Web"), id="the-more-special-route"),
        pytest.param(asked("/a:b"), request("ecs:One", UNCLEAR), id="a-segment-that-leaves-its-field"),
        pytest.param(asked("/a", source_ip=None), request("ecs:One", f"{ARN}a", {"now": CONTEXT["now"]}), id="no-address"),
        pytest.param(
            asked("/1/x?q=v", "PUT", headers={"X-H": "w"}),
            request("ecs:Put", context={**CONTEXT, "q": "v", "h": "w", "both": "v/1", "arn": "arn:v"}, resource_account="1"),
            id="all-sources",
        ),
        pytest.param(asked("/1/x", "PUT"), request("ecs:Put", resource_account="1"), id="values-absent"),
        pytest.param(
            asked("/1/x?q=v&q=v", "PUT", headers={"x-h": "a,b"}),
            request(
                "ecs:Put",
                context={**CONTEXT, "q": UNCLEAR, "h": UNCLEAR, "both": UNCLEAR, "arn": UNCLEAR},
                resource_account="1",
            ),
            id="values-unclear",
        ),
    ],
)
def test_requests(document: JsonValue, want: Question) -> None:
    assert question(GATEWAY, document, NOW) == want


@pytest.mark.parametrize(
    ("document", "want"),
    [
        *(
            pytest.param(document, "the document has no method or path, or malformed headers", id=f"malformed/{situation}")
            for situation, document in {
                "null": None,
                "list": [],
                "empty": {},
                "method": asked("/web", None),
                "path": {**asked("/web"), "path": Number("1")},
                "headers": asked("/web", headers=None),
                "name-of-a-header": asked("/web", headers={"x-\u212a": "1"}),
            }.items()
        ),
        pytest.param(asked("/../web"), "the path is not understood", id="path"),
        pytest.param(asked("/web", headers={"X-HTTP-Method-Override": "PUT"}), "a header asks for another method", id="override"),
        pytest.param(asked("/web", headers={"X-Original-URL": "/"}), "a header asks for another path", id="rewrite/original"),
        pytest.param(asked("/web", headers={"x-rewrite-url": "/"}), "a header asks for another path", id="rewrite"),
        pytest.param(asked("/web", "POST"), "no route takes the request", id="method"),
        pytest.param(asked("/web/x"), "no route takes the request", id="segments"),
        pytest.param(asked("/1", "PUT"), "no route takes the request", id="segments/fewer"),
        pytest.param(asked("/1/w", "PUT"), "no route takes the request", id="segments/before"),
        pytest.param(asked("/1/y", "PUT"), "no route takes the request", id="segments/behind"),
        pytest.param(asked("/web", claims={}), "nothing that is verified says who asks", id="claims/absent"),
        pytest.param(asked("/web", claims=[]), "nothing that is verified says who asks", id="claims/malformed"),
        pytest.param(asked("/web", claims={"sub": "a/b"}), "nothing that is verified says who asks", id="claims/more-than-a-name"),
        pytest.param(asked("/web", claims={"sub": Number("1")}), "nothing that is verified says who asks", id="claims/no-text"),
    ],
)
def test_what_becomes_no_request_is_denied(document: JsonValue, want: str) -> None:
    found = question(GATEWAY, document, NOW)
    assert (found.request, found.errors) == (None, (want,))
    denied = Decision(decision=Outcome.IMPLICIT_DENY, errors=(want,))
    assert authorize_asked(PolicySet(policies=()), GATEWAY, document, NOW) == denied


def test_a_request_is_decided() -> None:
    decided = authorize_asked(PolicySet(policies=()), GATEWAY, asked("/web"), NOW)
    assert decided == Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))


def test_documents_of_envoy() -> None:
    gateway = GATEWAY.model_copy(update={"kind": GatewayKind.ENVOY, "claims": EnvoyClaims(filter="f", payload="p")})
    document: JsonValue = {
        "attributes": {
            "request": {"http": {"method": "GET", "path": "/web", "headers": {}}},
            "source": {"address": {"socketAddress": {"address": "192.0.2.1"}}},
            "metadataContext": {"filterMetadata": {"f": {"p": {"sub": "u"}}}},
        }
    }
    assert question(gateway, document, NOW) == request("ecs:Web")
