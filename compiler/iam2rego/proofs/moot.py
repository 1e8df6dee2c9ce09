"""Statements that can never decide: their policy, taken by itself, decides every request as it does without them."""

from collections.abc import Iterator

from iam2rego.ir.policy import Effect, Policy, PolicySet, PolicyType
from iam2rego.proofs.alone import alone
from iam2rego.proofs.leave import with_leave
from iam2rego.proofs.verdict import Proved, Verdict
from iam2rego.proofs.within import is_within


def moot(policy: Policy) -> Iterator[Verdict | None]:
    """Yield, for each statement of a policy, the verdict on the claim that it never decides; None for what AWS wants to be there (E12).

    An Allow decides if no other statement of the policy gives what it gives; a Deny, if no other one denies what it denies of what
    anything else may allow. Of two equal statements, each by itself never decides.
    """
    for index, statement in enumerate(policy.document.statements):
        narrow = _without(policy, index)
        if statement.effect is Effect.DENY:
            yield is_within(with_leave(alone(narrow)), with_leave(alone(policy)))
        elif policy.type is PolicyType.RESOURCE_CONTROL:
            yield None
        else:
            yield _of_allow(alone(policy), alone(narrow), of_resource=policy.type is PolicyType.RESOURCE)


def _of_allow(wide: PolicySet, narrow: PolicySet, *, of_resource: bool) -> Verdict:
    """Return the verdict on an Allow; one of a resource's policy may need the leave of callers' own policies."""
    verdict = is_within(wide, narrow)
    if not of_resource or not isinstance(verdict, Proved):
        return verdict
    return is_within(with_leave(wide), with_leave(narrow))


def _without(policy: Policy, index: int) -> Policy:
    statements = policy.document.statements
    fewer = (*statements[:index], *statements[index + 1 :])
    return policy.model_copy(update={"document": policy.document.model_copy(update={"statements": fewer})})
