"""Requests: one JSON value, or one on each line."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.jsontext import JsonValue, Number
from iam2rego.sources import load
from iam2rego.sources.requests import read_requests

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]


@pytest.mark.parametrize(
    ("name", "text", "want"),
    [
        pytest.param("r.json", '{\n"a": 1e2\n}', [{"a": Number("1e2")}], id="one"),
        pytest.param("r.json", '{"a": 1}', [{"a": Number("1")}], id="one-on-a-line"),
        pytest.param("r.json", '\n{"a": true}\n\n[]\r\n', [{"a": True}, []], id="lines"),
        pytest.param("r.jsonl", "1\n2", [Number("1"), Number("2")], id="lines-by-suffix"),
        pytest.param("r.json", "[1,\n2]", [[Number("1"), Number("2")]], id="a-list-is-one-value"),
        pytest.param("r.json", "null", [None], id="any-json-is-for-the-engines-to-judge"),
    ],
)
def test_requests(name: str, text: str, want: list[JsonValue], folder: Folder) -> None:
    assert list(read_requests(str(folder({name: text}) / name))) == want


def test_standard_input(stdin: Callable[[bytes], None]) -> None:
    stdin(b"{}\n{}")
    assert list(read_requests("-")) == [{}, {}]


@pytest.mark.parametrize(
    ("name", "text", "want"),
    [
        pytest.param("r.json", "", [(0, 0, "IAM611")], id="empty"),
        pytest.param("r.jsonl", " \n\n", [(0, 0, "IAM611")], id="white-space"),
        pytest.param("r.json", '{"a": }', [(1, 7, "IAM004")], id="syntax"),
        pytest.param("r.json", "{}\n{\n[]\n]", [(2, 2, "IAM005"), (4, 1, "IAM004")], id="every-line"),
        pytest.param("r.jsonl", "{\n}", [(1, 2, "IAM005"), (2, 1, "IAM004")], id="a-value-over-lines-is-none"),
        pytest.param("r.json", '{"a": [{"b": 1,\n"b": 1}],\n"a": 2}', [(2, 1, "IAM009"), (3, 1, "IAM009")], id="repeated-members"),
        pytest.param("r.json", '{}\n{"a": 1, "a": 2}', [(2, 10, "IAM009")], id="repeated-member-on-a-line"),
        pytest.param("r.json", "[" * 100_000, [(1, 65, "IAM008")], id="too-deep"),
        pytest.param("r.json", "[" * 201 + "]" * 201, [(1, 65, "IAM008")], id="deep"),
        pytest.param("r.json", "[NaN]", [(1, 2, "IAM004")], id="nan"),
        pytest.param("r.json", b"\xff", [(1, 1, "IAM001")], id="encoding"),
    ],
)
def test_malformed(name: str, text: str | bytes, want: list[tuple[int, int, str]], folder: Folder, refusal: Refusal) -> None:
    found = refusal(lambda: read_requests(str(folder({name: text}) / name)))
    assert [(each.span.line if each.span else 0, each.span.column if each.span else 0, each.code) for each in found] == want


def test_a_request_in_the_place_of_a_policy_is_known(folder: Folder, refusal: Refusal) -> None:
    root = folder({"request.json": '{"principal": "*", "action": "s3:GetObject", "resource": "*"}'})
    hints = [each.hint for each in refusal(lambda: load([str(root)]))]
    assert hints == ["this looks like a request: name it with --request, after the policies"]
