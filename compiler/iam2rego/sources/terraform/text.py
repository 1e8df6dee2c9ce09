"""Reads a large JSON text piece by piece: Python's own reader takes most of it, and places are found where they are asked for.

A tree with all places of a plan of 50 MB would take minutes, and several gigabytes.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import Final, NoReturn, TypeAlias

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.jsontext import JsonValue, Number
from iam2rego.source import Source, Span
from iam2rego.syntax.report import quote

Step: TypeAlias = str | int
"""The name of a member, or the number of an item."""

_BLANK: Final = re.compile(r"[ \t\n\r]*")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CONSTANTS: Final = ("NaN", "Infinity", "-Infinity")
"""What Python reads besides JSON."""

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_NAMES: Final = {dict: "an object", list: "an array", str: "a string", Number: "a number", bool: "a boolean", type(None): "`null`"}


class _UnplacedError(Exception):
    """Something that Python's reader lets through, or says without a place."""


class _FoundError(Exception):
    """What is looked for begins at an offset."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class Text:
    """The text of a file. Offsets count characters from 0."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self._decoder = json.JSONDecoder(
            parse_int=Number, parse_float=Number, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats
        )
        self._last: tuple[int, list[int]] = (-1, [])

    @property
    def start(self) -> int:
        """The offset of the value that the text is."""
        return self._blank(0)

    def end(self, end: int) -> None:
        """Raise a `PolicyError` if anything but white space follows."""
        if (rest := self._blank(end)) < len(self.text):
            self._malformed("there is something after the end of the JSON value", rest)

    def object(self, start: int, what: str, read: Callable[[str, int], int]) -> int:
        """Give ``read`` the name and the offset of each member of the object at ``start``; it returns the offset of the member's end.

        Raises:
            PolicyError: it is not an object, or has a member twice.
        """
        if self.text[start : start + 1] != "{":
            self.wrong_type(self.decode(start)[0], self.span(start), what, "an object")
        names: set[str] = set()
        at = self._blank(start + 1)
        while not (not names and self.text[at : at + 1] == "}"):
            name, end = self._name(at)
            self._note(names, name, at, end)
            at = self._blank(read(name, self._blank(self._expect(":", self._blank(end)))))
            if self.text[at : at + 1] == "}":
                break
            at = self._blank(self._expect(",", at))
        return at + 1

    def array(self, start: int, what: str, read: Callable[[int, int], int]) -> int:
        """Give ``read`` the number and the offset of each item of the array at ``start``; it returns the offset of the item's end."""
        if self.text[start : start + 1] != "[":
            self.wrong_type(self.decode(start)[0], self.span(start), what, "an array")
        number = 0
        at = self._blank(start + 1)
        while not (not number and self.text[at : at + 1] == "]"):
            at = self._blank(read(number, at))
            number += 1
            if self.text[at : at + 1] == "]":
                break
            at = self._blank(self._expect(",", at))
        return at + 1

    def decode(self, start: int) -> tuple[JsonValue, int]:
        """Return the value at ``start``, with its numbers as spelled, and the offset of its end.

        Raises:
            PolicyError: it is not JSON, nests too deeply, or has an object with a member twice.
        """
        try:
            return self._decoder.raw_decode(self.text, start)
        except json.JSONDecodeError as error:
            self._malformed(error.msg.lower().removesuffix(" at").removesuffix(" starting at"), error.pos)
        except RecursionError:
            self.refuse(Code.TOO_DEEP, "objects and arrays are nested too deeply here", self.span(start))
        except _UnplacedError as error:
            self._find(str(error), start)

    def skip(self, start: int) -> int:
        """Return the end of the value at ``start``."""
        return self.decode(start)[1]

    def place(self, start: int, *path: Step) -> Span:
        """Return the place that a path leads to from the value at ``start``, or the last that is there."""
        for step in path:
            found = self._child(start, step)
            if found is None:
                break
            start = found
        return self.span(start)

    def items(self, start: int, *path: Step) -> list[int]:
        """Return where the items of the array begin that a path leads to; none if there is no array."""
        for step in path:
            found = self._child(start, step)
            if found is None:
                return []
            start = found
        return self._items(start) if self.text[start : start + 1] == "[" else []

    def span(self, start: int, end: int | None = None) -> Span:
        """Return a stretch of the text; without ``end``, the value at ``start`` if it is a string, or else its first character."""
        if end is None:
            end = self.skip(start) if self.text[start : start + 1] == '"' else start + 1
        first, last = bisect_right(self._lines, start), bisect_right(self._lines, end)
        return Span(first, start - self._lines[first - 1] + 1, last, end - self._lines[last - 1] + 1)

    def wrong_type(self, value: JsonValue, span: Span, what: str, wanted: str) -> NoReturn:
        """Raise an error about the type of a value."""
        self.refuse(Code.WRONG_SOURCE_TYPE, f"{what} must be {wanted}, not {_NAMES[type(value)]}", span)

    def refuse(self, code: Code, message: str, span: Span | None, hint: str = "") -> NoReturn:
        """Raise an error about a place."""
        raise PolicyError([Diagnostic(code, message, self.source, span, hint)])

    def refuse_surrogates(self, text: str, place: Callable[[], Span]) -> None:
        """Raise an error if a text that becomes a name is no Unicode."""
        if _SURROGATE.search(text):
            self.refuse(Code.LONE_SURROGATE, "the string contains half of a surrogate pair", place())

    @cached_property
    def _lines(self) -> list[int]:
        """The offsets at which lines begin."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _child(self, start: int, wanted: Step) -> int | None:
        """Return where a member or an item of the value at ``start`` begins; None if it is not there."""
        if self.text[start : start + 1] == "[":
            items = self._items(start)
            return items[wanted] if isinstance(wanted, int) and wanted < len(items) else None

        def read(step: Step, at: int) -> int:
            if step == wanted:
                raise _FoundError(at)
            return self.skip(at)

        try:
            if self.text[start : start + 1] == "{":
                self.object(start, "", read)
        except _FoundError as found:
            return found.at
        return None

    def _items(self, start: int) -> list[int]:
        """Return where the items of an array begin. Those of the last array are kept: the places of many items are asked for in turn."""
        if self._last[0] != start:
            items: list[int] = []

            def read(_: int, at: int) -> int:
                items.append(at)
                return self.skip(at)

            self.array(start, "", read)
            self._last = (start, items)
        return self._last[1]

    def _find(self, message: str, start: int) -> NoReturn:
        """Raise the error that is somewhere in the value at ``start``, with its place. The value may be large, so it is read once."""
        names: list[set[str]] = []  # those of each object and array that is open
        last = start, start
        for token in _TOKEN.finditer(self.text, start):
            text = token[0]
            if text in "{[":
                names.append(set())
            elif text in "}]":
                names.pop()
            elif text == ":":
                self._note(names[-1], json.loads(self.text[slice(*last)]), *last)
            elif text.startswith(_CONSTANTS):
                self.refuse(Code.UNEXPECTED_TEXT, message, self.span(token.start()))
            last = token.span()
        self.refuse(Code.UNEXPECTED_TEXT, message, self.span(start))

    def _note(self, names: set[str], name: str, start: int, end: int) -> None:
        """Add the name of a member to those of its object, or raise an error if it is among them."""
        if name in names:
            self.refuse(Code.DUPLICATE_MEMBER, f"duplicate member {quote(name)}", self.span(start, end))
        names.add(name)

    def _name(self, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] != '"':
            self._malformed("expecting the name of a member, in double quotes", at)
        name, end = self.decode(at)
        assert isinstance(name, str)
        return name, end

    def _expect(self, sign: str, at: int) -> int:
        if self.text[at : at + 1] != sign:
            self._malformed(f"expecting `{sign}`", at)
        return at + 1

    def _blank(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        assert found is not None
        return found.end()

    def _malformed(self, message: str, at: int) -> NoReturn:
        if not message.startswith("invalid"):
            ended = at >= len(self.text) or message.startswith("unterminated")
            code, message = (Code.INCOMPLETE_TEXT, f"the text ends too early: {message}") if ended else (Code.UNEXPECTED_TEXT, message)
        else:
            code = Code.MALFORMED_STRING
        self.refuse(code, message, self.span(at, at + 1))


def _without_repeats(members: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(members)
    if len(found) < len(members):
        raise _UnplacedError("an object has a member twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _UnplacedError(f"{quote(name)} is not JSON")
