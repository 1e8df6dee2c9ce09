"""What is no answer is an error, never a deny."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from iam2rego.ir.decision import Outcome
from iam2rego.jsontext import JsonValue, loads
from iam2rego.opa import OpaError, transport
from iam2rego.opa.client import Client, Provenance
from iam2rego.opa.errors import BusyError
from tests.unit.opa.answers import DENIED, answering, result

ALLOWED = {**DENIED, "decision": "allowed", "denied_by": []}


def test_both_entry_points_come_from_one_question() -> None:
    seen: list[tuple[str, bytes, str]] = []
    with answering(result(True, ALLOWED), seen=seen) as url, Client.at(url, "secret") as asked:
        answer = asked.decide("company.iam", {"action": "s3:GetObject"})
    assert (answer.allow, answer.decision.decision) == (True, Outcome.ALLOWED)
    assert seen == [("/v1/data/company/iam/authz", b'{"input": {"action": "s3:GetObject"}}', "Bearer secret")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"n": 1e2}', id="N2/exponent-kept"),
        pytest.param('{"n": -0.10}', id="N2/zeros-kept"),
        pytest.param('{"n": 123456789012345678901234567890.5}', id="N2/beyond-a-float"),
        pytest.param('{"s": "\\ud800"}', id="N3/lone-surrogate"),
        pytest.param('["", null, true, {"\\u00e9": "\\u2028"}]', id="any-json"),
    ],
)
def test_a_request_is_sent_as_it_is_spelled(text: str) -> None:
    seen: list[tuple[str, bytes, str]] = []
    with answering(result(False, DENIED), seen=seen) as url, Client.at(url) as asked:
        asked.decide("iam", loads(text))
    assert seen[0][1].decode() == f'{{"input": {text}}}'


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        pytest.param(b"{}", 200, "no such package", id="no-result"),
        pytest.param(b'{"decision_id": "x"}', 200, "no such package", id="only-a-decision-id"),
        pytest.param(b"", 200, "malformed", id="empty-body"),
        pytest.param(b"<html>", 200, "malformed", id="no-json"),
        pytest.param(b"[]", 200, "malformed", id="no-object"),
        pytest.param(b'{"result": true}', 200, "malformed", id="result-is-no-object"),
        pytest.param(b'{"result": {"allow": false}}', 200, "result.decision: field required", id="decision-undefined"),
        pytest.param(json.dumps({"result": {"decision": DENIED}}).encode(), 200, "result.allow: field required", id="allow-undefined"),
        pytest.param(result("false", DENIED), 200, "result.allow", id="allow-is-a-string"),
        pytest.param(result(0, DENIED), 200, "result.allow", id="allow-is-a-number"),
        pytest.param(result(False, {**DENIED, "decision": "deny"}), 200, "result.decision.decision", id="unknown-decision"),
        pytest.param(result(False, {**DENIED, "more": 1}), 200, "result.decision.more", id="unknown-member"),
        pytest.param(b'{"code": "internal_error"}', 500, "HTTP status 500: .*internal_error", id="500"),
        pytest.param(b'{"code": "unauthorized"}', 401, "HTTP status 401", id="401"),
        pytest.param(result(True, ALLOWED), 302, "HTTP status 302", id="redirect"),
        pytest.param(result(True, ALLOWED), 201, "HTTP status 201", id="success-of-another-kind"),
    ],
)
def test_no_answer_is_an_error(body: bytes, status: int, message: str) -> None:
    with answering(body, status) as url, Client.at(url) as asked, pytest.raises(OpaError, match=message):
        asked.decide("iam", {})


@pytest.mark.parametrize(
    ("allow", "decision", "want"),
    [
        pytest.param(True, ALLOWED, False, id="both-allow"),
        pytest.param(False, DENIED, False, id="both-deny"),
        pytest.param(True, DENIED, True, id="allow-without-decision"),
        pytest.param(False, ALLOWED, True, id="decision-without-allow"),
    ],
)
def test_both_entry_points_are_compared(allow: bool, decision: object, want: bool) -> None:
    seen: list[tuple[str, bytes, str]] = []
    with answering(result(allow, decision), seen=seen) as url, Client.at(url) as asked:
        assert asked.decide("iam", {}).contradicts_itself is want
    assert [path for path, *_ in seen] == ["/v1/data/iam/authz"]  # one question for both


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        pytest.param({}, None, id="some-time"),
        pytest.param({"Retry-After": "7"}, 7.0, id="in-seconds"),
        pytest.param({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, None, id="at-a-time"),
        pytest.param({"Retry-After": "-1"}, None, id="no-number"),
    ],
)
def test_a_busy_server_says_when_to_ask_again(status: int, header: dict[str, str], seconds: float | None) -> None:
    with answering(b"", status, headers=header) as url, Client.at(url) as asked, pytest.raises(BusyError) as busy:
        asked.decide("iam", {})
    assert busy.value.seconds == seconds


def test_a_failing_server_is_asked_once() -> None:
    seen: list[tuple[str, bytes, str]] = []
    with answering(b"", 502, seen) as url, Client.at(url) as asked, pytest.raises(OpaError, match="502"):
        asked.decide("iam", {})
    assert len(seen) == 1


def test_no_server_is_an_error() -> None:
    with Client.at("http://127.0.0.1:1") as asked, pytest.raises(OpaError, match="does not answer: Connection refused"):
        asked.decide("iam", {})


def test_a_slow_server_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_SECONDS_TO_ANSWER", 0.2)
    with silent() as url, Client.at(url) as asked, pytest.raises(OpaError, match="no answer within"):
        asked.decide("iam", {})


@contextmanager
def silent() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize("body", [b"{}", b'{"provenance": []}', b'{"provenance": {"version": 1}}', b"no"])
def test_a_server_that_is_no_opa_is_an_error(body: bytes) -> None:
    with answering(body) as url, Client.at(url) as asked, pytest.raises(OpaError, match="does not report its version"):
        asked.provenance("iam")


@pytest.mark.parametrize(
    ("bundles", "revisions"),
    [
        pytest.param("", {}, id="none"),
        pytest.param(', "bundles": {"a": {"revision": "1"}, "b": {}}', {"a": "1", "b": ""}, id="two-and-one-without"),
    ],
)
def test_a_server_tells_what_it_holds_by_the_query_that_decides(bundles: str, revisions: dict[str, str]) -> None:
    seen: list[tuple[str, bytes, str]] = []
    body = f'{{"provenance": {{"version": "1.22.2"{bundles}}}, "result": {{}}}}'.encode()
    with answering(body, seen=seen) as url, Client.at(url) as asked:
        assert asked.provenance("company.iam") == Provenance("1.22.2", revisions)
    assert seen == [("/v1/data/company/iam/authz?provenance=true", b"{}", "")]


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        pytest.param(b'{"result": "m"}', True, id="ours"),
        pytest.param(b'{"result": "n"}', False, id="another"),
        pytest.param(b'{"result": []}', False, id="no-text"),
        pytest.param(b"{}", False, id="undefined"),
        pytest.param(b"no", False, id="no-opa"),
    ],
)
def test_a_server_is_known_by_its_mark(body: bytes, answers: bool) -> None:
    with answering(body) as url, Client.at(url) as asked:
        assert asked.answers_as("m") is answers


def test_a_value_that_nests_deeply_is_sent() -> None:
    request: JsonValue = "x"
    for _ in range(150):
        request = [request]
    with answering(result(False, DENIED)) as url, Client.at(url) as asked:
        assert asked.decide("iam", request).allow is False
