"""Decodes bytes to text: UTF-8 with or without a byte order mark. Errors say where the first bad byte is."""

from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.syntax.places import at

LARGEST: Final = 16 * 1024 * 1024
"""The maximum size in bytes of a file, or of a line of JSON Lines."""

LARGEST_PLAN: Final = 256 * 1024 * 1024
"""The same of a file that is read without a tree of places, such as a plan of Terraform."""

_EXCERPT: Final = 200
UTF8_MARK: Final = b"\xef\xbb\xbf"
_OTHER_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE_AS_UTF8: Final = "save the file as UTF-8"
_ZIP: Final = b"PK\x03\x04"
_SHOW_PLAN: Final = "`terraform show -json FILE` prints a plan as JSON"


def decode(name: str, data: bytes, largest: int = LARGEST) -> Source:
    """Return the text of ``data`` without its byte order mark; raise `PolicyError` if it is too long, not UTF-8, or contains U+0000."""
    refuse_oversized(name, data, 1, largest)
    return Source(name, _text(name, unmarked(name, data), 1))


def unmarked(name: str, data: bytes) -> bytes:
    """Return the beginning of a file without its byte order mark; raise `PolicyError` if the mark is of another encoding."""
    if data.startswith(_ZIP):
        raise _refusal(name, data, 0, Code.BAD_ENCODING, "the file is a zip archive, as Terraform's binary plans are", _SHOW_PLAN)
    for mark, encoding in _OTHER_MARKS:
        if data.startswith(mark):
            raise _refusal(name, data, 0, Code.BAD_ENCODING, f"the text is {encoding}, not UTF-8", _SAVE_AS_UTF8)
    return data.removeprefix(UTF8_MARK)


def decode_from(name: str, data: bytes, line: int) -> Source:
    """Decode ``data``, which begins at ``line`` of the file; raise `PolicyError` as `decode` does."""
    refuse_oversized(name, data, line)
    return Source(name, _text(name, data, line), line)


def refuse_oversized(name: str, data: bytes, line: int = 1, largest: int = LARGEST) -> None:
    """Raise a `PolicyError` if there are more bytes than are read."""
    if len(data) > largest:
        message, hint = f"the text has more than {largest:,} bytes", "this is the maximum for a file, and for a line of JSON Lines"
        raise _refusal(name, data, 0, Code.OVERSIZED_TEXT, message, hint, line)


def _text(name: str, data: bytes, line: int) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if 0 in data:
            message, hint = "the file is binary, not text", "name a file of JSON"
            raise PolicyError([Diagnostic(Code.BAD_ENCODING, message, Source(name, ""), hint=hint)]) from None
        message = f"the byte 0x{data[error.start]:02X} is not valid UTF-8 here"
        raise _refusal(name, data, error.start, Code.BAD_ENCODING, message, _SAVE_AS_UTF8, line) from None
    if (nul := data.find(0)) >= 0:
        raise _refusal(name, data, nul, Code.BAD_ENCODING, "the text contains the character U+0000", _SAVE_AS_UTF8, line)
    return text


def _refusal(name: str, data: bytes, offset: int, code: Code, message: str, hint: str, line: int = 1) -> PolicyError:
    """Return an error at the byte ``offset``; its source contains only as much text as an excerpt needs."""
    text = data[: offset + _EXCERPT].decode("utf-8", "replace")
    source = Source(name, text, line)
    place = at(text, len(data[:offset].decode("utf-8")), first_line=line)
    return PolicyError([Diagnostic(code, message, source, place, hint)])
