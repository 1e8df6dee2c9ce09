"""Mutates what policies compile to, and asks of every mutant what `conform` asks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.conformance.asked import apart, well_formed
from iam2rego.conformance.conform import Progress
from iam2rego.conformance.mutation.equivalent import Equivalent, Survivors, sort_out
from iam2rego.conformance.mutation.judge import survivors
from iam2rego.conformance.mutation.modules import mutants
from iam2rego.conformance.mutation.mutant import Mutant, Operator
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.rego.lower import lower_policy
from iam2rego.rego.names import module_names
from iam2rego.rego.tree import Module

MOST: Final = 12
"""Of each operator so many mutants of a policy are tried at the most, drawn with the seed."""

_PACKAGE: Final = "iam"


@dataclass(frozen=True, slots=True)
class MutationReport:
    """How many mutants there were, by operator, and those that no request told from the right output."""

    opa_version: str
    seed: int
    policies: int
    requests: int
    mutants: Mapping[Operator, int]
    survivors: Survivors

    @property
    def count(self) -> int:
        """How many mutants there were."""
        return sum(self.mutants.values())

    @property
    def killed(self) -> int:
        """How many of them some request told from the right output."""
        return self.count - len(self.survivors.equivalent) - len(self.survivors.unexplained)


def mutate(policies: PolicySet, *, seed: int, binary: Binary, progress: Progress, listed: Sequence[Equivalent] = ()) -> MutationReport:
    """Make mutants of every module of ``policies``, and try to kill each by the requests that `conform` makes.

    Those that are ``listed`` as equivalent are tried like all others.

    Raises:
        OpaError: OPA does not start, does not take the mutants or does not answer.
        EngineError: the engines disagree even without a mutation.
    """
    units = apart(policies)
    tried: Counter[Operator] = Counter()
    asked = 0
    living: list[Mutant] = []
    for number, unit in enumerate(units):
        progress(number, len(units))
        asking, modules = well_formed(unit, seed), _modules(unit)
        made = [mutant for module in modules for mutant in mutants(module, most=MOST, seed=seed)]
        asked += len(asking)
        tried.update(each.operator for each in made)
        living += survivors(binary, unit, modules, made, asking)
    progress(len(units), len(units))
    return MutationReport(binary.version, seed, len(policies.policies), asked, tried, sort_out(living, listed))


def _modules(unit: PolicySet) -> list[Module]:
    names = module_names(policy.name for policy in unit.policies)
    return [lower_policy(policy, module=names[policy.name], package=_PACKAGE, labels=False) for policy in unit.policies]
