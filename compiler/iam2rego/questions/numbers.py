"""Numbers around a number of a policy (C16, C17)."""

from decimal import Decimal, InvalidOperation
from typing import Final

from iam2rego.jsontext import JsonValue, Number

_STEP: Final = Decimal("0.0000000001")
_UNREADABLE: Final[tuple[JsonValue, ...]] = (
    "ten",
    "10x",
    "0x10",
    ".5",
    "5.",
    "NaN",
    "Infinity",
    "1_000",
    " 10",
    "10 ",
    "+",
    "1e",
    "\u0661",
    True,
)


def hit(text: str, operator: str) -> JsonValue:
    """Return a number below, above or equal to ``text``, as ``operator`` wants."""
    number = _number(text)
    if operator.endswith("LessThan"):
        return _plain(number - 1)
    return _plain(number + 1) if operator.endswith("GreaterThan") else text


def probes(text: str) -> list[JsonValue]:
    """Return numbers below, equal and above, near and far, in several spellings, and texts that are not numbers."""
    number = _number(text)
    around: list[JsonValue] = [_plain(number + step) for step in (-1, -_STEP, 0, _STEP, 1)]
    spelled = [
        f"{number:f}.0" if "." not in text else f"{number:f}0",
        f"{number:f}e0",
        f"{number:E}",
        f"00{number:f}",
        f"+{number:f}",
        f"{-number:f}",
    ]
    json = [Number(f"{number:f}"), Number(f"{number + 1:f}"), Number(f"{number:f}e0")]
    return [*around, *spelled, *json, "9" * 40, "9" * 41, "1e39", "1e40", *_UNREADABLE]


def _number(text: str) -> Decimal:
    """Read ``text``; return 0 for text that is not a number, which `--lenient` lets through."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def _plain(number: Decimal) -> str:
    return f"{number:f}"
