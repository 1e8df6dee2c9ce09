"""Percent-encoding, decoded once and strictly."""

from collections.abc import Set
from typing import Final

_HEX: Final = frozenset("0123456789ABCDEFabcdef")
_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def plain(marks: str) -> Set[str]:
    """Return letters, digits and the ``marks``: the characters that need no escape."""
    return _LETTERS | frozenset(marks)


def decode(text: str, unescaped: Set[str]) -> str | None:
    """Return ``text`` decoded; None for a malformed escape, a character that needs one, a control character or invalid UTF-8."""
    decoded = bytearray()
    place = 0
    while place < len(text):
        if text[place] == "%":
            digits = text[place + 1 : place + 3]
            if len(digits) < 2 or not set(digits) <= _HEX:
                return None
            decoded.append(int(digits, 16))
            place += 3
        elif text[place] in unescaped:
            decoded.append(ord(text[place]))
            place += 1
        else:
            return None
    return _text(bytes(decoded))


def _text(decoded: bytes) -> str | None:
    try:
        text = decoded.decode("utf-8", "strict")
    except UnicodeDecodeError:
        return None
    return None if any(_is_control(character) for character in text) else text


def _is_control(character: str) -> bool:
    return character < "\x20" or "\x7f" <= character <= "\x9f"
