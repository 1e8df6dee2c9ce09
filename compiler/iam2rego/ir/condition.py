"""Conditions: one node for each (operator, key) pair, so that a statement's block is their conjunction (C1)."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from iam2rego.ir.node import Node
from iam2rego.ir.pattern import Pattern


class Operator(StrEnum):
    """The condition operators by their canonical names, without qualifier and ``IfExists`` (C12 to C22, G13)."""

    STRING_EQUALS = "StringEquals"
    STRING_NOT_EQUALS = "StringNotEquals"
    STRING_EQUALS_IGNORE_CASE = "StringEqualsIgnoreCase"
    STRING_NOT_EQUALS_IGNORE_CASE = "StringNotEqualsIgnoreCase"
    STRING_LIKE = "StringLike"
    STRING_NOT_LIKE = "StringNotLike"
    NUMERIC_EQUALS = "NumericEquals"
    NUMERIC_NOT_EQUALS = "NumericNotEquals"
    NUMERIC_LESS_THAN = "NumericLessThan"
    NUMERIC_LESS_THAN_EQUALS = "NumericLessThanEquals"
    NUMERIC_GREATER_THAN = "NumericGreaterThan"
    NUMERIC_GREATER_THAN_EQUALS = "NumericGreaterThanEquals"
    DATE_EQUALS = "DateEquals"
    DATE_NOT_EQUALS = "DateNotEquals"
    DATE_LESS_THAN = "DateLessThan"
    DATE_LESS_THAN_EQUALS = "DateLessThanEquals"
    DATE_GREATER_THAN = "DateGreaterThan"
    DATE_GREATER_THAN_EQUALS = "DateGreaterThanEquals"
    BOOL = "Bool"
    BINARY_EQUALS = "BinaryEquals"
    IP_ADDRESS = "IpAddress"
    NOT_IP_ADDRESS = "NotIpAddress"
    ARN_EQUALS = "ArnEquals"
    ARN_NOT_EQUALS = "ArnNotEquals"
    ARN_LIKE = "ArnLike"
    ARN_NOT_LIKE = "ArnNotLike"
    NULL = "Null"


class Qualifier(StrEnum):
    """The set operators (C7 to C9)."""

    FOR_ALL_VALUES = "ForAllValues"
    FOR_ANY_VALUE = "ForAnyValue"


class TextValue(Node):
    """A value of a String operator; only StringLike and StringNotLike have wildcard segments, and an empty text has no segments."""

    kind: Literal["text"] = "text"
    text: str
    segments: Pattern


class ArnValue(Node):
    """A value of an Arn operator, split as `ArnPattern` is (C22); fewer than six fields is a type error (C15)."""

    kind: Literal["arn"] = "arn"
    text: str
    fields: Annotated[tuple[Pattern, ...], Field(min_length=1, max_length=6)]


class LiteralValue(Node):
    """A value of any other operator, as text (N2): a number, date, boolean, base64 text, address or range."""

    kind: Literal["literal"] = "literal"
    text: str


ConditionValue = Annotated[TextValue | ArnValue | LiteralValue, Field(discriminator="kind")]


class Condition(Node):
    """``{[qualifier:]operator[IfExists]: {key: values}}``; the key is spelled as in the policy. No values only under `--lenient` (C27)."""

    operator: Operator
    qualifier: Qualifier | None = None
    if_exists: bool = False
    key: str
    values: tuple[ConditionValue, ...]

    @property
    def written_operator(self) -> str:
        """The operator as a policy writes it, with the set operator and ``IfExists``."""
        qualifier = f"{self.qualifier}:" if self.qualifier else ""
        return f"{qualifier}{self.operator}{'IfExists' if self.if_exists else ''}"
