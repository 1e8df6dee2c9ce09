"""What a statement requires besides the names of its actions, as the kernel reads it (`lib/requirements.rego`).

A requirement is a list that begins with its kind. Those of a statement stand in the order in which they cost.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final, TypeAlias

from iam2rego.ir.condition import Condition
from iam2rego.ir.pattern import AnyResource
from iam2rego.ir.policy import Policy, PolicyType, Resources, Statement
from iam2rego.rego.lower import context_keys, resource_patterns, tells_kind
from iam2rego.rego.matching import fold
from iam2rego.rego.operators import Operation
from iam2rego.rego.principals import Callers, Question, callers
from iam2rego.rego.quantifiers import Quantifier, quantified
from iam2rego.rego.tables.substitutions import Keys
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

    All keys that the statement asks for stand in it, as the statement spells them first.
    """
    named, keys = _callers(policy, statement), {fold(key): key for key in context_keys(statement)}
    if named is None:
        return None
    parts = [_resource(statement.resources, policy.type, keys), *(_condition(each, keys) for each in statement.conditions)]
    if None in parts:
        return [*named, NEVER, _asks(keys.values())] if keys else None
    resource, *conditions = (part or [] for part in parts)
    met = list(chain.from_iterable(conditions))
    asked = {*_variables([resource, met]), *(key for _, key, *_ in met)}
    unasked = [key for key in keys.values() if key not in asked]
    return [*resource, *named, *met, *([_asks(unasked)] if unasked else [])]


def _variables(part: Any) -> Iterator[str]:
    """Yield the keys of the variables in a part of requirements."""
    match part:
        case {"key": key}:
            yield key
        case list() | tuple():
            yield from chain.from_iterable(map(_variables, part))


def _asks(keys: Iterable[str]) -> Requirement:
    """Return what asks for ``keys`` and always holds."""
    return "asks", list(keys)


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


def _resource(resources: Resources, policy_type: PolicyType, keys: Keys) -> list[Requirement] | None:
    """Return what must hold of the resource; None where none will do."""
    if any(isinstance(entry, AnyResource) for entry in resources.entries):
        return None if resources.negated else []
    patterns = resource_patterns(resources, policy_type)
    if not patterns:
        return [] if resources.negated else None
    how, wanted = pattern_test(patterns, keys)
    if resources.negated:
        return [("not_resource", how, wanted)]
    return [(f"resource_{how}", wanted) if how in _USUAL else ("resource", how, wanted)]


def _condition(condition: Condition, keys: Keys) -> list[Requirement] | None:
    """Return what must hold of the context; None where nothing will do."""
    asked = quantified(condition)
    if isinstance(asked, bool):
        return [] if asked else None
    key = keys[fold(condition.key)]
    if asked.compared is None:
        return [(asked.quantifier, key)]
    reader, how, wanted = _reader(asked.compared.operation), *value_test(asked.compared, keys)
    if (asked.quantifier, reader, how) == (Quantifier.IS, "text", "in"):
        return [("equals", key, wanted)]  # most conditions are, and a shorter requirement is sooner asked
    return [(asked.quantifier, key, reader, how, wanted)]


def _reader(operation: Operation) -> str:
    """Return how the request's text is read: as it is, where a text that its reader refuses meets no test either."""
    if operation.reader is None or (operation.reader == "read.arn" and not operation.negated):
        return "text"
    return "folded" if operation.reader == "lower" else operation.reader.removeprefix("read.")
