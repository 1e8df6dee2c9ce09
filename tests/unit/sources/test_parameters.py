"""Parameters: pairs of the command line, and a file of TOML or JSON."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources.parameters import parameters

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]


@pytest.mark.parametrize(
    ("pairs", "want"),
    [
        pytest.param([], {}, id="none"),
        pytest.param(["a=b"], {"a": "b"}, id="one"),
        pytest.param(["a=b=c"], {"a": "b=c"}, id="first-equals-sign-divides"),
        pytest.param(["a="], {"a": ""}, id="empty-value"),
        pytest.param(["my-cidr=10.0.0.0/8"], {"my-cidr": "10.0.0.0/8"}, id="T1/hyphen"),
        pytest.param(["a= b "], {"a": " b "}, id="nothing-is-trimmed"),
        pytest.param(["a=b", "c=d"], {"a": "b", "c": "d"}, id="two"),
        pytest.param(["a=b", "a=b"], {"a": "b"}, id="the-same-twice"),
    ],
)
def test_pairs(pairs: list[str], want: Mapping[str, str]) -> None:
    assert parameters(pairs) == want


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        pytest.param([""], "this is empty", id="empty"),
        pytest.param(["a=b", "a=c"], "the parameter `a` has two values", id="two-values"),
    ],
)
def test_malformed_pairs(pairs: list[str], message: str, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: parameters(pairs))
    assert (diagnostic.source.name, diagnostic.code, diagnostic.message) == ("--param", "IAM610", message)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("a = \"b\"\n# comment\nc = 'd'\n", {"a": "b", "c": "d"}, id="toml"),
        pytest.param("my-cidr-2 = '2001:db8::/32'", {"my-cidr-2": "2001:db8::/32"}, id="T1/toml-with-hyphens"),
        pytest.param('{"my-cidr": "10.0.0.0/8"}', {"my-cidr": "10.0.0.0/8"}, id="T1/json-with-hyphen"),
        pytest.param("", {}, id="empty"),
        pytest.param(b'\xef\xbb\xbfa = "b"', {"a": "b"}, id="toml-with-byte-order-mark"),
        pytest.param('{"a": "b", "c": ""}', {"a": "b", "c": ""}, id="json"),
        pytest.param(' \n{"a": "\\u0062"}', {"a": "b"}, id="json-after-white-space"),
        pytest.param("{}", {}, id="empty-json"),
    ],
)
def test_file(text: str | bytes, want: Mapping[str, str], folder: Folder) -> None:
    assert parameters([str(folder({"params": text}) / "params")]) == want


@pytest.mark.parametrize(
    ("text", "place", "code", "message"),
    [
        pytest.param("a = 1\nb = true\nc = 'd'", (1, 5), "IAM607", "the parameter `a` must be a string, not a number", id="toml/types"),
        pytest.param(
            "a = " + "1" * 5_000, None, "IAM610", "a number is too long, or values are nested too deeply", id="toml/number-that-is-too-long"
        ),
        pytest.param("[a]\nb = 'c'", (1, 1), "IAM607", "the parameter `a` must be a string, not an object", id="toml/table"),
        pytest.param(
            "\n a b",
            (2, 4),
            "IAM610",
            "this is not TOML: expected '=' after a key in a key/value pair (at line 2, column 4)",
            id="toml/syntax",
        ),
        pytest.param(
            "a = 'b'\na = 'c'\n",
            (2, 8),
            "IAM610",
            "this is not TOML: cannot overwrite a value (at line 2, column 8)",
            id="toml/twice",
        ),
        pytest.param(
            '["a"]x',
            (1, 6),
            "IAM610",
            "this is not TOML: expected newline or end of document after a statement (at line 1, column 6)",
            id="toml/list",
        ),
        pytest.param('{"a": 1}', (1, 7), "IAM607", "the parameter `a` must be a string, not a number", id="json/number"),
        pytest.param('{"a": "b",\n "a": "b"}', (2, 2), "IAM009", "duplicate member `a`", id="json/twice"),
        pytest.param(
            '{"a": "b"', (1, 10), "IAM005", "the text ends inside the object opened at line 1, column 1; expected `,` or `}`", id="json/cut"
        ),
        pytest.param(b"\xff", (1, 1), "IAM001", "the byte 0xFF is not valid UTF-8 here", id="encoding"),
    ],
)
def test_malformed_file(
    text: str | bytes, place: tuple[int, int] | None, code: str, message: str, folder: Folder, refusal: Refusal
) -> None:
    (diagnostic,) = refusal(lambda: parameters([str(folder({"params": text}) / "params")]))
    span = diagnostic.span
    assert (span and (span.line, span.column), diagnostic.code, diagnostic.message) == (place, code, message)


def test_a_file_that_nests_too_deeply(folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: parameters([str(folder({"params": "a = " + "[" * 100_000}) / "params")]))
    assert diagnostic.code == "IAM610"


@pytest.mark.parametrize("given", ["a", "=a", "a b=c", "./a=b"], ids=["no-equals-sign", "no-name", "white-space", "path"])
def test_what_is_neither_a_pair_nor_a_file(given: str, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: parameters([given]))
    assert (diagnostic.source.name, diagnostic.code) == (given, "IAM601")
    assert diagnostic.hint == "bind one placeholder by NAME=VALUE, or name a TOML or JSON file with a table of names to strings"


def test_pairs_win_over_files_and_files_over_earlier_ones(folder: Folder) -> None:
    below = folder({"a=b.toml": "a = 'first'\nb = 'first'\nc = 'first'", "more.json": '{"a": "second", "b": "second"}'})
    given = ["a=line", str(below / "a=b.toml"), str(below / "more.json")]
    assert parameters(given) == {"a": "line", "b": "second", "c": "first"}
