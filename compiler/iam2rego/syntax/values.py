"""Reads condition values as their operators do (C12 to C22, N2, V2, L6)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.condition import ArnValue, ConditionValue, LiteralValue, Operator, TextValue
from iam2rego.syntax.literals import MOST_DIGITS, LiteralKind, is_address, is_base64, is_boolean, is_date, is_number, plain_decimal
from iam2rego.syntax.parts import spell
from iam2rego.syntax.report import quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.segments import to_pattern, without_wildcards
from iam2rego.syntax.strings import read_arn, read_literal, read_pattern
from iam2rego.syntax.tree import JsonBoolean, JsonNumber, JsonString
from iam2rego.syntax.wildcards import check_stars

Scalar = JsonString | JsonNumber | JsonBoolean

_ARN_FIELDS: Final = 6
_NUMBER: Final = LiteralKind(is_number, "a number", "TYPE_MISMATCH_NUMBER")
_DATE: Final = LiteralKind(is_date, "a date", "TYPE_MISMATCH_DATE")
_BOOLEAN: Final = LiteralKind(is_boolean, "`true` or `false`", "TYPE_MISMATCH_BOOLEAN")
_ADDRESS: Final = LiteralKind(is_address, "an IP address or range", "TYPE_MISMATCH_IP_RANGE")

_ARN_OPERATORS: Final = frozenset({Operator.ARN_EQUALS, Operator.ARN_NOT_EQUALS, Operator.ARN_LIKE, Operator.ARN_NOT_LIKE})
_LIKE: Final = frozenset({Operator.STRING_LIKE, Operator.STRING_NOT_LIKE})

TYPED: Final[Mapping[Operator, LiteralKind]] = MappingProxyType(
    {
        Operator.NUMERIC_EQUALS: _NUMBER,
        Operator.NUMERIC_NOT_EQUALS: _NUMBER,
        Operator.NUMERIC_LESS_THAN: _NUMBER,
        Operator.NUMERIC_LESS_THAN_EQUALS: _NUMBER,
        Operator.NUMERIC_GREATER_THAN: _NUMBER,
        Operator.NUMERIC_GREATER_THAN_EQUALS: _NUMBER,
        Operator.DATE_EQUALS: _DATE,
        Operator.DATE_NOT_EQUALS: _DATE,
        Operator.DATE_LESS_THAN: _DATE,
        Operator.DATE_LESS_THAN_EQUALS: _DATE,
        Operator.DATE_GREATER_THAN: _DATE,
        Operator.DATE_GREATER_THAN_EQUALS: _DATE,
        Operator.BOOL: _BOOLEAN,
        Operator.BINARY_EQUALS: LiteralKind(is_base64, "base64 text", "TYPE_MISMATCH_STRING"),
        Operator.IP_ADDRESS: _ADDRESS,
        Operator.NOT_IP_ADDRESS: _ADDRESS,
        Operator.NULL: _BOOLEAN,
    }
)
"""The operators without variables and wildcards, with the type of value that each reads."""


def read_value(node: Scalar, operator: Operator, scope: Scope) -> ConditionValue | None:
    """Return the value, or None after an error that makes it unusable."""
    string = _as_string(node, scope)
    if string is None:
        return None
    if operator in TYPED:
        return _literal(string, operator, scope)
    return _arn(string, operator, scope) if operator in _ARN_OPERATORS else _text(string, operator, scope)


def _as_string(node: Scalar, scope: Scope) -> JsonString | None:
    """Turn numbers and booleans into text (G11, N2)."""
    match node:
        case JsonString():
            return node
        case JsonBoolean(value=value, span=span):
            return JsonString("true" if value else "false", span)
        case JsonNumber(text=text, span=span):
            decimal = plain_decimal(text)
            if decimal is None:
                scope.report.error(Code.LONG_NUMBER, span, f"the number has more than {MOST_DIGITS} digits on one side of its point")
                return None
            return JsonString(decimal, span)


def _text(string: JsonString, operator: Operator, scope: Scope) -> TextValue | None:
    parts = read_pattern(string, scope, variables=scope.variables)
    if parts is None:
        return None
    segments = parts if operator in _LIKE else without_wildcards(parts)
    check_stars([segments], string, scope)
    return TextValue(text=spell(parts), segments=to_pattern(segments), span=string.span)


def _arn(string: JsonString, operator: Operator, scope: Scope) -> ArnValue | None:
    fields = read_arn(string, scope)
    if fields is None:
        return None
    text = ":".join(spell(field) for field in fields)
    if len(fields) < _ARN_FIELDS or not text.startswith("arn:"):
        _unreadable(string, text, operator, "an ARN of six fields", None, scope)
    check_stars(fields, string, scope)
    return ArnValue(text=text, fields=tuple(to_pattern(field) for field in fields), span=string.span)


def _literal(string: JsonString, operator: Operator, scope: Scope) -> LiteralValue | None:
    kind = TYPED[operator]
    text = read_literal(string, scope, kind)
    if text is None:
        return None
    if scope.variables and "${" in text:
        message = f"`{operator}` does not expand variables, so {quote(text)} is not {kind.noun}"
        scope.report.tolerate(Code.VARIABLE_IN_TYPED_VALUE, string.span, message, "only String and Arn operators expand variables")
    elif not kind.reads(text):
        _unreadable(string, text, operator, kind.noun, kind.aws, scope)
    return LiteralValue(text=text, span=string.span)


def _unreadable(string: JsonString, text: str, operator: Operator, wanted: str, aws: str | None, scope: Scope) -> None:
    message = f"`{operator}` needs {wanted}, which {quote(text)} is not, so the comparison never holds"
    scope.report.tolerate(Code.UNREADABLE_VALUE, string.span, message, aws=aws)
