"""Whether two statements apply to the same requests (E3)."""

from dataclasses import replace
from itertools import product

from iam2rego.ir.policy import Actions, Document, Policy, PolicySet, PolicyType, Statement
from iam2rego.native.principals import match_of
from iam2rego.proofs.actions import Classes
from iam2rego.proofs.encoding import applies
from iam2rego.proofs.formula import conjunction, negation
from iam2rego.proofs.mentions import representatives
from iam2rego.proofs.slices import solve


def apply_alike(one: Statement, other: Statement, policy_type: PolicyType) -> bool:
    """Say whether two statements of a type of policy are proved to do the same with every request, whatever their ``Sid`` is.

    Raises:
        UndecidedError: a limit was reached.
    """
    return (
        one.effect is other.effect
        and _name_alike(one.actions, other.actions)
        and _match_alike(one, other)
        and _hold_alike(one, other, policy_type)
    )


def _name_alike(one: Actions, other: Actions) -> bool:
    return one == other or all(len(named) != 1 for named, _ in Classes([one, other]))


def _match_alike(one: Statement, other: Statement) -> bool:
    """Say whether every caller is matched by both in the same way, or by none (P1)."""
    if one.principals == other.principals:
        return True
    document = Document(statements=(one, other))
    both = PolicySet(policies=(Policy(name="", type=PolicyType.RESOURCE, file="", document=document),))
    callers = (replace(by.caller, bounded=bounded) for by, bounded in product(representatives([both], with_root=True), (False, True)))
    return all(match_of(one, caller) is match_of(other, caller) for caller in callers)


def _hold_alike(one: Statement, other: Statement, policy_type: PolicyType) -> bool:
    first, second = applies(one, policy_type), applies(other, policy_type)
    return all(solve(conjunction([left, negation(right)])) is None for left, right in ((first, second), (second, first)))
