"""Places: from offsets to lines and columns, from spans to text, and of characters inside a JSON string."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.source import Source, Span
from iam2rego.syntax import places
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.places import at, text_of, within

TEXT = "ab\ncd\r\n\n\u00e9f"


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        pytest.param(0, None, Span(1, 1, 1, 2), id="first"),
        pytest.param(1, 2, Span(1, 2, 1, 3), id="stretch"),
        pytest.param(3, None, Span(2, 1, 2, 2), id="second-line"),
        pytest.param(9, None, Span(4, 2, 4, 3), id="after-what-is-not-ascii"),
        pytest.param(10, 10, Span(4, 3, 4, 3), id="end-of-the-text"),
        pytest.param(1, 4, Span(1, 2, 2, 2), id="over-lines"),
    ],
)
def test_at(start: int, end: int | None, want: Span) -> None:
    assert at(TEXT, start, end) == want


@pytest.mark.parametrize(
    ("span", "want"),
    [
        pytest.param(Span(1, 1, 1, 3), "ab", id="whole-line"),
        pytest.param(Span(1, 2, 1, 3), "b", id="part"),
        pytest.param(Span(1, 2, 2, 2), "b\nc", id="two-lines"),
        pytest.param(Span(1, 2, 4, 2), "b\ncd\r\n\n\u00e9", id="all-lines"),
        pytest.param(Span(4, 3, 4, 3), "", id="nothing"),
    ],
)
def test_text_of(span: Span, want: str) -> None:
    assert text_of(Source("p.json", TEXT), span) == want


@pytest.mark.parametrize(
    ("string", "start", "end", "want"),
    [
        pytest.param('"abc"', 1, 2, (3, 4), id="plain"),
        pytest.param('"abc"', 3, 3, (5, 5), id="end"),
        pytest.param(r'"a\nb"', 1, 2, (3, 5), id="escape"),
        pytest.param(r'"a\nb"', 2, 3, (5, 6), id="after-an-escape"),
        pytest.param(r'"\u00e9b"', 0, 2, (2, 9), id="escape-by-number"),
        pytest.param(r'"\ud83d\uDE00b"', 1, 2, (14, 15), id="after-a-pair"),
        pytest.param(r'"\ud83d\ud83d"', 1, 2, (8, 14), id="halves-are-two-characters"),
        pytest.param(r'"\\u0041"', 1, 2, (4, 5), id="escaped-backslash"),
    ],
)
def test_within(string: str, start: int, end: int, want: tuple[int, int]) -> None:
    place = within(Source("p.json", string), Span(1, 1, 1, len(string) + 1), start, end)
    assert place == Span(1, want[0], 1, want[1])


def resource(text: str) -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource":\n"{text}"}}}}'


@pytest.mark.parametrize(
    ("policy", "ends"),
    [
        pytest.param(resource("arn:aws:s3:::${a}${b c}d"), [(19, 25)], id="V3/malformed-variable"),
        pytest.param(resource("arn:aws:s3:::${a"), [(15, 18)], id="V3/unclosed-variable"),
        pytest.param(resource("arn:aws:s3:::<bucket>/"), [(15, 23)], id="T1/placeholder"),
        pytest.param(resource("arn:aws:s3:::\u2019"), [(15, 16)], id="G1/character"),
        pytest.param(resource("b"), [(1, 4)], id="G17/string"),
        pytest.param(resource("*").replace('"*"}', '"*", "X": 1}'), [(6, 9)], id="G2/name-of-a-member"),
    ],
)
def test_where_a_problem_starts_and_ends(policy: str, ends: list[tuple[int, int]]) -> None:
    source = Source("p.json", policy)
    spans = [each.span for each in read_policy(parse_json(source), source).diagnostics]
    assert [(span.column, span.end_column) for span in spans if span] == ends


def test_a_long_text_is_quoted_in_part(messages: Callable[[str], Any]) -> None:
    assert messages(resource("b" * 100)) == [f"`{'b' * 100}` is not a resource"]
    assert messages(resource("b" * 101)) == [f"`{'b' * 100}...` is not a resource"]


def copied(policy: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many characters of the text are copied to find places in it."""
    lengths: list[int] = []

    def counted(source: Source, span: Span) -> str:
        text = text_of(source, span)
        lengths.append(len(text))
        return text

    with monkeypatch.context() as patched:
        patched.setattr(places, "text_of", counted)
        read_policy(parse_json(source := Source("p.json", policy)), source)
    return sum(lengths)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda number: "<a>" * number, id="one-placeholder"),
        pytest.param(lambda number: "".join(f"<{'a' * (each % 50 + 1)}>" for each in range(number)), id="many-placeholders"),
        pytest.param(lambda number: "\\u0041" + "<a>" * number, id="behind-an-escape"),
    ],
)
def test_the_work_for_places_grows_with_the_text(text: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (copied(resource("arn:aws:s3:::" + text(number)), monkeypatch) for number in (500, 1_000))
    assert 0 < many <= 2.1 * few
