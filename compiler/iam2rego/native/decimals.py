"""Numbers as exact decimal text (N2)."""

import re
from typing import Final

MOST_DIGITS: Final = 40
"""The digits a number may have on either side of the point (N2)."""

NUMBER: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]+)(?:\.(?P<fraction>[0-9]+))?(?:[eE](?P<exponent_sign>[+-]?)(?P<exponent>[0-9]+))?"
)
"""The form of a number. No text can be read in two ways, so text that is not a number is rejected in linear time."""

_LONGEST_EXPONENT: Final = 18
"""With more digits in its exponent than this, no number that fits into memory has enough other digits to balance it."""


def canonical(spelling: str) -> str | None:
    """Return a number as decimal text without exponent, superfluous zeros or signed zero; None when N2 refuses it.

    Also None if the text is not a number. The accepted form is that of C16, which includes JSON's.
    """
    number = NUMBER.fullmatch(spelling)
    if number is None:
        return None
    fraction, exponent = number["fraction"] or "", (number["exponent"] or "").lstrip("0") or "0"
    digits = (number["whole"] + fraction).lstrip("0")
    if not digits:
        return "0"
    if len(exponent) > _LONGEST_EXPONENT:
        return None
    point = len(digits) - len(fraction) + int((number["exponent_sign"] or "") + exponent)
    return _write(number["sign"], digits.rstrip("0"), point)


def _write(sign: str, digits: str, point: int) -> str | None:
    """Write 0.``digits`` times ten to the power of ``point``; the digits neither start nor end with a zero."""
    if point > MOST_DIGITS or len(digits) - point > MOST_DIGITS:
        return None
    whole = digits[: max(point, 0)].ljust(point, "0") or "0"
    fraction = "0" * -point + digits[max(point, 0) :]
    return ("-" if sign == "-" else "") + whole + ("." + fraction if fraction else "")
