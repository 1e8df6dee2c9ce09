"""The characters that the strings and member names of a policy may contain (G1)."""

import re
import unicodedata
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.syntax.places import text_of, within
from iam2rego.syntax.report import Report
from iam2rego.syntax.tree import JsonNode, strings

FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\xff]")
"""A character that IAM rejects."""

SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
"""A lone surrogate; Python reads a pair as one character."""

_SUSPECT: Final = re.compile(r"[^\t\n\r\x20-\xff]|\\[bfu]")
"""A quick test of the whole text: without a match, no string contains a forbidden character, either as it is or escaped."""

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

    IAM and Organizations forbid characters only in the documents that they check: those that are ``checked`` (G1).

    A lone surrogate is an error in both modes, because no later stage can write it; lenient mode accepts the others (L8).
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
        message = f"a policy may not contain the character {character_name(found[0])}"
        hint = (
            f"did you mean `{_PLAIN[found[0]]}`?"
            if found[0] in _PLAIN
            else "IAM accepts tab, line feed, carriage return and U+0020 to U+00FF"
        )
        report.tolerate(Code.FORBIDDEN_CHARACTER, place, message, hint)
        return True
    report.error(
        Code.LONE_SURROGATE, place, "the string contains half of a surrogate pair", "write both halves of the pair, or the character itself"
    )
    return False


def character_name(character: str) -> str:
    """Return the number and name of ``character``, as in ``U+2019 (right single quotation mark)``."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"
