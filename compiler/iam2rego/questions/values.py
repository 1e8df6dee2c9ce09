"""Condition values on both sides of a policy value, by operator (docs/semantics.md, "Conditions")."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final, assert_never

from iam2rego.ir.condition import ArnValue, ConditionValue, LiteralValue, Operator, TextValue
from iam2rego.jsontext import JsonValue, Number
from iam2rego.questions import addresses, dates, numbers
from iam2rego.questions.fill import PLAIN, Filling, Texts, fill, near


class Family(Enum):
    """A group of operators that read their values in the same way."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    BOOLEAN = auto()
    BINARY = auto()
    ADDRESS = auto()
    ARN = auto()
    PRESENCE = auto()


_FAMILIES: Final = MappingProxyType(
    {
        "String": Family.TEXT,
        "Numeric": Family.NUMBER,
        "Date": Family.DATE,
        "Bool": Family.BOOLEAN,
        "Binary": Family.BINARY,
        "Ip": Family.ADDRESS,
        "NotIp": Family.ADDRESS,
        "Arn": Family.ARN,
        "Null": Family.PRESENCE,
    }
)

UNLIKE: Final[Mapping[Family, str]] = MappingProxyType(
    {
        Family.TEXT: "unlike",
        Family.NUMBER: "987654321",
        Family.DATE: "1999-12-31T23:59:59Z",
        Family.BOOLEAN: "true",
        Family.BINARY: "dW5saWtl",
        Family.ADDRESS: "198.18.7.7",
        Family.ARN: "arn:aws:probe:us-east-1:123456789012:unlike",
        Family.PRESENCE: "present",
    }
)
"""For each family, a value that it can read and that policies are unlikely to have."""

_WHOLE: Final = re.compile("0|[1-9][0-9]{0,39}")
_TEXT_FILLINGS: Final = (PLAIN, Filling("", "y"), Filling("*", "*"), Filling("a/b:c\n", "?"), Filling("${aws:username}", "\u00e9"))
_ARN_FILLINGS: Final = (PLAIN, Filling("", "y"), Filling("*", "*"), Filling("a:b", ":"), Filling("a/b", "/"))
_BOOLEANS: Final[tuple[JsonValue, ...]] = (True, False, "true", "false", "TRUE", "False", "yes", "1", Number("1"), Number("0"), " true")


def family(operator: Operator) -> Family:
    """Return the family of ``operator``, by the start of its name."""
    return next(kind for start, kind in _FAMILIES.items() if operator.value.startswith(start))


def negated(operator: Operator) -> bool:
    """Return whether ``operator`` is one of the negated ones (C3)."""
    return "Not" in operator.value


def hit(operator: Operator, value: ConditionValue, texts: Texts) -> JsonValue:
    """Return a value that matches ``value`` under the positive form of ``operator``."""
    match value:
        case TextValue(segments=segments):
            return fill(segments, PLAIN, texts)
        case ArnValue(fields=fields):
            return ":".join(fill(field, PLAIN, texts) for field in fields)
        case LiteralValue(text=text):
            return _LITERAL_HITS.get(family(operator), _same)(text, operator.value)
        case _:
            assert_never(value)


def probes(operator: Operator, value: ConditionValue, texts: Texts) -> Iterable[JsonValue]:
    """Return values at the edges of ``value``: matching, just missing, spelled differently and unreadable."""
    match value:
        case TextValue():
            return _text_probes(value, texts)
        case ArnValue():
            return _arn_probes(value, texts)
        case LiteralValue(text=text):
            return _LITERAL_PROBES[family(operator)](text)
        case _:
            assert_never(value)


def _same(text: str, _operator: str) -> str:
    return text


def _text_probes(value: TextValue, texts: Texts) -> list[JsonValue]:
    filled = [fill(value.segments, filling, texts) for filling in _TEXT_FILLINGS]
    off = [fill(pattern, PLAIN, texts) for pattern in near(value.segments)]
    return [*filled, *off, filled[0].swapcase(), filled[0].upper(), value.text, f"{filled[0]}\n", f" {filled[0]}", *_as_numbers(filled[0])]


def _as_numbers(text: str) -> tuple[JsonValue, ...]:
    """Return the JSON numbers that have this text, in this spelling and in another (N2, C14)."""
    return (Number(text), Number(f"{text}.0")) if _WHOLE.fullmatch(text) else ()


def _arn_probes(value: ArnValue, texts: Texts) -> list[JsonValue]:
    filled = [":".join(fill(field, filling, texts) for field in value.fields) for filling in _ARN_FILLINGS]
    plain = ":".join(fill(field, PLAIN, texts) for field in value.fields)
    others = [plain.rpartition(":")[0], f"{plain}:more", f"{plain}/more", value.text, "arn:", "not an arn"]
    return [*filled, *_field_probes(value, texts), *others]


def _field_probes(value: ArnValue, texts: Texts) -> Iterator[str]:
    """Yield the ARN with one field changed by a character, empty or a star."""
    plain = [fill(field, PLAIN, texts) for field in value.fields]
    for place, field in enumerate(value.fields):
        for text in (*(fill(pattern, PLAIN, texts) for pattern in near(field)), "", "*"):
            yield ":".join([*plain[:place], text, *plain[place + 1 :]])


def _boolean_probes(_text: str) -> tuple[JsonValue, ...]:
    return _BOOLEANS


def _binary_probes(text: str) -> list[JsonValue]:
    """Return base64 texts of the same and of other bytes, canonical or not (C20)."""
    return [
        text,
        text.rstrip("="),
        text + "=",
        _loose_bits(text),
        text.swapcase(),
        f"{text}\n",
        f"A{text[1:]}",
        f"{text}QQ==",
        "_-==",
        "QR==",
    ]


def _loose_bits(text: str) -> str:
    """Set the unused bits before the padding: `QQ==` becomes `QR==`, the same byte in another spelling."""
    body = text.rstrip("=")
    return f"{body[:-1]}{chr(ord(body[-1]) + 1)}{text[len(body) :]}" if body else "=="


def _presence_probes(_text: str) -> tuple[JsonValue, ...]:
    return ("present", True, False, Number("0"))


_LITERAL_HITS: Final[Mapping[Family, Callable[[str, str], JsonValue]]] = MappingProxyType(
    {
        Family.NUMBER: numbers.hit,
        Family.DATE: dates.hit,
        Family.ADDRESS: addresses.hit,
        Family.BOOLEAN: _same,
        Family.BINARY: _same,
    }
)

_LITERAL_PROBES: Final[Mapping[Family, Callable[[str], Iterable[JsonValue]]]] = MappingProxyType(
    {
        Family.NUMBER: numbers.probes,
        Family.DATE: dates.probes,
        Family.ADDRESS: addresses.probes,
        Family.BOOLEAN: _boolean_probes,
        Family.BINARY: _binary_probes,
        Family.PRESENCE: _presence_probes,
    }
)
