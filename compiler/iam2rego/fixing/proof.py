"""Proves that two policies mean the same: by inclusion of their statements, and by the decisions of the native evaluator.

Inclusion is certain for every request. The evaluator, which shares nothing with it, is asked too, so that an error in one is noticed.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from iam2rego.fixing.normal import normal
from iam2rego.ir.decision import Decision
from iam2rego.ir.everything import everything
from iam2rego.ir.pattern import ArnPattern
from iam2rego.ir.policy import Policy, PolicySet, PolicyType, Statement
from iam2rego.ir.walk import from_levels
from iam2rego.jsontext import JsonValue
from iam2rego.lint.reach import reach

LEAST: Final = 200
"""The minimum number of requests that both policies get."""

_SEED: Final = 1
_DRAWN: Final = 4 * LEAST
"""How many mixtures are drawn: many more than are needed, since some are drawn twice."""

_PARTS: Final = 5
"""Of how many requests a mixture is made."""

_ARN_FIELDS: Final = 6
_COMPLETED: Final = (PolicyType.IDENTITY, PolicyType.PERMISSIONS_BOUNDARY)
_NEEDS_ALLOW: Final = (
    PolicyType.PERMISSIONS_BOUNDARY,
    PolicyType.SESSION,
    PolicyType.SERVICE_CONTROL,
    PolicyType.RESOURCE_CONTROL,
    PolicyType.VPC_ENDPOINT,
)
_EVERYTHING: Final = everything("everything#")
"""Allows what a guardrail limits."""


def unproven(old: Policy, new: Policy) -> str | None:
    """Return why two policies are not proven to include each other; None if they are, whatever their `Sid`s."""
    before, after = old.document.statements, new.document.statements
    if len(before) != len(after):
        return "it has another number of statements"
    for index, (one, other) in enumerate(zip(before, after, strict=True)):
        if not _are_equal(one, other, old.type):
            return f"statement {index} is not shown to mean the same for every request"
    return None


def _are_equal(one: Statement, other: Statement, policy_type: PolicyType) -> bool:
    if one.model_copy(update={"sid": ""}) == other.model_copy(update={"sid": ""}):
        return True
    if one.resources != other.resources and policy_type not in _COMPLETED and _has_short_arn(one):
        return False  # R5: what it matches depends on the type of the policy
    wide, narrow = reach(normal(one)), reach(normal(other))
    return all(
        left.covers_all_but_actions(right, right.resources) and left.actions.reaches(right.actions)
        for left, right in ((wide, narrow), (narrow, wide))
    )


def _has_short_arn(statement: Statement) -> bool:
    return any(isinstance(each, ArnPattern) and len(each.fields) < _ARN_FIELDS for each in statement.resources.entries)


def differing(old: Policy, new: Policy) -> JsonValue:
    """Return a request, of those made from both policies, that they decide differently; None if there is none."""
    from iam2rego.native import authorize  # here, since fixes that are only proposed need no decisions

    before, after = alone(old), alone(new)
    return next((each for each in asked(before, after) if not _agree(authorize(before, each), authorize(after, each))), None)


def alone(policy: Policy) -> PolicySet:
    """Return a set in which decisions depend on the policy: a guardrail is beside a policy that allows everything."""
    others = (_EVERYTHING,) if policy.type in _NEEDS_ALLOW else ()
    levels = {each.type: ((each.name,),) for each in (*others, policy)}
    return PolicySet(policies=tuple(sorted((policy, *others), key=lambda each: each.name)), attachments=from_levels(levels))


def asked(one: PolicySet, other: PolicySet) -> list[JsonValue]:
    """Return the requests made from both sets and, up to `LEAST`, mixtures of these."""
    from iam2rego.conformance.asked import well_formed  # here, for the same reason
    from iam2rego.questions import once

    made = once([*well_formed(one, _SEED), *well_formed(other, _SEED)])
    return made if len(made) >= LEAST else once([*made, *_mixed(made)])[:LEAST]


def _mixed(made: Sequence[JsonValue]) -> Iterator[JsonValue]:
    """Yield requests, some of them twice, that have each member from another request."""
    whole = [each for each in made if isinstance(each, dict)]
    random = Random(_SEED)
    for _ in range(_DRAWN if whole else 0):
        first, *others = (random.choice(whole) for _ in range(_PARTS))
        yield {name: random.choice(others).get(name, value) for name, value in first.items()}


def _agree(one: Decision, other: Decision) -> bool:
    """Say whether two decisions are the same, whatever the statements that decided are called."""
    return (one.decision, one.denied_by, bool(one.errors)) == (other.decision, other.denied_by, bool(other.errors))
