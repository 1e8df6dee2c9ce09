"""Claims about the parts of statements: each has a pair of requests, or there is a reason why it has none."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from iam2rego.conformance.conform import conform
from iam2rego.coverage.cover import Subject, cover
from iam2rego.coverage.model import PartCoverage
from iam2rego.coverage.rules import traced
from iam2rego.ir.policy import PolicySet, PolicyType, identity_policies
from iam2rego.questions import base
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters
from tests.prove.setting import CHECKOUT, EXAMPLE, SEED, Setting, Verdict, progress

SAMPLE: Final = 400
SEARCHED: Final = 10_000
WANTED: Final = 0.99
LIST: Final = CHECKOUT / ".prove" / "infeasible.jsonl"
"""Where the parts that cannot decide are listed, each with the reason."""


@dataclass(frozen=True, slots=True)
class Found:
    """A part, and the statement that it is in."""

    policy: str
    index: int
    part: PartCoverage


def parts_of_the_example(setting: Setting) -> Verdict:
    """Of the parts of AWS's fifteen policies that can decide nearly all are seen to, and the pairs evaluate every emitted line."""
    policies = _example()
    verdict = _verdict(list(_found(policies)))
    report = conform(policies, seed=SEED, binary=setting.binary, extra=(), progress=progress)
    rules = [each.rules for each in traced(report.coverage, policies, setting.binary).detail if each.rules]
    covered, missed = sum(len(each.covered) for each in rules), sum(len(each.not_covered) for each in rules)
    return Verdict(
        verdict.holds and not missed and not report.disagreements,
        f"{verdict.figures}; the pairs evaluate {covered} of {covered + missed} lines of {len(rules)} emitted modules",
        verdict.more,
    )


def parts_of_managed_policies(setting: Setting) -> Verdict:
    """Of the parts of a seeded sample of the managed policies that can decide nearly all are seen to."""
    files = Random(SEED).sample(sorted(setting.managed.iterdir()), SAMPLE)
    found = list(_found(load([str(file) for file in sorted(files)]).policies))
    LIST.parent.mkdir(exist_ok=True)
    LIST.write_text("".join(_listed(each) for each in found if each.part.infeasible), encoding="utf-8")
    verdict = _verdict(found)
    return Verdict(verdict.holds, f"{verdict.figures}; {LIST.relative_to(CHECKOUT)} lists them", verdict.more)


def _example() -> PolicySet:
    return load([str(EXAMPLE / "policies")], parameters=parameters([str(EXAMPLE / "params.toml")])).policies


def _found(policies: PolicySet) -> Iterator[Found]:
    for number, policy in enumerate(policies.policies):
        progress(number, len(policies.policies))
        alone = identity_policies((policy,))
        for index, statement in enumerate(policy.document.statements):
            parts = cover(Subject(alone, policy, PolicyType.IDENTITY, index), base(statement), seed=SEED, count=SEARCHED)
            yield from (Found(policy.name, index, part) for part in parts)


def _verdict(found: Sequence[Found]) -> Verdict:
    flipped = sum(each.part.pair is not None for each in found)
    infeasible = [each.part.infeasible for each in found if each.part.infeasible]
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(Counter(each.reason.value for each in infeasible).items()))
    uncovered = [each for each in found if each.part.pair is None and each.part.infeasible is None]
    feasible = flipped + len(uncovered)
    figures = f"of {len(found)} parts {flipped} of {feasible} that can decide are seen to; {len(infeasible)} cannot ({reasons})"
    survived = all(each.searched >= SEARCHED for each in infeasible)
    return Verdict(
        survived and flipped >= feasible * WANTED > 0,
        f"{figures}, which {SEARCHED} requests of each statement bear out",
        "\n".join(f"{each.policy} {each.index}: {each.part.part.kind} `{each.part.part.text}`" for each in uncovered),
    )


def _listed(found: Found) -> str:
    part, infeasible = found.part.part, found.part.infeasible
    assert infeasible is not None
    members = {"policy": found.policy, "index": found.index, "kind": part.kind, "text": part.text}
    return json.dumps({**members, "reason": infeasible.reason, "by": infeasible.by, "searched": infeasible.searched}) + "\n"
