"""Claims about the compiler and the two engines."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.conformance.conform import conform
from iam2rego.conformance.report import conform_text
from iam2rego.conformance.run import ConformReport
from iam2rego.diagnostics import PolicyError, render
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.scenarios.report import TEXT
from iam2rego.scenarios.run import Tally, run_scenarios, units
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters
from iam2rego.sources.scenario import read_scenarios
from tests.property.wildcard_trials import wildcard_failures
from tests.prove.setting import CHECKOUT, EXAMPLE, SEED, Setting, Verdict, progress, run

CASES: Final = CHECKOUT / "compiler" / "iam2rego" / "scenarios" / "suite" / "iam-semantics-cases.jsonl"
SAMPLE: Final = 60
PAIRS: Final = 100_000
SEEN_BOTH_WAYS: Final = 0.98
PLACEHOLDER: Final = re.compile(r"<([A-Za-z_]+)>")


def cases(setting: Setting) -> Verdict:
    """Every case of the rules is decided as expected by both engines, with equal documents."""
    scenarios, tally = list(read_scenarios([str(CASES)])), Tally()
    with OpaEngine(setting.binary, units(scenarios), layout=setting.layout) as opa:
        said = list(TEXT.entries(run_scenarios(scenarios, [NativeEngine(units(scenarios)), opa]), tally))
    count = len(CASES.read_text(encoding="utf-8").splitlines())
    return Verdict(
        tally.passed == tally.agreed == count == len(scenarios),
        f"{tally.passed} of {count} cases as expected on both engines, {tally.agreed} of {count} with equal documents",
        "".join(said),
    )


def managed_policies_compile(setting: Setting) -> Verdict:
    """All managed policies compile; `opa check --strict` and `opa fmt` have nothing to say."""
    count = len(list(setting.managed.iterdir()))
    policies = load([str(setting.managed)]).policies
    with TemporaryDirectory() as folder:
        bundle = Path(folder, "bundle")
        write(compile_policies(policies, revision="prove", layout=setting.layout), bundle)
        checked = run([setting.binary.path, "check", "--strict", "--bundle", bundle])
        formatted = run([setting.binary.path, "fmt", "--list", bundle])
    said = checked.text + formatted.text
    compiled = f"{len(policies.policies)} of {count} managed policies compile"
    return Verdict(
        len(policies.policies) == count and not said and checked.status == formatted.status == 0,
        f"{compiled}; `opa check --strict` and `opa fmt --list` print {len(said)} characters",
        said,
    )


def managed_policies_conform(setting: Setting) -> Verdict:
    """On a seeded sample of the managed policies the engines agree on every request, and nearly every statement is seen both ways."""
    files = sorted(setting.managed.iterdir())
    chosen = Random(SEED).sample(files, SAMPLE)
    return _conforms(load([str(file) for file in sorted(chosen)]).policies, setting)


def example_conforms(setting: Setting) -> Verdict:
    """On the fifteen policies of AWS's page the engines agree on every request."""
    return _conforms(load([str(EXAMPLE / "policies")], parameters=parameters([str(EXAMPLE / "params.toml")])).policies, setting)


def wildcards_match(setting: Setting) -> Verdict:
    """Emitted patterns match what a regular expression made from the rules matches."""
    wrong = list(wildcard_failures(setting.binary, PAIRS, SEED))
    return Verdict(not wrong, f"{PAIRS} pairs of a pattern and a text, {len(wrong)} against the regular expression", "\n".join(wrong))


def unbound_placeholders_are_named(_setting: Setting) -> Verdict:
    """Without parameters, the error names each placeholder of each policy."""
    missed = [f"{file.name}: <{name}>" for file in sorted((EXAMPLE / "policies").iterdir()) for name in _unnamed(file)]
    found = {name for file in (EXAMPLE / "policies").iterdir() for name in _placeholders(file)}
    return Verdict(bool(found) and not missed, f"{len(found)} placeholders, each named where it is unbound", "\n".join(missed))


def _unnamed(file: Path) -> Iterator[str]:
    """Yield the placeholders of ``file`` that the error does not name."""
    said = ""
    try:
        load([str(file)])
    except PolicyError as error:
        said = "\n".join(map(render, error.diagnostics))
    yield from (name for name in sorted(_placeholders(file)) if f"<{name}>" not in said)


def _placeholders(file: Path) -> set[str]:
    return set(PLACEHOLDER.findall(file.read_text(encoding="utf-8")))


def _conforms(policies: PolicySet, setting: Setting) -> Verdict:
    report = conform(policies, seed=SEED, binary=setting.binary, extra=(), progress=progress, layout=setting.layout)
    figures, coverage, *more = conform_text(report, lambda _: "conform the policy named").splitlines()
    return Verdict(not report.disagreements and _seen(report), f"{figures}; {coverage}", "\n".join(more))


def _seen(report: ConformReport) -> bool:
    wanted = report.statements * SEEN_BOTH_WAYS
    return report.coverage.applied >= wanted and report.coverage.not_applied >= wanted
