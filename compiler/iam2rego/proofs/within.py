"""Whether a policy by itself allows only what another one does."""

from iam2rego.ir.policy import Policy, PolicySet
from iam2rego.proofs.alone import alone
from iam2rego.proofs.inclusion import Inclusion, verdict_of
from iam2rego.proofs.leave import with_leave
from iam2rego.proofs.verdict import Proved, Undecided, UndecidedError, Verdict


def is_within(new: PolicySet, old: PolicySet) -> Verdict:
    """Return the verdict on the claim that one plain set allows only what another one does."""
    try:
        return verdict_of(Inclusion(new, old).answers())
    except UndecidedError as error:
        return Undecided(str(error))


def allows_only(new: Policy, old: Policy) -> Verdict:
    """Return the verdict on the claim that a policy allows nothing that another one does not, whatever other policies allow."""
    sets = alone(new), alone(old)
    verdict = is_within(*sets)
    return is_within(*map(with_leave, sets)) if isinstance(verdict, Proved) else verdict
