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


@pytest.mark.parametrize(
    ("span", "want"),
    [
        pytest.param(Span(1, 1, 1, 4), "abc", id="a-line"),
        pytest.param(Span(1, 2, 1, 3), "b", id="within-a-line"),
        pytest.param(Span(1, 2, 1, 2), "", id="nothing"),
        pytest.param(Span(1, 3, 3, 2), "c\nde\r\nf", id="several-lines"),
    ],
)
def test_a_span_is_cut_from_the_text(span: Span, want: str) -> None:
    assert Source("p.json", "abc\nde\r\nfgh").cut(span) == want


def test_a_span_to_another_ends_where_that_ends() -> None:
    assert Span(1, 2, 3, 4).to(Span(5, 6, 7, 8)) == Span(1, 2, 7, 8)


@pytest.mark.parametrize(
    ("text", "span", "want"),
    [
        pytest.param('[{"a": 1}, 2]', Span(1, 2, 1, 10), ('{"a": 1}',), id="within-a-line"),
        pytest.param('  [{\n    "a": 1\n  }]', Span(1, 4, 3, 4), ("{", '  "a": 1', "}"), id="what-stands-before-and-after"),
        pytest.param("\t{\n\t\ta\n\t}", Span(1, 2, 3, 3), ("{", " a", "}"), id="tabs"),
    ],
)
def test_excerpt(text: str, span: Span, want: tuple[str, ...]) -> None:
    assert Source("p.json", text).excerpt(span) == want


def test_a_line_is_made_once() -> None:
    """A line of a megabyte may have half a million places that diagnostics show."""
    source = Source("p.json", f"{'a' * 1_000}\r\n")
    assert source.line(1) is source.line(1)
