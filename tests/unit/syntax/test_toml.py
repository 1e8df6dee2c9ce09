"""TOML: what `tomllib` reads, with the places of keys and values."""

import tomllib
from typing import Final

import pytest

from iam2rego.diagnostics import Code, PolicyError
from iam2rego.source import Source, Span
from iam2rego.syntax.toml import parse_toml
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNumber, JsonObject, JsonString

TEXTS: Final = {
    "empty": "",
    "comments-and-blank-lines": "# a\n\n  # b = 1\n",
    "line-ends-of-windows": 'a = "b"\r\n\r\n[c]\r\nd = 1\r\n',
    "no-line-end": "a = 1",
    "strings": 'a = "x # \\" \\u00e9"\nb = \'c:\\d\'\n',
    "long-strings": 'a = """\nx "y" \\\n  z""""\nb = \'\'\'\n\'x\'\n\'\'\'\'\nc = ""\n',
    "quoted-and-dotted-keys": "\"a b\".c.'d.e' = 1\na-b_1 = 2\n1 = 3\n",
    "tables": "[a]\nb = 1\n[a.c]\nd = 2\n[ x . y ]\nz = 3\n",
    "arrays-of-tables": "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\n[[a.e]]\nf = 3\n[[a.e]]\n",
    "arrays": 'a = []\nb = [1, [2, "]"], # c\n  3,\n]\n',
    "inline-tables": 'a = {}\nb = {c = 1, "d" = {e.f = [{g = true}]}}\n',
    "booleans-and-numbers": "a = true\nb = false\nc = -1_0\nd = +0.5e3\ne = 0xfF\nf = inf\n",
}


def plain(node: JsonNode) -> object:
    match node:
        case JsonObject(members=members):
            return {member.name: plain(member.value) for member in members}
        case JsonArray(items=items):
            return [plain(item) for item in items]
        case JsonNumber(text=text):
            return tomllib.loads(f"v = {text}")["v"]
        case JsonString(value=value) | JsonBoolean(value=value):
            return value
    return None


@pytest.mark.parametrize("text", [pytest.param(text, id=situation) for situation, text in TEXTS.items()])
def test_the_values_are_those_of_tomllib(text: str) -> None:
    assert plain(parse_toml(Source("f", text), Code.BAD_GATEWAY)) == tomllib.loads(text)


def test_a_date_is_the_string_that_it_is_spelled_as() -> None:
    assert plain(parse_toml(Source("f", "a = 1979-05-27 07:32:00Z\n"), Code.BAD_GATEWAY)) == {"a": "1979-05-27 07:32:00Z"}


def test_keys_and_values_have_their_places() -> None:
    root = parse_toml(Source("f", '[a]\n"b" = """\nx"""\n[[c]]\nd.e = [1]\n'), Code.BAD_GATEWAY)
    a, c = root.members
    assert isinstance(a.value, JsonObject)
    assert isinstance(c.value, JsonArray)
    assert (a.name_span, a.value.span) == (Span(1, 2, 1, 3), Span(1, 1, 1, 3))
    assert (a.value.members[0].name_span, a.value.members[0].value.span) == (Span(2, 1, 2, 4), Span(2, 7, 3, 5))
    assert (c.name_span, c.value.span) == (Span(4, 3, 4, 4), Span(4, 1, 4, 4))
    assert isinstance(c.value.items[0], JsonObject)
    assert c.value.items[0].members[0].name_span == Span(5, 1, 5, 2)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a = \n", Span(1, 5, 1, 6), id="in-the-text"),
        pytest.param("a = 1\na = 2\n", Span(2, 6, 2, 7), id="a-key-twice"),
        pytest.param("a = [", Span(1, 6, 1, 7), id="at-the-end"),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(text: str, place: Span | None) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_toml(Source("f", text), Code.BAD_GATEWAY)
    (diagnostic,) = refused.value.diagnostics
    assert (diagnostic.code, diagnostic.span) == (Code.BAD_GATEWAY, place)
    assert diagnostic.message.startswith("this is not TOML: ")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = " + "[" * 2_000, id="brackets"),
        pytest.param("a" + ".a" * 5_000 + " = 1", id="a-dotted-key"),
        pytest.param("a = " + "1" * 5_000, id="a-number"),
    ],
)
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_toml(Source("f", text), Code.BAD_GATEWAY)
    assert [each.message for each in refused.value.diagnostics] == ["a number is too long, or values are nested too deeply"]
