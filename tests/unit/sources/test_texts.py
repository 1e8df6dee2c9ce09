"""The texts in a file: JSON Lines, or one text; where they begin, and what cannot be read."""

import io
from collections.abc import Callable, Iterator

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources.problems import Problems
from iam2rego.sources.texts import json_texts, until_refused
from iam2rego.syntax.decode import LARGEST

Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

LONG = b'"' + b"a" * (LARGEST - 2) + b'"'


@pytest.mark.parametrize(
    ("name", "data", "want"),
    [
        pytest.param("a.jsonl", b"1\n2\n", [(1, "1"), (2, "2")], id="lines"),
        pytest.param("a.jsonl", b"1\n2", [(1, "1"), (2, "2")], id="last-line-without-an-end"),
        pytest.param("a.jsonl", b"1\r\n2\r\n", [(1, "1\r"), (2, "2\r")], id="carriage-returns-are-white-space"),
        pytest.param("a.jsonl", b"\n \t\r\n1\n\n\n2\n\n", [(3, "1"), (6, "2")], id="blank-lines-are-counted"),
        pytest.param("a.jsonl", b"1\r2\xe2\x80\xa83\n4", [(1, "1\r2\u20283"), (2, "4")], id="only-line-feeds-end-a-line"),
        pytest.param(
            "a.jsonl",
            b"1\n\x0b\n\x0c\r\n2",
            [(1, "1"), (2, "\x0b"), (3, "\x0c\r"), (4, "2")],
            id="what-only-python-calls-white-space-is-no-blank-line",
        ),
        pytest.param("a.jsonl", b"\xef\xbb\xbf1\n2", [(1, "1"), (2, "2")], id="byte-order-mark"),
        pytest.param("a.jsonl", b"\xef\xbb\xbf\n1", [(2, "1")], id="byte-order-mark-on-a-blank-line"),
        pytest.param("a.jsonl", b"1\n\xef\xbb\xbf2", [(1, "1"), (2, "\ufeff2")], id="byte-order-mark-is-none-later"),
        pytest.param("a.jsonl", b"{\n}", [(1, "{"), (2, "}")], id="a-text-is-one-line"),
        pytest.param("a.jsonl", b"", [], id="empty"),
        pytest.param("a.jsonl", b" \n\n", [], id="white-space"),
        pytest.param("a.json", b"1\n\n2\n", [(1, "1"), (3, "2")], id="lines-in-a-json-file"),
        pytest.param("-", b"\n{}\n{}", [(2, "{}"), (3, "{}")], id="lines-of-stdin"),
        pytest.param("a.json", b"1\n[\n", [(1, "1"), (2, "[")], id="lines-by-the-first"),
        pytest.param("a.json", b"[\n1\n]\n", [(1, "[\n1\n]\n")], id="one-text"),
        pytest.param("a.json", b"\n\n{\r\n}", [(3, "{\r\n}")], id="one-text-after-blank-lines"),
        pytest.param("a.json", b'{"a": 1, "a": 1}\n1', [(1, '{"a": 1, "a": 1}\n1')], id="a-repeated-member-is-no-line"),
        pytest.param("a.json", b"", [(1, "")], id="nothing-is-one-text"),
        pytest.param("a.json", b"\xef\xbb\xbf[\n]", [(1, "[\n]")], id="one-text/byte-order-mark"),
    ],
)
def test_texts(name: str, data: bytes, want: list[tuple[int, str]]) -> None:
    sources = [each.source() for each in json_texts(io.BytesIO(data), name)]
    assert [(each.first_line, each.text) for each in sources] == want


@pytest.mark.parametrize(("name", "line"), [("a.jsonl", b"1\n"), ("a.json", b"1\n")])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_line_may_be_as_long_as_a_file(name: str, line: bytes, end: bytes) -> None:
    sources = [each.source() for each in json_texts(io.BytesIO(line + LONG[len(end.strip(b"\n")) :] + end), name)]
    assert [len(each.text.rstrip("\r")) for each in sources][1:] in ([LARGEST], [LARGEST - 1])


@pytest.mark.parametrize(
    ("name", "data", "line", "column", "code"),
    [
        pytest.param("a.jsonl", b"1\n\n2 \xff\n3", 3, 3, "IAM001", id="not-utf-8"),
        pytest.param("a.jsonl", "1\n\u00e9\u00e9\xff".encode("latin-1"), 2, 1, "IAM001", id="latin-1"),
        pytest.param("a.jsonl", b"1\n\xc3\xa9\x00\n", 2, 2, "IAM001", id="nul"),
        pytest.param("a.jsonl", "1\n2\n".encode("utf-16"), 1, 1, "IAM001", id="utf-16"),
        pytest.param("a.json", "1\n2\n".encode("utf-16"), 1, 1, "IAM001", id="one-text/utf-16"),
        pytest.param("a.jsonl", b"1\n" + LONG + b" \n3", 2, 1, "IAM002", id="long-line"),
        pytest.param("a.jsonl", b"1\n" + LONG + b" ", 2, 1, "IAM002", id="long-last-line"),
        pytest.param("a.jsonl", b"1\n" + LONG * 2 + b"\n3", 2, 1, "IAM002", id="very-long-line"),
        pytest.param("a.jsonl", b"\xef\xbb\xbf" + LONG + b" " * LARGEST + b"2", 1, 1, "IAM002", id="long-line-after-a-mark"),
        pytest.param("a.json", b"\n[" + LONG + b",\n1]", 2, 1, "IAM002", id="one-text/long-line"),
        pytest.param("a.json", b"[\n" + LONG + b"\n]", 1, 1, "IAM002", id="one-text/long"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(name: str, data: bytes, line: int, column: int, code: str, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: [each.source() for each in json_texts(io.BytesIO(data), name)])
    assert diagnostic.span is not None
    assert (diagnostic.span.line, diagnostic.span.column, diagnostic.code) == (line, column, code)
    assert diagnostic.source.line(line)


class Endless(io.RawIOBase):
    """A pipe in which there is always another line."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the base takes any buffer
        buffer[:2] = b"1\n"
        return 2


@pytest.mark.parametrize("name", ["a.jsonl", "-"])
def test_a_text_is_there_before_the_file_ends(name: str) -> None:
    texts = json_texts(io.BufferedReader(Endless()), name)
    assert [next(texts).line for _ in range(3)] == [1, 2, 3]


def refused_lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the line and the message of each problem in JSON Lines of which no line is UTF-8 that holds `\\xff`."""
    problems = Problems()
    for text in until_refused(json_texts(io.BytesIO(data), "a.jsonl"), problems):
        with problems.collected():
            text.source()
    yield from ((each.span.line, each.message) for each in problems.found if each.span)


GIVEN_UP = "reading stops here, because of the errors before this line"


@pytest.mark.parametrize(
    ("data", "lines", "given_up"),
    [
        pytest.param(b"1\n" * 1000, 0, False, id="none"),
        pytest.param(b"1\n\xff\n" * 127, 127, False, id="few"),
        pytest.param(LONG + b" ", 1, False, id="nothing-follows"),
        pytest.param(b"\xff\n" * 1000, 128, True, id="many"),
        pytest.param(b"\xff\n" + (LONG[: LARGEST // 4] + b"\n") * 8, 1, True, id="far-between"),
        pytest.param(b"".join([LONG[: LARGEST // 2], b"\xff\n"]) * 3, 2, True, id="long"),
    ],
)
def test_a_file_full_of_problems_is_given_up(data: bytes, lines: int, given_up: bool) -> None:
    found = list(refused_lines(data))
    assert len(found) == lines + given_up
    assert (GIVEN_UP in [message for _, message in found]) is given_up
