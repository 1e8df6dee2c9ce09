"""Explains why a text is not JSON: what was found, what was expected, and what the author may have meant."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from lark.exceptions import UnexpectedInput, UnexpectedToken

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source, Span
from iam2rego.syntax.places import at
from iam2rego.syntax.report import quote

_SPACE: Final = "\t\n\r "
_ATOM: Final = re.compile(r"[^\t\n\r {}\[\]:,\"]+")
_STRING: Final = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*')
_CUT_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{0,3})?")
_WHOLE_STRING_OR_BRACKET: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]')
_CONTROL_ESCAPES: Final = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}
_CONSTANTS: Final = {"true": "true", "false": "false", "null": "null", "none": "null", "nil": "null"}
_BEGINNINGS: Final = (
    ("'", "JSON writes strings in double quotes"),
    ("\N{LEFT DOUBLE QUOTATION MARK}", 'JSON uses straight quotation marks: `"`'),
    ("\N{RIGHT DOUBLE QUOTATION MARK}", 'JSON uses straight quotation marks: `"`'),
    ("//", "JSON has no comments"),
    ("/*", "JSON has no comments"),
    ("#", "JSON has no comments"),
    ("NaN", "JSON has no such number"),
    ("Infinity", "JSON has no such number"),
    ("\N{NO-BREAK SPACE}", "JSON allows only spaces, tabs and line breaks as white space; this is U+00A0"),
    ("\N{ZERO WIDTH NO-BREAK SPACE}", "remove the character U+FEFF"),
)
"""How common malformed words begin, with a hint for each."""

_WORD: Final = re.compile(r"[A-Za-z_]")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_VALUE_START: Final = re.compile(r'["{\[0-9A-Za-z-]')
_NUMBER_LIKE: Final = re.compile(r"[+-]?\.?[0-9]|-")
_KINDS: Final = {"{": "object", "[": "array"}

_EXPECTED: Final = (
    ("NUMBER", "a value"),
    ("COMMA", "`,`"),
    ("COLON", "`:`"),
    ("RBRACE", "`}`"),
    ("RSQB", "`]`"),
    ("$END", "the end of the text"),
)
"""Terminals in the order in which messages name them. Where a number is allowed, any value is."""


@dataclass(frozen=True)
class _Failure:
    """Where the parser stopped, and which terminals it would have accepted there."""

    source: Source
    offset: int
    accepted: Set[str]

    @property
    def before(self) -> str:
        """The text that was read, without trailing white space."""
        return self.source.text[: self.offset].rstrip(_SPACE)

    def diagnose(self, code: Code, message: str, hint: str = "", start: int | None = None, end: int | None = None) -> Diagnostic:
        """Return a diagnostic about the text from ``start`` to ``end``; by default, the character where the parser stopped."""
        return Diagnostic(code, message, self.source, self.place(self.offset if start is None else start, end), hint)

    def place(self, start: int, end: int | None = None) -> Span:
        """Return where the text from ``start`` to ``end`` is in the file."""
        return at(self.source.text, start, end, first_line=self.source.first_line)


def complain(source: Source, error: UnexpectedInput) -> Diagnostic:
    """Turn an error of the JSON parser into a diagnostic."""
    accepted = error.interactive_parser.accepts()  # type: ignore[no-untyped-call]  # lark leaves it untyped
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return _ended(_Failure(source, len(source.text), accepted))
    assert error.pos_in_stream is not None
    failure = _Failure(source, error.pos_in_stream, accepted or {"$END"})  # a parser that has finished accepts nothing
    if source.text[failure.offset] == '"' and not isinstance(error, UnexpectedToken):
        return _string(failure)
    if atom := _atom(failure):
        return _misspelled(failure, atom)
    found = "a string" if source.text[failure.offset] == '"' else f"`{source.text[failure.offset]}`"
    return failure.diagnose(Code.UNEXPECTED_TEXT, f"unexpected {found}; expected {_expected(failure.accepted)}", _hint(failure))


def _expected(accepted: Set[str]) -> str:
    words = [words for terminal, words in _EXPECTED if terminal in accepted]
    if "STRING" in accepted and "NUMBER" not in accepted:
        words.insert(0, "a member's name in double quotes")
    return " or ".join(words)


def _ended(failure: _Failure) -> Diagnostic:
    """Report a text that ends too early, and the bracket that is still open."""
    if not failure.before:
        return failure.diagnose(Code.EMPTY_TEXT, "the text is empty", "a policy is a JSON object: `{...}`", start=0)
    bracket, opened = _open_brackets(failure.before)[-1]
    place = failure.place(opened)
    message = f"the text ends inside the {_KINDS[bracket]} opened at line {place.line}, column {place.column}"
    end = len(failure.before)
    return failure.diagnose(Code.INCOMPLETE_TEXT, f"{message}; expected {_expected(failure.accepted)}", start=end, end=end)


def _open_brackets(text: str) -> list[tuple[str, int]]:
    """Return the brackets that are still open at the end of ``text``, outermost first, with their offsets."""
    opened: list[tuple[str, int]] = []
    for match in _WHOLE_STRING_OR_BRACKET.finditer(text):
        if match[0] in _KINDS:
            opened.append((match[0], match.start()))
        elif match[0] in ("}", "]"):
            opened.pop()
    return opened


def _string(failure: _Failure) -> Diagnostic:
    """Report a malformed string: not closed, or with a control character or an invalid escape."""
    text, start = failure.source.text, failure.offset
    match = _STRING.match(text, start)
    assert match is not None
    end = match.end()
    if _CUT_ESCAPE.fullmatch(text, end):
        end = len(text)
    if end == len(text):
        return failure.diagnose(Code.INCOMPLETE_TEXT, "the text ends inside the string opened here", start=start, end=end)
    wrong = text[end]
    if wrong in "\r\n":
        hint = 'close it with `"`; a line break inside a string is written `\\n`'
        return failure.diagnose(Code.MALFORMED_STRING, "the string opened here does not end on its line", hint, start, end)
    if wrong == "\\":
        hint = 'the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits'
        return failure.diagnose(Code.MALFORMED_STRING, f"`{text[end : end + 2]}` is not an escape", hint, end, min(end + 2, len(text)))
    hint = f"write it as `{_CONTROL_ESCAPES.get(wrong) or _escape(wrong)}`"
    return failure.diagnose(Code.MALFORMED_STRING, f"a string may not contain the control character U+{ord(wrong):04X}", hint, end)


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}"


def _atom(failure: _Failure) -> re.Match[str] | None:
    """Return the word around the place where the parser stopped, such as ``01``, which the lexer splits into ``0`` and ``1``."""
    text, start = failure.source.text, failure.offset
    if not _ATOM.match(text, start):
        return None
    while start > 0 and _ATOM.match(text[start - 1]):
        start -= 1
    return _ATOM.match(text, start)


def _misspelled(failure: _Failure, atom: re.Match[str]) -> Diagnostic:
    """Report a bare word or number; the parser may have stopped inside it."""
    word, start, end = atom[0], atom.start(), atom.end()
    if _NUMBER_LIKE.match(word) and not _NUMBER.fullmatch(word):
        hint = "a JSON number has no leading `+` or `0`, and has digits on both sides of a point"
        return failure.diagnose(Code.MALFORMED_NUMBER, f"{quote(word)} is not a number", hint, start, end)
    expected = _expected(failure.accepted) if start == failure.offset else "a value"
    return failure.diagnose(Code.UNEXPECTED_TEXT, f"unexpected {quote(word)}; expected {expected}", _word_hint(failure, word), start, end)


def _word_hint(failure: _Failure, word: str) -> str:
    if meant := _CONSTANTS.get(word.lower()):
        return f"JSON writes it `{meant}`"
    for beginning, hint in _BEGINNINGS:
        if word.startswith(beginning):
            return hint
    if not failure.before:
        return "this is not JSON, which begins with `{` or `[`"
    if _WORD.match(word) and "STRING" in failure.accepted:
        return f'did you mean `"{word}"`?'
    return _hint(failure)


def _hint(failure: _Failure) -> str:
    """Guess what is missing or superfluous."""
    found, previous = failure.source.text[failure.offset], failure.before[-1:]
    if previous == "," and found in "}],":
        return f"JSON allows no comma before `{found}`"
    if found in "}]" and (opened := _open_brackets(failure.before)):
        place = failure.place(opened[-1][1])
        return f"the `{opened[-1][0]}` at line {place.line}, column {place.column} is still open"
    if "COMMA" in failure.accepted and _VALUE_START.match(found):
        return "is a comma missing before it?"
    if "COLON" in failure.accepted:
        return "write a `:` between the name of a member and its value"
    return "a JSON text is a single value" if "$END" in failure.accepted else ""
