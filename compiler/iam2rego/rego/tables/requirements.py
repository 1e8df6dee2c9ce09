"""What a statement requires besides the names of its actions, as the kernel reads it (`lib/requirements.rego`).

A requirement is a list that begins with its kind. Those of a statement stand in the order in which they cost.
"""

from itertools import chain
from typing import Any, Final, TypeAlias

from iam2rego.ir.condition import Condition
from iam2rego.ir.pattern import AnyResource
from iam2rego.ir.policy import Policy, PolicyType, Resources, Statement
from iam2rego.rego.modules.lower import context_keys, tells_kind
from iam2rego.rego.modules.matching import fold
from iam2rego.rego.modules.operators import Operation
from iam2rego.rego.modules.principals import Callers, Question, callers
from iam2rego.rego.modules.quantifiers import Quantifier, quantified
from iam2rego.rego.modules.resources import resource_patterns, variables_needed
from iam2rego.rego.tables.tests import pattern_test, value_test

Requirement: TypeAlias = tuple[Any, ...]

NEVER: Final[Requirement] = ("never",)
"""What no request meets."""

_USUAL: Final = ("in", "starts", "like")
"""How nearly all resources are compared, for which the kernel has rules of their own."""

_WILD: Final = {"any": ["*"]}
"""Lists by which everybody is named as by `*` (P1)."""


def requirements(policy: Policy, statement: Statement) -> list[Requirement] | None:
    """Return what must hold besides the action; None where no caller is meant, or nothing hangs on a statement that never applies.

    One that asks for context keys does count: a decision document names those that the request lacks.
    """
    named = _callers(policy, statement)
    if named is None:
        return None
    parts = [_resource(statement, policy.type), *map(_condition, statement.conditions)]
    if None in parts:
        return [*named, NEVER] if context_keys(statement) else None
    resource, *conditions = (part or [] for part in parts)
    return [*resource, *named, *chain.from_iterable(conditions)]


def _callers(policy: Policy, statement: Statement) -> list[Requirement] | None:
    """Return what must hold of the caller, and for an Allow of a resource's policy how the caller is named."""
    tells = tells_kind(policy, statement)
    match callers(statement, tells_kind=tells):
        case Callers(question=question, lists=lists):
            return [(question, lists), *([("kind", _WILD)] if tells and question is not Question.KIND else [])]
        case True:
            return [("kind", _WILD)] if tells else []
        case False:
            return None


def _resource(statement: Statement, policy_type: PolicyType) -> list[Requirement] | None:
    """Return what must hold of the resource, and of the variables that must have values (R10); None where none will do."""
    entries, needed = _entries(statement.resources, policy_type), variables_needed(statement)
    return [("resolved", needed), *entries] if needed and entries is not None else entries


def _entries(resources: Resources, policy_type: PolicyType) -> list[Requirement] | None:
    if any(isinstance(entry, AnyResource) for entry in resources.entries):
        return None if resources.negated else []
    patterns = resource_patterns(resources, policy_type)
    if not patterns:
        return [] if resources.negated else None
    how, wanted = pattern_test(patterns)
    if resources.negated:
        return [("not_resource", how, wanted)]
    return [(f"resource_{how}", wanted) if how in _USUAL else ("resource", how, wanted)]


def _condition(condition: Condition) -> list[Requirement] | None:
    """Return what must hold of the context; None where nothing will do."""
    asked = quantified(condition)
    if isinstance(asked, bool):
        return [] if asked else None
    key = fold(condition.key)
    if asked.compared is None:
        return [(asked.quantifier, key)]
    reader, how, wanted = _reader(asked.compared.operation), *value_test(asked.compared)
    if (asked.quantifier, reader, how) == (Quantifier.IS, "text", "in"):
        return [("equals", key, wanted)]  # most conditions are, and a shorter requirement is sooner asked
    return [(asked.quantifier, key, reader, how, wanted)]


def _reader(operation: Operation) -> str:
    """Return how the request's text is read: as it is, where a text that its reader refuses meets no test either."""
    if operation.reader is None or (operation.reader == "read.arn" and not operation.negated):
        return "text"
    return "folded" if operation.reader == "lower" else operation.reader.removeprefix("read.")
