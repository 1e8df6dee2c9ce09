"""Which characters the strings and names of a policy may hold (G1)."""

import re
import unicodedata
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.syntax.places import text_of, within
from iam2rego.syntax.report import Report
from iam2rego.syntax.tree import JsonNode, strings

FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\xff]")
"""What IAM's text may not hold."""

SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
"""A lone surrogate: pairs are one character in Python."""

_SUSPECT: Final = re.compile(r"[^\t\n\r\x20-\xff]|\\[bfu]")
"""What the text of a document must hold for one of its strings to hold a forbidden character, itself or by an escape."""

_PLAIN: Final = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '\\"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '\\"',
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
}


def check_characters(node: JsonNode, report: Report, *, checked: bool) -> bool:
    """Report the first forbidden character of every string; return whether all strings are well-formed Unicode.

    Only a document that is ``checked`` by IAM or Organizations has characters that are forbidden (G1).

    A lone surrogate is an error in both modes, since no later stage can write it; the others are ordinary in lenient mode (L8).
    """
    if not _SUSPECT.search(text_of(report.source, node.span)):
        return True
    verdicts = [_check(value, span, report, checked=checked) for value, span in strings(node)]
    return all(verdicts)


def _check(value: str, span: Span, report: Report, *, checked: bool) -> bool:
    found = SURROGATE.search(value) or (FORBIDDEN.search(value) if checked else None)
    if found is None:
        return True
    place = within(report.source, span, found.start(), found.end())
    if not SURROGATE.match(found[0]):
        message = f"a policy may not hold the character {character_name(found[0])}"
        hint = (
            f"did you mean `{_PLAIN[found[0]]}`?"
            if found[0] in _PLAIN
            else "IAM takes tab, line feed, carriage return and U+0020 to U+00FF"
        )
        report.tolerate(Code.FORBIDDEN_CHARACTER, place, message, hint)
        return True
    report.error(
        Code.LONE_SURROGATE, place, "the string holds half of a surrogate pair", "write both halves of the pair, or the character itself"
    )
    return False


def character_name(character: str) -> str:
    """Return the number and name of ``character``, as in ``U+2019 (right single quotation mark)``."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"
