"""Mutates what policies compile to, and asks of every mutant what `conform` asks."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.conformance.generate import once, requests
from iam2rego.conformance.generate.attached import Attached
from iam2rego.conformance.generate.parts import is_plain
from iam2rego.conformance.mutation.judge import survivors
from iam2rego.conformance.mutation.modules import mutants
from iam2rego.conformance.mutation.mutant import Mutant, Operator
from iam2rego.conformance.observe import scales
from iam2rego.ir.policy import PolicySet, identity_policies
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.rego.lower import lower_policy
from iam2rego.rego.names import module_names
from iam2rego.rego.tree import Module

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of policies done and of all."""

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
    survived: tuple[Mutant, ...]

    @property
    def count(self) -> int:
        """How many mutants there were."""
        return sum(self.mutants.values())


def mutate(policies: PolicySet, *, seed: int, binary: Binary, progress: Progress) -> MutationReport:
    """Make mutants of every module of ``policies``, and try to kill each by the requests that `conform` makes.

    Raises:
        OpaError: OPA does not start, does not take the mutants or does not answer.
        EngineError: the engines disagree even without a mutation.
    """
    units = _units(policies)
    tried: Counter[Operator] = Counter()
    asked = 0
    living: list[Mutant] = []
    for number, unit in enumerate(units):
        progress(number, len(units))
        asking, modules = _requests(unit, seed), _modules(unit)
        made = [mutant for module in modules for mutant in mutants(module, most=MOST, seed=seed)]
        asked += len(asking)
        tried.update(each.operator for each in made)
        living += survivors(binary, unit, modules, made, asking)
    progress(len(units), len(units))
    return MutationReport(binary.version, seed, len(policies.policies), asked, tried, tuple(living))


def _units(policies: PolicySet) -> Sequence[PolicySet]:
    """Return each policy by itself where it can be asked so, or else all together."""
    return [identity_policies((policy,)) for policy in policies.policies] if is_plain(policies) else [policies]


def _requests(unit: PolicySet, seed: int) -> list[JsonValue]:
    """Return the requests made from the policies of ``unit``; none malformed on purpose, which no policy is asked about."""
    if is_plain(unit):
        return [request for policy in unit.policies for request in requests(policy, seed)]
    return once(_as_attached(unit, seed))


def _as_attached(unit: PolicySet, seed: int) -> Iterator[JsonValue]:
    attached = Attached(unit, seed)
    for part, index in attached.statements():
        aim = attached.start(part, index, scales(unit, part.policy, index).weight)
        yield from attached.requests(part, index, aim)
    yield from attached.unusual()


def _modules(unit: PolicySet) -> list[Module]:
    names = module_names(policy.name for policy in unit.policies)
    return [lower_policy(policy, module=names[policy.name], package=_PACKAGE, labels=False) for policy in unit.policies]
