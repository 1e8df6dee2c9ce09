"""Says why a statement that names the action does not apply, and why no statement can."""

from typing import Final, NamedTuple

from iam2rego.ir.condition import Condition
from iam2rego.ir.policy import Statement
from iam2rego.native.case import fold
from iam2rego.native.conditions import condition_holds
from iam2rego.native.grants import Formula, crosses_partitions, formula_of
from iam2rego.native.principal import CallerKind
from iam2rego.native.principals import element, match_of
from iam2rego.native.request import Request
from iam2rego.native.resources import excepts_unknown, resource_holds
from iam2rego.native.situation import Placed, Situation
from iam2rego.source import Span

_SHOWN: Final = 3
"""How many values of a list are shown."""
_LONGEST: Final = 60
"""How many characters of a value are shown."""


class Failure(NamedTuple):
    """The first part of a statement that does not match: how many parts before it do, the reason in words, and its place."""

    passed: int
    words: str
    part: Span | None


def first_failure(placed: Placed, request: Request) -> Failure | None:
    """Return the first part that does not match, of a statement that names the action; None if the statement applies (E3)."""
    statement = placed.statement
    if statement.principals and match_of(statement, request.caller) is None:
        return Failure(0, f"its {element(statement.principals)} does not match the caller", statement.principals.span)
    if not resource_holds(statement, placed.type, request):
        return Failure(1, _resource_words(statement, request), statement.resources.span)
    for passed, condition in enumerate(statement.conditions, 2):
        if not condition_holds(condition, request.context):
            words = f"`{condition.written_operator}` of `{condition.key}` does not hold {_given(condition, request)}"
            return Failure(passed, words, condition.span)
    return None


def _resource_words(statement: Statement, request: Request) -> str:
    if excepts_unknown(statement, request.context):
        return "its NotResource has a variable without a value"
    name = "NotResource" if statement.resources.negated else "Resource"
    return f"its {name} does not match `{request.resource}`"


def why_never(situation: Situation) -> str | None:
    """Say why no resource-based policy can allow the request; None if one can."""
    request = situation.request
    if formula_of(situation) is not Formula.NEVER:
        return None
    if crosses_partitions(request):
        return "the resource is in another partition than the caller"
    if request.caller.kind is CallerKind.ROOT:
        return f"a root user cannot use `{request.action}`"
    return f"only a federated caller can use `{request.action}`"


def _given(condition: Condition, request: Request) -> str:
    """Say which value the request has for the key of a condition."""
    match request.context.get(fold(condition.key)):
        case None:
            return "without the key"
        case str(value):
            return f"for `{_short(value)}`"
        case values:
            return f"for a list of {', '.join(f'`{_short(value)}`' for value in values[:_SHOWN])}{', ...' if len(values) > _SHOWN else ''}"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."
