"""Our JSON readers against Python's, on random texts and on texts with a few characters changed.

What may differ, and is checked as such: we refuse what nests deeper than `DEEPEST`, `NaN` and `Infinity`, which Python reads, and
in requests repeated members.
"""

import json
from collections.abc import Iterator
from typing import Any, Final, assert_never

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iam2rego.diagnostics import Diagnostic, PolicyError, render
from iam2rego.jsontext import JsonTextError, Number, dumps, loads
from iam2rego.source import Source, Span
from iam2rego.sources.values import value_of
from iam2rego.syntax.decode import decode
from iam2rego.syntax.members import duplicate_members
from iam2rego.syntax.parse import DEEPEST, parse_json
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString

SPACE: Final = st.text(" \t\r\n", max_size=2)
NUMBERS: Final = st.from_regex(r"-?(0|[1-9][0-9]{0,4})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
CHARACTERS: Final = st.characters() | st.sampled_from('\\"/\u00e9\u2028\U0001f600\ud800\udc00\x00\x1f\x7f')
STRINGS: Final = st.builds(lambda text, plain: json.dumps(text, ensure_ascii=plain), st.text(CHARACTERS, max_size=6), st.booleans())
NAMES: Final = st.sampled_from(['"a"', '"b"', '"\\u0061"']) | STRINGS
LEAVES: Final = st.sampled_from(["true", "false", "null"]) | NUMBERS | STRINGS


def spaced(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda before, text, after: before + text + after, SPACE, strategy, SPACE)


def within_brackets(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.builds(lambda name, value: f"{name}:{value}", spaced(NAMES), spaced(inner))
    arrays = st.lists(spaced(inner), max_size=4).map(lambda items: f"[{','.join(items)}]")
    return arrays | st.lists(members, max_size=4).map(lambda found: f"{{{','.join(found)}}}")


TEXTS: Final = spaced(st.recursive(LEAVES, within_brackets, max_leaves=20))
SCRAPS: Final = st.text('[]{}",:\\ntrueu01-+.eE \t\n\x00\ufeff\u00a0\ud800', max_size=3) | st.sampled_from(["NaN", "-Infinity", "\\u12"])


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A text of which some stretches are replaced."""
    text = draw(TEXTS)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 3, len(text))))
        text = text[:start] + draw(SCRAPS) + text[end:]
    return text


ANY_TEXT: Final = TEXTS | mutations() | st.text(CHARACTERS, max_size=10) | SCRAPS


def by_python(text: str) -> Any:
    """What Python reads: objects as lists of pairs, numbers as they are spelled; raises `ValueError`."""
    return json.loads(
        text, object_pairs_hook=lambda pairs: ("object", pairs), parse_int=Number, parse_float=Number, parse_constant=_refused
    )


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def as_python(node: JsonNode) -> Any:
    """The same form for our tree."""
    match node:
        case JsonObject(members=members):
            return "object", [(member.name, as_python(member.value)) for member in members]
        case JsonArray(items=items):
            return [as_python(item) for item in items]
        case JsonNumber(text=text):
            return Number(text)
        case JsonString(value=value) | JsonBoolean(value=value):
            return value
        case JsonNull():
            return None
        case _:
            assert_never(node)


def parsed(text: str) -> JsonNode | Diagnostic:
    """Our tree, or the one diagnostic that says why there is none."""
    try:
        return parse_json(Source("t.json", text))
    except PolicyError as refused:
        (diagnostic,) = refused.diagnostics
        return diagnostic


def decoded(data: bytes) -> str | None:
    """Our text, None where it is refused."""
    try:
        return decode("t.json", data).text
    except PolicyError:
        return None


def decoded_by_python(data: bytes) -> str | None:
    """The text that Python reads, None for what is not UTF-8 or holds U+0000, which may only be escaped."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if "\0" not in text else None


def nodes(node: JsonNode) -> Iterator[tuple[Span, Any]]:
    """Every value in ``node`` and every member's name, each with its place."""
    yield node.span, as_python(node)
    if isinstance(node, JsonArray):
        for item in node.items:
            yield from nodes(item)
    if isinstance(node, JsonObject):
        for member in node.members:
            yield member.name_span, member.name
            yield from nodes(member.value)


def covered(text: str, span: Span) -> str:
    """The text at ``span``, whose lines end at line feeds only."""
    starts = [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
    return text[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]


@given(ANY_TEXT)
@example("[NaN]")
@example("\ufeff1")
@example("1\u0661")
@example('"\\ud83d\\ude00\\ude00"')
@settings(deadline=None)
def test_we_read_what_python_reads(text: str) -> None:
    try:
        want = by_python(text)
    except ValueError:
        assert isinstance(parsed(text), Diagnostic)
    else:
        node = parsed(text)
        assert not isinstance(node, Diagnostic)
        assert as_python(node) == want


@given(TEXTS)
@settings(deadline=None)
def test_spans_are_exact(text: str) -> None:
    node = parse_json(Source("t.json", text))
    assert [by_python(covered(text, span)) for span, _ in nodes(node)] == [value for _, value in nodes(node)]


@given(ANY_TEXT)
@settings(deadline=None)
def test_a_refusal_has_a_place_in_the_text_and_can_be_shown(text: str) -> None:
    found = parsed(text)
    if isinstance(found, Diagnostic):
        assert found.span is not None
        assert 1 <= found.span.line <= found.span.end_line <= text.count("\n") + 1
        assert 1 <= found.span.column <= len(found.source.line(found.span.line)) + 2
        assert found.code in render(found)


@given(ANY_TEXT)
@settings(deadline=None)
def test_a_request_is_read_unless_a_member_is_repeated(text: str) -> None:
    node = parsed(text)
    repeated = isinstance(node, Diagnostic) or any(duplicate_members(node, Source("t.json", text)))
    if isinstance(node, Diagnostic) or repeated:
        with pytest.raises(JsonTextError):
            loads(text)
    else:
        assert loads(text) == value_of(node)


@given(TEXTS.filter(lambda text: '"' not in text) | LEAVES)
@settings(deadline=None)
def test_what_is_written_is_read_again(text: str) -> None:
    assert loads(dumps(loads(text))) == loads(text)


@given(st.integers(1, DEEPEST + 3), st.sampled_from(["[", '{"a":']))
def test_only_depth_parts_us_from_python(depth: int, opening: str) -> None:
    text = opening * depth + "1" + ("]" if opening == "[" else "}") * depth
    assert isinstance(parsed(text), Diagnostic) is (depth > DEEPEST)


@given(st.binary(max_size=12) | ANY_TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(deadline=None)
@example(b"\xef\xbb\xbf\xef\xbb\xbf1")
def test_bytes_are_the_text_that_python_reads_but_for_nul(data: bytes) -> None:
    assert decoded(data) == decoded_by_python(data)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 1_000_000, id="brackets"),
        pytest.param('{"a":' * 200_000, id="objects"),
        pytest.param("[1," * 200_000, id="items"),
        pytest.param('"' + "\\" * 1_000_001, id="backslashes"),
        pytest.param('"' + "\\u" * 200_000, id="half-escapes"),
        pytest.param("1" * 1_000_000 + "x", id="digits"),
        pytest.param(" \n" * 500_000, id="space"),
    ],
)
def test_what_goes_on_and_on_is_refused(text: str) -> None:
    assert isinstance(parsed(text), Diagnostic)
    with pytest.raises(JsonTextError):
        loads(text)
