"""The resource part of a statement (docs/semantics.md, "Resources")."""

from collections.abc import Iterator
from typing import Final

from iam2rego.ir.pattern import AnyOne, AnyResource, AnyRun, ArnPattern, Pattern, ResourceEntry, Text, Unmatchable, Variable
from iam2rego.ir.policy import Effect, PolicyType, Resources, Statement
from iam2rego.native.request import Context, Request
from iam2rego.native.variables import UnresolvableError, has_value, pieces, value_of
from iam2rego.native.wildcards import Piece, Wildcard, matches

_FIELDS: Final = 6


def resource_holds(statement: Statement, policy_type: PolicyType, request: Request) -> bool:
    """Say whether the resource part of a statement is true (R10)."""
    if excepts_unknown(statement, request.context):
        return False
    return resource_matches(statement.resources, policy_type, request.resource, request.context)


def excepts_unknown(statement: Statement, context: Context) -> bool:
    """Say whether this is an Allow with a NotResource entry that cannot be resolved, because a variable has no value (R10)."""
    return (
        statement.effect is Effect.ALLOW
        and statement.resources.negated
        and not all(has_value(variable, context) for variable in _variables(statement.resources))
    )


def _variables(resources: Resources) -> Iterator[Variable]:
    for entry in resources.entries:
        for field in entry.fields if isinstance(entry, ArnPattern) else ():
            yield from (segment for segment in field if isinstance(segment, Variable))


def resource_matches(resources: Resources, policy_type: PolicyType, resource: str, context: Context) -> bool:
    """Say whether ``Resource`` names the requested resource, or ``NotResource`` does not (R10)."""
    named = any(_entry_matches(entry, policy_type, resource, context) for entry in resources.entries)
    return named is not resources.negated


def _entry_matches(entry: ResourceEntry, policy_type: PolicyType, resource: str, context: Context) -> bool:
    match entry:
        case AnyResource():
            return True
        case ArnPattern(fields=fields):
            # A request for `*` needs no rule of its own (R11): each of these entries begins with `arn`, and `*` does not.
            return may_be_short(fields, policy_type) and _arn_matches(complete(fields), resource, context)
        case Unmatchable():
            return False


def may_be_short(fields: tuple[Pattern, ...], policy_type: PolicyType) -> bool:
    """Say whether a short ARN can match anything in a policy of this type (R5); true for a complete one."""
    if len(fields) == _FIELDS:
        return True
    match policy_type:
        case PolicyType.IDENTITY | PolicyType.PERMISSIONS_BOUNDARY | PolicyType.SESSION:
            return True
        case PolicyType.RESOURCE | PolicyType.VPC_ENDPOINT:
            return any(isinstance(segment, AnyRun) for field in fields for segment in field)
        case PolicyType.SERVICE_CONTROL:
            return isinstance(next(reversed(fields[-1]), None), AnyRun)
        case PolicyType.RESOURCE_CONTROL:
            return False


def complete(fields: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """Give an ARN a ``*`` for each field that it lacks (R5)."""
    return fields + ((AnyRun(),),) * (_FIELDS - len(fields))


def _arn_matches(fields: tuple[Pattern, ...], resource: str, context: Context) -> bool:
    try:
        return matches(list(_arn_pieces(fields, context)), resource)
    except UnresolvableError:
        return False


def _arn_pieces(fields: tuple[Pattern, ...], context: Context) -> Iterator[Piece]:
    *first_five, last = fields
    for field in first_five:
        yield from _field_pieces(field, context)
        yield ":"
    yield from pieces(last, context)


def _field_pieces(field: Pattern, context: Context) -> Iterator[Piece]:
    """Yield the pieces of one of the first five fields: only a ``*`` at its end may match a colon (R7)."""
    last = len(field) - 1
    for index, segment in enumerate(field):
        match segment:
            case Text(text=text):
                yield text
            case AnyRun():
                yield Wildcard.RUN if index == last else Wildcard.RUN_IN_FIELD
            case AnyOne():
                yield Wildcard.ONE_IN_FIELD
            case Variable():
                yield _value_without_colon(segment, context)


def _value_without_colon(variable: Variable, context: Context) -> str:
    """Return the value of a variable in one of the first five fields, where it may not hold a colon (V9)."""
    value = value_of(variable, context)
    if ":" in value:
        raise UnresolvableError
    return value
