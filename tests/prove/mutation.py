"""Claims about what generated requests are worth: they tell outputs that were made wrong on purpose from right ones."""

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.mutation.equivalent import Equivalent, Survivors, equivalents
from iam2rego.mutation.report import mutation_text
from iam2rego.mutation.run import mutate
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters
from tests.mutation.library.library_trial import try_library
from tests.prove.setting import EXAMPLE, SEED, Setting, Verdict, progress, run

MANAGED: Final = {Layout.MODULES: 40, Layout.PACKED: 15}
OF_MODULE: Final = 35
"""How many mutants of a module of the library are tried at the most."""
OF_MANAGED: Final = Path(__file__).parents[1] / "mutation" / "managed.toml"
KILLED: Final = 0.99
EQUIVALENT: Final = 0.03
SEARCHED: Final = 5_000


def mutants_of_the_example_are_killed(setting: Setting) -> Verdict:
    """Of what the fifteen policies of AWS's page compile to, nearly every mutant is told from the right output."""
    policies = load([str(EXAMPLE / "policies")], parameters=parameters([str(EXAMPLE / "params.toml")])).policies
    return _killed(policies, setting)


def mutants_of_managed_policies_are_killed(setting: Setting) -> Verdict:
    """So is nearly every mutant of what a seeded sample of the managed policies compiles to, but for those listed as equivalent."""
    files = Random(SEED).sample(sorted(setting.managed.iterdir()), MANAGED[setting.layout])
    policies = load([str(file) for file in sorted(files)]).policies
    return _killed(policies, setting, equivalents(OF_MANAGED.read_text(encoding="utf-8")))


def mutants_of_the_library_are_killed(setting: Setting) -> Verdict:
    """So is nearly every one of the drawn mutants of the library, but for those listed as equivalent, which survive in each layout."""
    report = try_library(setting.binary, SEED, most=OF_MODULE)
    survivors = report.survivors
    tried = f"{report.mutants} mutants of {report.mutants + report.left}"
    figures = f"{tried}, {report.killed} killed, {len(survivors.equivalent)} equivalent, {report.questions} questions"
    are_few = report.listed <= EQUIVALENT * (report.mutants + report.left)
    holds = are_few and _are_killed(report.mutants, report.killed, survivors) and report.questions >= SEARCHED
    return Verdict(holds, figures, "\n".join(map(str, (*survivors.unexplained, *survivors.stale))))


def mutants_of_rules_are_killed(_setting: Setting) -> Verdict:
    """Every one of the mutants of rules of `check` that are drawn is killed by the rule's own examples, or by the unit tests of `lint`."""
    said = run([sys.executable, "-W", "ignore", "-m", "tests.mutation.rules"])
    return Verdict(said.status == 0, said.text.splitlines()[-1], said.text)


def _killed(policies: PolicySet, setting: Setting, listed: Sequence[Equivalent] = ()) -> Verdict:
    report = mutate(policies, seed=SEED, binary=setting.binary, progress=progress, listed=listed, layout=setting.layout)
    figures, *more = mutation_text(report).splitlines()
    are_few = len(report.survivors.equivalent) <= EQUIVALENT * report.count
    return Verdict(are_few and _are_killed(report.count, report.killed, report.survivors), figures, "\n".join(more))


def _are_killed(mutants: int, killed: int, survivors: Survivors) -> bool:
    """Return whether nearly all mutants are killed that are not equivalent, and none that is."""
    return killed >= KILLED * (mutants - len(survivors.equivalent)) and not survivors.stale
