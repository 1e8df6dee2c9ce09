"""The text of a statement, with numbers before its lines."""

import pytest

from iam2rego.engines.statement_text import statement_text
from iam2rego.source import Source, Span


def statement(lines: int) -> str:
    """A statement with its braces on lines 1 and `lines`, and the numbers of all others."""
    return "\n".join(["  {", *(f"    {number}" for number in range(2, lines)), "  }"])


@pytest.mark.parametrize(
    ("text", "span", "want"),
    [
        pytest.param('[{"a": 1}, {"b": 2}]', Span(1, 12, 1, 20), ['    1 | {"b": 2}'], id="one-line"),
        pytest.param(
            '\n[{\r\n    "a": 1\r\n  }]', Span(2, 2, 4, 4), ["    2 | {", '    3 |     "a": 1', "    4 |   }"], id="begins-in-a-line"
        ),
        pytest.param('{"S": [\n  {\n    "a": 1\n  }, 7]}', Span(2, 3, 4, 4), ["    2 | {", '    3 |   "a": 1', "    4 | }"], id="indented"),
        pytest.param("\t{\n\n\t}", Span(1, 2, 3, 3), ["    1 | {", "    2 |", "    3 | }"], id="tabs-and-empty-lines"),
        pytest.param("x" * 200, Span(1, 11, 1, 132), [f"    1 | {'x' * 120}..."], id="too-long-by-one"),
        pytest.param("x" * 200, Span(1, 11, 1, 131), [f"    1 | {'x' * 120}"], id="just-not-too-long"),
    ],
)
def test_lines_have_their_numbers(text: str, span: Span, want: list[str]) -> None:
    assert list(statement_text(Source("p.json", text), span)) == want


@pytest.mark.parametrize(
    ("lines", "part", "want"),
    [
        pytest.param(12, None, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], id="just-not-too-many"),
        pytest.param(13, None, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "..."], id="too-many-by-one"),
        pytest.param(9, Span(3, 1, 4, 9), ["1", "2", ">3", ">4", "5", "6", "7", "8", "9"], id="part"),
        pytest.param(40, Span(11, 1, 11, 9), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", ">11", "..."], id="part/among-the-first"),
        pytest.param(40, Span(12, 1, 12, 9), ["1", "2", "3", "4", "...", ">12", "13", "14", "15", "16", "17", "..."], id="part/beyond"),
        pytest.param(40, Span(39, 1, 39, 9), ["1", "2", "3", "4", "...", ">39", "40"], id="part/at-the-end"),
        pytest.param(40, Span(20, 1, 33, 9), ["1", "2", "3", "4", "...", *[f">{line}" for line in range(20, 26)], "..."], id="part/long"),
    ],
)
def test_of_a_long_statement_some_lines_are_shown(lines: int, part: Span | None, want: list[str]) -> None:
    source = Source("p.json", statement(lines))
    shown = [line.partition("|") for line in statement_text(source, Span(1, 3, lines, 4), part)]
    assert [before.replace(" ", "") or after.strip() for before, _, after in shown] == want


def test_the_text_of_each_line_is_shown() -> None:
    shown = list(statement_text(Source("p.json", statement(14)), Span(1, 3, 14, 4)))
    assert shown == ["     1 | {", *(f"    {number:>2} |   {number}" for number in range(2, 12)), "       | ..."]
