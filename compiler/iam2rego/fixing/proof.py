"""Proves that two policies mean the same, statement by statement, and compares the decisions of the native evaluator.

The proof is certain for every request. The evaluator is asked too, so that an error in the proof is noticed.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import Policy, PolicySet, PolicyType, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.proofs.alike import apply_alike
from iam2rego.proofs.alone import alone
from iam2rego.proofs.verdict import UndecidedError

LEAST: Final = 200
"""The minimum number of requests that both policies get."""

_SEED: Final = 1
_DRAWN: Final = 4 * LEAST
"""How many mixtures are drawn: many more than are needed, since some are drawn twice."""

_PARTS: Final = 5
"""Of how many requests a mixture is made."""


def unproven(old: Policy, new: Policy) -> str | None:
    """Return why two policies are not proven to mean the same; None if they are, whatever their `Sid`s."""
    before, after = old.document.statements, new.document.statements
    if len(before) != len(after):
        return "it has another number of statements"
    for index, (one, other) in enumerate(zip(before, after, strict=True)):
        if not _are_alike(one, other, old.type):
            return f"statement {index} is not shown to mean the same for every request"
    return None


def _are_alike(one: Statement, other: Statement, policy_type: PolicyType) -> bool:
    try:
        return apply_alike(one, other, policy_type)
    except UndecidedError:
        return False


def differing(old: Policy, new: Policy) -> JsonValue:
    """Return a request, of those made from both policies, that they decide differently; None if there is none."""
    before, after = alone(old), alone(new)
    return next((each for each in asked(before, after) if not _agree(authorize(before, each), authorize(after, each))), None)


def asked(one: PolicySet, other: PolicySet) -> list[JsonValue]:
    """Return the requests made from both sets and, up to `LEAST`, mixtures of these."""
    from iam2rego.conformance.asked import well_formed  # here, since fixes that are only proposed need no requests
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
