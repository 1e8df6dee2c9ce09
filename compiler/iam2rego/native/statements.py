"""Whole statements (E3), and the context keys that they read."""

from collections.abc import Iterator

from iam2rego.ir.condition import ArnValue, Condition, LiteralValue, TextValue
from iam2rego.ir.pattern import ArnPattern, Pattern, Variable
from iam2rego.ir.policy import PolicyType, Statement
from iam2rego.native.actions import action_matches
from iam2rego.native.conditions import condition_holds
from iam2rego.native.principals import match_of
from iam2rego.native.request import Request
from iam2rego.native.resources import resource_holds


def concerns(statement: Statement, request: Request) -> bool:
    """Say whether the principal and action parts are true."""
    return action_matches(statement.actions, request.action) and match_of(statement, request.caller) is not None


def holds(statement: Statement, policy_type: PolicyType, request: Request) -> bool:
    """Say whether the resource part and every condition are true (C1); a statement that also `concerns` the request applies (E3)."""
    return resource_holds(statement, policy_type, request) and all(
        condition_holds(condition, request.context) for condition in statement.conditions
    )


def context_keys(statement: Statement) -> Iterator[str]:
    """Yield every key that the statement reads, as it is spelled: those of its conditions, then those of its variables."""
    yield from (condition.key for condition in statement.conditions)
    for pattern in _patterns(statement):
        yield from (segment.key for segment in pattern if isinstance(segment, Variable))


def _patterns(statement: Statement) -> Iterator[Pattern]:
    """Yield the patterns that may hold variables (V2)."""
    for entry in statement.resources.entries:
        if isinstance(entry, ArnPattern):
            yield from entry.fields
    for condition in statement.conditions:
        yield from _value_patterns(condition)


def _value_patterns(condition: Condition) -> Iterator[Pattern]:
    for value in condition.values:
        match value:
            case TextValue(segments=segments):
                yield segments
            case ArnValue(fields=fields):
                yield from fields
            case LiteralValue():
                pass
