"""Mutates the compiled policies, and tests every mutant with the requests of `conform`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.conformance.asked import apart, well_formed
from iam2rego.conformance.conform import Progress
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.mutation.equivalent import Equivalent, Survivors, sort_out
from iam2rego.mutation.judge import survivors
from iam2rego.mutation.modules import mutants
from iam2rego.mutation.mutant import Mutant, Operator
from iam2rego.mutation.tables.judge import surviving_tables
from iam2rego.mutation.tables.mutants import table_mutants
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.names import module_names
from iam2rego.rego.language.tree import Module
from iam2rego.rego.modules.policy import compile_module
from iam2rego.rego.reading.statements import read_statements
from iam2rego.rego.tables.policy import compile_tables

MOST: Final = 12
"""Maximum number of mutants tried for each operator and policy; drawn with the seed."""

_PACKAGE: Final = "iam"


@dataclass(frozen=True, slots=True)
class MutationReport:
    """The number of mutants by operator, and the mutants that no request killed."""

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
        """How many of them some request killed."""
        return self.count - len(self.survivors.equivalent) - len(self.survivors.unexplained)


def mutate(
    policies: PolicySet,
    *,
    seed: int,
    binary: Binary,
    progress: Progress,
    listed: Sequence[Equivalent] = (),
    layout: Layout = Layout.MODULES,
) -> MutationReport:
    """Make mutants of each of ``policies`` compiled in ``layout``, and try to kill each with the requests that `conform` makes.

    Mutants that are ``listed`` as equivalent are tried too.

    Raises:
        OpaError: OPA does not start, rejects the mutants or does not answer.
        EngineError: the engines disagree even without a mutation.
    """
    units = apart(policies)
    tried: Counter[Operator] = Counter()
    asked = 0
    living: list[Mutant] = []
    for number, unit in enumerate(units):
        progress(number, len(units))
        asking = well_formed(unit, seed)
        made, survived = _OF_LAYOUTS[layout](unit, seed, binary, asking)
        asked += len(asking)
        tried.update(each.operator for each in made)
        living += survived
    progress(len(units), len(units))
    return MutationReport(binary.version, seed, len(policies.policies), asked, tried, sort_out(living, listed))


_Tried: TypeAlias = tuple[list[Mutant], list[Mutant]]
"""All mutants, and those that survived."""


def _of_modules(unit: PolicySet, seed: int, binary: Binary, asking: Sequence[JsonValue]) -> _Tried:
    modules = _modules(unit)
    made = [mutant for module in modules for mutant in mutants(module, most=MOST, seed=seed)]
    return made, survivors(binary, unit, modules, made, asking)


def _of_tables(unit: PolicySet, seed: int, binary: Binary, asking: Sequence[JsonValue]) -> _Tried:
    tables = {policy.name: compile_tables(policy, read_statements(policy)) for policy in unit.policies}
    made = [mutant for policy, each in tables.items() for mutant in table_mutants(policy, each, most=MOST, seed=seed)]
    return made, surviving_tables(binary, unit, made, asking)


_OF_LAYOUTS: Final = {Layout.MODULES: _of_modules, Layout.PACKED: _of_tables}


def _modules(unit: PolicySet) -> list[Module]:
    names = module_names(policy.name for policy in unit.policies)
    return [
        compile_module(policy, read_statements(policy), module=names[policy.name], package=_PACKAGE, labels=False)
        for policy in unit.policies
    ]
