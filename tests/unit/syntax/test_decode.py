"""Bytes to text: UTF-8, bounded in size."""

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.source import Span
from iam2rego.syntax.decode import LARGEST, decode


@pytest.mark.parametrize(
    ("data", "want"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"{}\r\n", "{}\r\n", id="line-ends-are-kept"),
        pytest.param(b"\xef\xbb\xbf{}", "{}", id="byte-order-mark"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbf", "\ufeff", id="second-byte-order-mark-is-text"),
        pytest.param(b"\xc3\xa9\xf0\x9f\x98\x80", "\u00e9\U0001f600", id="several-bytes"),
        pytest.param(b" " * LARGEST, " " * LARGEST, id="largest"),
    ],
)
def test_text(data: bytes, want: str) -> None:
    assert decode("p.json", data).text == want


@pytest.mark.parametrize(
    ("data", "line", "column", "code", "message"),
    [
        pytest.param(b" " * (LARGEST + 1), 1, 1, "IAM002", "the text has more than 16,777,216 bytes", id="too-large"),
        pytest.param(b"\xff\xfe{\x00", 1, 1, "IAM001", "the text is UTF-16, not UTF-8", id="utf-16-little-endian"),
        pytest.param(b"\xfe\xff\x00{", 1, 1, "IAM001", "the text is UTF-16, not UTF-8", id="utf-16-big-endian"),
        pytest.param(b"\xff\xfe\x00\x00{\x00\x00\x00", 1, 1, "IAM001", "the text is UTF-32, not UTF-8", id="utf-32-little-endian"),
        pytest.param(b"\x00\x00\xfe\xff\x00\x00\x00{", 1, 1, "IAM001", "the text is UTF-32, not UTF-8", id="utf-32-big-endian"),
        pytest.param(b"{\x00}\x00", 1, 2, "IAM001", "the text contains the character U+0000", id="utf-16-without-mark"),
        pytest.param(b"\x00{\x00}", 1, 1, "IAM001", "the text contains the character U+0000", id="utf-16-big-endian-without-mark"),
        pytest.param(b'\xc3\xa9\n"\xe9"', 2, 2, "IAM001", "the byte 0xE9 is not valid UTF-8 here", id="latin-1"),
        pytest.param(b'"\xc0\xaf"', 1, 2, "IAM001", "the byte 0xC0 is not valid UTF-8 here", id="overlong"),
        pytest.param(b'"\xed\xa0\x80"', 1, 2, "IAM001", "the byte 0xED is not valid UTF-8 here", id="half-a-pair"),
        pytest.param(b'"\xf0\x9f', 1, 2, "IAM001", "the byte 0xF0 is not valid UTF-8 here", id="cut"),
        pytest.param(
            b"\xef\xbb\xbf\xc3\xa9\xff", 1, 2, "IAM001", "the byte 0xFF is not valid UTF-8 here", id="column-after-a-byte-order-mark"
        ),
    ],
)
def test_refusal(data: bytes, line: int, column: int, code: str, message: str) -> None:
    with pytest.raises(PolicyError) as refused:
        decode("p.json", data)
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.span == Span(line, column, line, column + 1)
    assert (diagnostic.code, diagnostic.message) == (code, message)


def test_a_binary_file_is_refused_without_an_excerpt() -> None:
    with pytest.raises(PolicyError) as refused:
        decode("p.json", b"\x7fELF\x02\x01\x01\x00\xf3")
    (diagnostic,) = refused.value.diagnostics
    assert (diagnostic.code, diagnostic.message, diagnostic.span) == ("IAM001", "the file is binary, not text", None)


def test_a_refusal_holds_no_more_of_a_large_text_than_an_excerpt() -> None:
    with pytest.raises(PolicyError) as refused:
        decode("p.json", b"a" * (LARGEST + 1))
    (diagnostic,) = refused.value.diagnostics
    assert len(diagnostic.source.text) == 200
