"""What an event tells, whichever entry point was asked."""

from typing import Any, Final

import pytest

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import Effect
from iam2rego.usage import Logged, read_event
from iam2rego.usage.logged import Evidence

REQUEST: Final = {"principal": "*", "action": "s3:GetObject", "resource": "*", "context": {}}
STATEMENT: Final = {"policy": "p", "policy_type": "identity", "sid": "S", "index": 1, "effect": "Allow"}
DOCUMENT: Final = {"decision": "allowed", "matched_statements": [STATEMENT], "denied_by": [], "missing_context_keys": [], "errors": []}
HTTP: Final = {"method": "GET", "path": "/"}


def event(path: str = "iam/authz/decision", result: Any = DOCUMENT, asked: Any = REQUEST, **more: Any) -> dict[str, Any]:
    return {"decision_id": "1", "path": path, "result": result, "input": asked, **more}


def told(asked: Any = REQUEST, **members: Any) -> Logged:
    told = {"outcome": Outcome.ALLOWED, "allowed": True, "statements": (Evidence(("p", 1), "S", Effect.ALLOW),), "request": asked}
    return Logged(**{**told, "refused": False, "revisions": (), "time": "", **members})


DENIED: Final = {"outcome": None, "allowed": False, "statements": ()}


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        pytest.param(event(), told(), id="decision"),
        pytest.param(event("/iam/authz/decision"), told(), id="with-a-slash-before"),
        pytest.param(event("iam/authz", {"allow": True, "decision": DOCUMENT}), told(), id="the-package"),
        pytest.param(event("iam/gateway/response", {"allowed": True, "decision": DOCUMENT}, HTTP), told(None), id="response"),
        pytest.param(
            event("iam/gateway/response", {"allowed": True, "decision": DOCUMENT, "request": REQUEST}, HTTP),
            told(REQUEST),
            id="response-with-the-request",
        ),
        pytest.param(
            event("iam/gateway/response", {"allow": True, "decision": DOCUMENT, "request": REQUEST}, {"account": "a"}),
            told(REQUEST),
            id="response-to-an-object-store",
        ),
        pytest.param(
            event("iam/gateway/response", {"decision": True, "context": DOCUMENT, "request": REQUEST}, {"subject": {}}),
            told(REQUEST),
            id="response-as-AuthZEN-says",
        ),
        pytest.param(
            event(result={**DOCUMENT, "decision": "implicitDeny", "matched_statements": [], "errors": ["no"]}, asked=None),
            told(None, outcome=Outcome.IMPLICIT_DENY, allowed=False, statements=(), refused=True),
            id="N3/refused",
        ),
        pytest.param(event("iam/authz/allow", False), told(**DENIED), id="allow"),
        pytest.param(
            event("iam/authz/allow", True, rule_labels=[{"policy": "p", "sid": "S", "index": 1}, {"of": "others"}, "x"]),
            told(outcome=None, statements=(Evidence(("p", 1), "S", None),)),
            id="allow-with-labels",
        ),
        pytest.param(event("iam/gateway/response", {"allowed": False}, HTTP), told(None, **DENIED), id="response-without-the-decision"),
        pytest.param(
            event(timestamp="2026-01-31T01:02:03.4Z", bundles={"a": {"revision": "r"}, "b": {}, "c": 1}),
            told(revisions=("r",), time="2026-01-31T01:02:03.4Z"),
            id="time-and-revisions",
        ),
        pytest.param(event(timestamp=1, bundles=[], asked=[1]), told(None), id="of-other-forms"),
    ],
)
def test_a_decision_is_understood(logged: Any, said: Logged) -> None:
    assert read_event(logged, "iam") == said


@pytest.mark.parametrize(
    "logged",
    [
        pytest.param("text", id="text"),
        pytest.param({"msg": "Received request.", "req_path": "/v1/data/iam/authz/allow"}, id="another-line-of-OPA"),
        pytest.param(event("system/log/mask"), id="another-package"),
        pytest.param(event("company/iam/authz/decision"), id="another-prefix"),
        pytest.param(event(result=None), id="no-result"),
        pytest.param(event(result={"decision": "maybe", "matched_statements": [], "errors": []}), id="no-outcome"),
        pytest.param(event(result={"decision": "allowed"}), id="no-statements"),
        pytest.param(event(result={**DOCUMENT, "matched_statements": [{"policy": []}]}), id="no-statement"),
        pytest.param(event(result={**DOCUMENT, "matched_statements": [{**STATEMENT, "effect": "Perhaps"}]}), id="no-effect"),
        pytest.param(event("iam/gateway/request", REQUEST), id="a-request"),
    ],
)
def test_what_is_no_decision_tells_nothing(logged: Any) -> None:
    assert read_event(logged, "iam") is None


def test_the_package_may_be_another() -> None:
    assert read_event(event("company/iam/authz/decision"), "company.iam") == told()
