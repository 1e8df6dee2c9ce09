"""Whether some statements together apply to all requests to which another one applies (E3)."""

from collections.abc import Sequence
from typing import Final

from iam2rego.ir.policy import PolicyType, Statement
from iam2rego.proofs.actions import Classes
from iam2rego.proofs.encoding import applies
from iam2rego.proofs.formula import Formula, conjunction, negation
from iam2rego.proofs.slices import solve
from iam2rego.proofs.verdict import UndecidedError

_THIS: Final = 0


def is_covered(statement: Statement, others: Sequence[Statement], policy_type: PolicyType) -> bool:
    """Say whether it is proved that, whenever a statement of a type of policy applies, one of ``others`` does, whatever their effects are.

    Of one that never applies it is not said.

    Principals are not compared: each of the others has to match every caller that the statement matches.
    """
    try:
        can_apply = solve(applies(statement, policy_type)) is not None
        return can_apply and all(solve(each) is None for each in _escapes(statement, others, policy_type))
    except UndecidedError:
        return False


def _escapes(statement: Statement, others: Sequence[Statement], policy_type: PolicyType) -> dict[Formula, None]:
    """Return, for each class of actions that the statement names, when it applies and none of the others does."""
    elements = [statement.actions, *(each.actions for each in others)]
    uncovered = [negation(applies(each, policy_type)) for each in others]
    this = applies(statement, policy_type)
    named = (each for each, _ in Classes(elements, () if statement.actions.negated else (_THIS,)) if _THIS in each)
    return {conjunction([this, *(uncovered[number - 1] for number in sorted(each - {_THIS}))]): None for each in named}
