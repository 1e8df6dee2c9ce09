"""The JSON texts in a file, read as a stream: one that may span lines, or JSON Lines of any number.

Memory is bounded by the longest text, which may be as long as a policy. Places are those in the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import BinaryIO, Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.jsontext import JsonTextError, loads
from iam2rego.source import Source, Span
from iam2rego.sources.problems import Problems
from iam2rego.syntax.decode import LARGEST, UTF8_MARK, decode_from, unmarked

_LONGEST: Final = LARGEST + len(UTF8_MARK + b"\r\n") + 1
"""The most bytes to read of a line. A line as long as this is too long, even without its byte order mark and line end."""

_MOST_REFUSED: Final = 128
"""The number of texts with problems after which reading stops, since problems are kept in memory with their texts."""


@dataclass(frozen=True, slots=True)
class JsonText:
    """One JSON text: the file that it is from, its bytes, and the line at which they begin."""

    file: str
    data: bytes
    line: int

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but the white space of JSON; Python's is more, and to skip that would hide what is wrong."""
        return not self.data.strip(b" \t\r\n")

    def source(self) -> Source:
        """Return its characters; raise `PolicyError` if there are too many, or they are not UTF-8."""
        return decode_from(self.file, self.data, self.line)


def json_texts(file: BinaryIO, name: str) -> Iterator[JsonText]:
    """Yield the texts of a file: one a line, where its name ends in ``.jsonl`` or its first line is a JSON text of its own.

    Lines that are blank hold none; a file of other lines is one text.

    Raises:
        PolicyError: the file begins as UTF-16 or UTF-32 does, or a line is too long for what follows to be found.
    """
    lines = _lines(file, name)
    if name.endswith(".jsonl"):
        yield from map(_without_end, lines)
        return
    first = next(lines, JsonText(name, b"", 1))
    if _is_json(first):
        yield from map(_without_end, chain((first,), lines))
    else:
        yield replace(first, data=first.data + file.read(LARGEST + 1))


def until_refused(texts: Iterable[JsonText], problems: Problems) -> Iterator[JsonText]:
    """Yield ``texts``; after the first that adds to ``problems`` only as many as a file of policies may hold, to find some more."""
    room = LARGEST
    for text in texts:
        if room <= 0:
            message = "reading stops here, because of the errors before this line"
            place = Span(text.line, 1, text.line, 1)
            problems.add([Diagnostic(Code.UNREADABLE, message, Source(text.file, "", text.line), place)])
            return
        before = len(problems.found)
        yield text
        if problems.found:
            room -= len(text.data)
        if len(problems.found) > before:
            room -= LARGEST // _MOST_REFUSED


def _lines(file: BinaryIO, name: str) -> Iterator[JsonText]:
    """Yield the lines that are not blank, up to one that is too long."""
    for number in count(1):
        data = file.readline(_LONGEST)
        if not data:
            return
        if number == 1:
            data = unmarked(name, data)
        if not (line := JsonText(name, data, number)).is_blank:
            yield line
        if len(data) == _LONGEST:
            return


def _without_end(line: JsonText) -> JsonText:
    return replace(line, data=line.data.removesuffix(b"\n"))


def _is_json(text: JsonText) -> bool:
    try:
        loads(text.source().text)
    except (PolicyError, JsonTextError):
        return False
    return True
