"""Condition values for each operator: values that it can read, and values that it cannot."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iam2rego.ir.condition import Operator
from iam2rego.jsontext import JsonValue, Number
from iam2rego.questions.values import Family, family
from iam2rego.strategies.texts import arns, patterns, some, texts

_WORDS: Final = ("a", "b", "A", "", "ab", "a/b", "*", "?", "true", "10", "${t:u}", "${T:W, 'a'}", "a${t:u}", "${*}", "*${t:u}*${T:W}*z")
_READABLE: Final[Mapping[Family, tuple[str, ...]]] = MappingProxyType(
    {
        Family.NUMBER: ("10", "0", "-0", "1", "1.0", "1e0", "1e1", "-1", "0.1", "1e-1", "007", "+1", "9" * 40, "1e39"),
        Family.DATE: ("2024-01-01", "0", "2024", "2024-01", "2024-01-01T00:00Z", "2024-01-01T01:00+01:00", "1704067200", "2024-02-29"),
        Family.BOOLEAN: ("true", "false", "TRUE", "False"),
        Family.BINARY: ("YQ==", "YR==", "YWI=", ""),
        Family.ADDRESS: (
            "10.0.0.1",
            "10.0.0.0/8",
            "10.0.0.1/31",
            "0.0.0.0/0",
            "::ffff:10.0.0.1",
            "::ffff:10.0.0.0/104",
            "2001:db8::1",
            "2001:DB8:0::/32",
            "::/0",
        ),
        Family.ARN: ("arn:aws:s3:::b", "arn:aws:s3:::*", "arn:*:s3:::b*", "arn:aws:sns:r:1:t:s", "arn:aws:s3:::${t:u}"),
        Family.PRESENCE: ("true", "false", "TRUE"),
    }
)
_UNREADABLE: Final[Mapping[Family, tuple[str, ...]]] = MappingProxyType(
    {
        Family.NUMBER: ("10x", "1e40", ""),
        Family.DATE: ("2024-02-30", "x"),
        Family.BOOLEAN: ("1", ""),
        Family.BINARY: ("YQ", "x"),
        Family.ADDRESS: ("10.0.0.01", "10.0.0.0/08", "x"),
        Family.ARN: ("arn:aws:s3", "x"),
        Family.PRESENCE: ("x",),
    }
)
_JSON: Final[Mapping[Family, tuple[JsonValue, ...]]] = MappingProxyType(
    {
        Family.TEXT: (Number("10"), Number("1e2"), Number("-0.0")),
        Family.NUMBER: (Number("10"), Number("1.0"), Number("1e1"), Number("0.1")),
        Family.DATE: (Number("1704067200"), Number("2024")),
        Family.BOOLEAN: (True, False),
        Family.PRESENCE: (True, False),
    }
)
"""Values other than strings; all values of a list have the same JSON type (G11)."""


def values(operator: Operator, *, latin: bool, lenient: bool) -> SearchStrategy[JsonValue]:
    """Draw one policy value or a list; only if ``lenient`` may the list be empty or hold values that ``operator`` cannot read."""
    kind = family(operator)
    read = _texts(kind, latin=latin)
    strings = read | st.sampled_from(_UNREADABLE[kind]) if lenient and kind in _UNREADABLE else read
    lists: list[SearchStrategy[JsonValue]] = [some(strings, lenient=lenient)] * 4
    if kind in _JSON:
        lists.append(some(st.sampled_from(_JSON[kind]), lenient=lenient))
    return st.one_of(lists)


def _texts(kind: Family, *, latin: bool) -> SearchStrategy[str]:
    match kind:
        case Family.TEXT:
            return st.sampled_from(_WORDS) | patterns(latin=latin) | texts(latin=latin)
        case Family.ARN:
            return st.sampled_from(_READABLE[kind]) | arns(latin=latin)
        case _:
            return st.sampled_from(_READABLE[kind])
