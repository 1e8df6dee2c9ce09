"""Reads the ``Condition`` of a statement: one node for each operator and key (G11 to G14)."""

from iam2rego.diagnostics import Code
from iam2rego.ir.condition import Condition, ConditionValue, Operator
from iam2rego.syntax.keys import fold
from iam2rego.syntax.members import expect
from iam2rego.syntax.operators import OperatorName, read_operator, suggest_operator
from iam2rego.syntax.report import Report, quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNumber, JsonObject, JsonString, Member, kind
from iam2rego.syntax.values import Scalar, read_value


def read_conditions(member: Member, scope: Scope) -> tuple[Condition, ...]:
    """Return the conditions of the block, all of which must hold (C1)."""
    block = expect(member.value, JsonObject, "`Condition`", scope.report)
    if block is None:
        return ()
    return tuple(condition for operator in block.members for condition in _of_operator(operator, scope))


def _of_operator(member: Member, scope: Scope) -> list[Condition]:
    name = read_operator(member.name)
    keys = expect(member.value, JsonObject, f"the value of {quote(member.name)}", scope.report)
    if name is None:
        _report_unknown(member, scope.report)
        return []
    _check_null(member, name, scope.report)
    if keys is None:
        return []
    _check_ambiguous_keys(member.name, keys, scope.report)
    return [_of_key(member, name, key, scope) for key in keys.members]


def _report_unknown(member: Member, report: Report) -> None:
    """Report an unknown operator, unless it tests nothing (G12)."""
    message = f"unknown condition operator {quote(member.name)}"
    tests_nothing = isinstance(member.value, JsonObject) and not member.value.members
    (report.warn if tests_nothing else report.error)(Code.UNKNOWN_OPERATOR, member.name_span, message, suggest_operator(member.name))


def _check_null(member: Member, name: OperatorName, report: Report) -> None:
    if name.operator is Operator.NULL and name.if_exists:
        message = "`Null` does not allow `IfExists`: it tests whether the key is present"
        report.error(Code.NULL_IF_EXISTS, member.name_span, message, "did you mean `Null`?")


def _check_ambiguous_keys(operator: str, keys: JsonObject, report: Report) -> None:
    """Report keys that differ only in letter case (G14); `duplicate_members` reports exact repetitions."""
    first: dict[str, str] = {}
    for key in keys.members:
        earlier = first.setdefault(fold(key.name), key.name)
        if earlier != key.name:
            message = f"under `{operator}`, {quote(key.name)} and {quote(earlier)} are the same condition key"
            report.error(Code.AMBIGUOUS_KEY, key.name_span, message, "put all the values in one list")


def _of_key(operator: Member, name: OperatorName, key: Member, scope: Scope) -> Condition:
    return Condition(
        operator=name.operator,
        qualifier=name.qualifier,
        if_exists=name.if_exists,
        key=key.name,
        values=_values(key, name, scope),
        span=operator.name_span.to(key.value.span),
    )


def _values(key: Member, name: OperatorName, scope: Scope) -> tuple[ConditionValue, ...]:
    values = (read_value(scalar, name.operator, scope) for scalar in _scalars(key, name, scope.report))
    return tuple(value for value in values if value is not None)


def _scalars(key: Member, name: OperatorName, report: Report) -> list[Scalar]:
    """Return the values of ``key``: one, or a list of one JSON type (G10, G11)."""
    nodes = key.value.items if isinstance(key.value, JsonArray) else (key.value,)
    if not nodes:
        message = f"the condition key {quote(key.name)} has an empty list of values"
        report.tolerate(Code.EMPTY_LIST, key.value.span, message, "name at least one value", _empty_issue(name))
    scalars = [scalar for scalar in (_scalar(node, key.name, report) for node in nodes) if scalar is not None]
    if len({type(scalar) for scalar in scalars}) > 1:
        report.error(
            Code.MIXED_VALUES, key.value.span, f"the values of {quote(key.name)} are of different types", "write all of them as strings"
        )
    return scalars


def _empty_issue(name: OperatorName) -> str:
    """Return AWS's issue code for a condition without values."""
    if name.qualifier:
        return f"EMPTY_ARRAY_CONDITION_{name.qualifier.upper()}"
    return "EMPTY_ARRAY_CONDITION_IFEXISTS" if name.if_exists else "EMPTY_ARRAY_CONDITION"


def _scalar(node: JsonNode, key: str, report: Report) -> Scalar | None:
    if isinstance(node, JsonString | JsonNumber | JsonBoolean):
        return node
    message = f"a value of {quote(key)} must be a string, a number or a boolean, not {kind(node)}"
    report.error(Code.WRONG_TYPE, node.span, message)
    return None
