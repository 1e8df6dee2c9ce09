"""Claims about what generated requests are worth: they tell outputs that were made wrong on purpose from right ones."""

from random import Random
from typing import Final

from setting import EXAMPLE, SEED, Setting, Verdict, progress

from iam2rego.conformance.mutation.report import mutation_text
from iam2rego.conformance.mutation.run import mutate
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters

MANAGED: Final = 100
KILLED: Final = 0.99


def mutants_of_the_example_are_killed(setting: Setting) -> Verdict:
    """Of what the fifteen policies of AWS's page compile to, nearly every mutant is told from the right output."""
    policies = load([str(EXAMPLE / "policies")], parameters=parameters((), str(EXAMPLE / "params.toml"))).policies
    return _killed(policies, setting.binary)


def mutants_of_managed_policies_are_killed(setting: Setting) -> Verdict:
    """So is nearly every mutant of what a seeded sample of the managed policies compiles to."""
    files = Random(SEED).sample(sorted(setting.managed.iterdir()), MANAGED)
    return _killed(load([str(file) for file in sorted(files)]).policies, setting.binary)


def _killed(policies: PolicySet, binary: Binary) -> Verdict:
    report = mutate(policies, seed=SEED, binary=binary, progress=progress)
    figures, *more = mutation_text(report).splitlines()
    return Verdict(report.count - len(report.survived) >= KILLED * report.count, figures, "\n".join(more))
