"""Lines and spans of a text."""

import pytest

from iam2rego.source import Source, Span


@pytest.mark.parametrize(
    ("text", "number", "want"),
    [
        pytest.param("a\nb", 1, "a", id="first"),
        pytest.param("a\nb", 2, "b", id="last"),
        pytest.param("a\r\nb", 1, "a", id="carriage-return"),
        pytest.param("a\rb\u2028c\x0bd", 1, "a\rb\u2028c\x0bd", id="only-line-feeds-end-a-line"),
        pytest.param("a\n", 2, "", id="empty-last-line"),
        pytest.param("a", 2, "", id="after-the-end"),
        pytest.param("a", 0, "", id="before-the-first"),
    ],
)
def test_line(text: str, number: int, want: str) -> None:
    assert Source("p.json", text).line(number) == want


def test_a_span_to_another_ends_where_that_ends() -> None:
    assert Span(1, 2, 3, 4).to(Span(5, 6, 7, 8)) == Span(1, 2, 7, 8)
