"""Builds conditions and asks whether they hold."""

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Text, Variable
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import Context

STAR, ONE = (AnyRun(),), (AnyOne(),)
VARIABLE: Pattern = (Variable(key="K:W"),)


def text(*parts: str | Pattern) -> TextValue:
    return TextValue(text="", segments=segments(*parts))


def arn(*fields: str | Pattern) -> ArnValue:
    return ArnValue(text="", fields=tuple(segments(field) for field in fields))


def segments(*parts: str | Pattern) -> Pattern:
    patterns = [part if isinstance(part, tuple) else (Text(text=part),) for part in parts if part]
    return tuple(segment for pattern in patterns for segment in pattern)


def literal(value: str) -> LiteralValue:
    return LiteralValue(text=value)


ARN = arn("arn", "aws", "s3", "", "", "b")
A, AB = text("a"), text("AB")


def holds(operator: Operator, values: list[ConditionValue], context: Context, suffix: str = "", qualifier: str = "") -> bool:
    condition = Condition(
        operator=operator,
        qualifier=Qualifier(qualifier) if qualifier else None,
        if_exists=suffix == "IfExists",
        key="K:V",
        values=tuple(values),
    )
    return condition_holds(condition, context)
