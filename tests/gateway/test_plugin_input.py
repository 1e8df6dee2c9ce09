"""The stand-in for opa-envoy-plugin makes of Envoy's question what the plugin makes of it."""

import pytest
from envoy.service.auth.v3.external_auth_pb2 import CheckRequest
from google.protobuf.json_format import ParseDict

from tests.gateway.go_urls import parsed
from tests.gateway.plugin_input import plugin_input

QUESTION = {
    "attributes": {
        "source": {"address": {"socketAddress": {"address": "192.0.2.7", "portValue": 40000}}, "principal": "spiffe://a"},
        "request": {
            "time": "2026-01-31T00:00:01.5Z",
            "http": {"method": "GET", "path": "/a%2Fb?x=1", "headers": {":path": "/a%2Fb?x=1"}, "size": "-1", "rawBody": "AA=="},
        },
        "contextExtensions": {"route": "r"},
        "metadataContext": {
            "filterMetadata": {"f": {"claims": {"sub": "s", "exp": 1795674799, "groups": ["g"], "score": 0.5, "none": None}}}
        },
    }
}
INPUT = {
    "attributes": {
        "source": {"address": {"socketAddress": {"address": "192.0.2.7", "portValue": 40000}}, "principal": "spiffe://a"},
        "request": {
            "time": {"seconds": 1769817601, "nanos": 500000000},
            "http": {"method": "GET", "path": "/a%2Fb?x=1", "headers": {":path": "/a%2Fb?x=1"}, "size": -1, "rawBody": "AA=="},
        },
        "contextExtensions": {"route": "r"},
        "metadataContext": {
            "filterMetadata": {"f": {"claims": {"sub": "s", "exp": 1795674799, "groups": ["g"], "score": 0.5, "none": None}}}
        },
    },
    "parsed_path": ["a", "b"],
    "parsed_query": {"x": ["1"]},
    "parsed_body": None,
    "truncated_body": False,
    "source_principal": "spiffe://a",
    "version": {"ext_authz": "v3", "encoding": "protojson"},
}
LONGER = {"content-type": "application/json", "content-length": "9"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def question(path: str, headers: dict[str, str], body: str) -> CheckRequest:
    return ParseDict({"attributes": {"request": {"http": {"path": path, "headers": headers, "body": body}}}}, CheckRequest())


def test_messages_become_objects_and_structs_their_json() -> None:
    assert plugin_input(ParseDict(QUESTION, CheckRequest())) == INPUT


@pytest.mark.parametrize(
    ("headers", "body", "read", "truncated"),
    [
        pytest.param({"content-type": "application/json"}, '{"a": 1}', {"a": 1}, False, id="json"),
        pytest.param({"content-type": "application/json; charset=utf-8"}, "[]", [], False, id="json with a parameter"),
        pytest.param({"content-type": "application/json"}, "", None, False, id="empty"),
        pytest.param(LONGER, '{"a": 1}', None, True, id="cut off"),
        pytest.param(FORM, "a=1&a=2", {"a": ["1", "2"]}, False, id="form"),
        pytest.param({"content-type": "text/plain"}, "a", None, False, id="text"),
        pytest.param({}, "{}", None, False, id="no type"),
    ],
)
def test_bodies_are_read_by_their_type(headers: dict[str, str], body: str, read: object, truncated: bool) -> None:
    made = plugin_input(question("/", headers, body))
    assert (made["parsed_body"], made["truncated_body"]) == (read, truncated)


def test_a_body_that_is_no_json_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        plugin_input(question("/", {"content-type": "application/json"}, "{"))


@pytest.mark.parametrize(
    ("url", "segments", "parameters"),
    [
        pytest.param("/", [""], {}, id="root"),
        pytest.param("/a/b", ["a", "b"], {}, id="segments"),
        pytest.param("/a/../b/", ["a", "..", "b", ""], {}, id="dots stay"),
        pytest.param("/a%2Fb%2e", ["a", "b."], {}, id="decoded before it is split"),
        pytest.param("//host/a", ["a"], {}, id="a host after two slashes"),
        pytest.param("//host", [""], {}, id="a host alone"),
        pytest.param("///a", ["a"], {}, id="three slashes"),
        pytest.param("http://host/a", ["a"], {}, id="absolute form"),
        pytest.param("a:b/c", [""], {}, id="a scheme and no slash"),
        pytest.param("/a;b?x=1;y=2&z=3", ["a;b"], {"z": ["3"]}, id="semicolons"),
        pytest.param("/a?x=1&x=2&y&=z&x=%zz", ["a"], {"x": ["1", "2"], "y": [""], "": ["z"]}, id="query"),
        pytest.param("/a?x=a+b%20c", ["a"], {"x": ["a b c"]}, id="plus"),
        pytest.param("/a?b#c", ["a"], {"b": [""]}, id="fragment"),
        pytest.param("/%C0%AE", ["\ufffd\ufffd"], {}, id="overlong"),
    ],
)
def test_paths_are_read_as_go_reads_them(url: str, segments: list[str], parameters: dict[str, list[str]]) -> None:
    assert parsed(url) == (segments, parameters)


@pytest.mark.parametrize("url", ["/%zz", "/%", "/a\x00", "/a\x7f", "1a:b/c", "/a#%zz"])
def test_what_go_refuses_is_an_error(url: str) -> None:
    with pytest.raises(ValueError, match="URL"):
        parsed(url)
