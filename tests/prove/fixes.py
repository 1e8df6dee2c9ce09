"""Claims about fixes: on both engines, a safe fix of a managed policy changes no decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from iam2rego.catalogue.services import catalogue
from iam2rego.engines.compare import agree, answer, outcome
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.fixing import Fixed, Fixer, Wish
from iam2rego.fixing.proof import LEAST, asked
from iam2rego.fixing.reading import meanings, seen
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.lint.finding import Finding
from iam2rego.lint.fix import Safety
from iam2rego.proofs.alone import alone
from iam2rego.sources.files import Place, read
from iam2rego.sources.reading import Options
from tests.prove.setting import SEED, Setting, Verdict, progress

OPTIONS: Final = Options(Kind.IDENTITY, False, {})
SAMPLE: Final = 200
"""How many of the managed policies are looked at."""

MOST: Final = LEAST + 50
"""Requests to each policy that was fixed."""


@dataclass(frozen=True)
class Pair:
    """A policy that was fixed, before and after, and the requests to both."""

    done: Fixed
    units: tuple[PolicySet, PolicySet]
    requests: Sequence[JsonValue]


def safe_fixes_change_no_decision(setting: Setting) -> Verdict:
    """Every safe fix of a sample of managed policies: equal decisions on both engines, and its finding is gone."""
    paths = sorted(setting.managed.iterdir())
    pairs = list(_pairs(Random(SEED).sample(paths, min(SAMPLE, len(paths)))))
    fixes = sum(len(each.done.done) for each in pairs)
    left = [each.done.before.source.name for each in pairs if not _is_gone(each.done)]
    differing = list(_differing(setting, pairs))
    asked_ = sum(len(each.requests) for each in pairs)
    return Verdict(
        fixes > 0 and not differing and not left and all(len(each.requests) >= LEAST for each in pairs),
        f"{fixes} safe fixes of {len(pairs)} policies, of {min(SAMPLE, len(paths))}; {asked_} requests to each engine before and after, "
        f"{len(differing)} decided otherwise; {len(left)} policies still have such a finding",
        "\n".join([*differing, *left]),
    )


def _selected(finding: Finding) -> bool:
    return finding.fix is Safety.SAFE


def _pairs(paths: Sequence[Path]) -> Iterator[Pair]:
    """Yield the policies that a safe fix changes, and what it makes of them."""
    for number, path in enumerate(paths):
        progress(number, len(paths))
        done = Fixer(Wish(OPTIONS, catalogue(), _selected)).fixed(read(Place(path.name, str(path))))
        if done.changed:
            before, after = (alone(next(iter(meanings(each, OPTIONS).values()))) for each in (done.before, done.after))
            every = asked(before, after)
            yield Pair(done, (before, after), Random(SEED).sample(every, min(len(every), MOST)))


def _is_gone(done: Fixed) -> bool:
    """Say whether nothing is found any more of what was fixed, but what could not be proven."""
    unproven = {(each.finding.code, each.finding.message) for each in done.left}
    found = seen(done.after, OPTIONS, catalogue(), _selected)
    return all((each.finding.code, each.finding.message) in unproven for each in found.offers)


def _differing(setting: Setting, pairs: Sequence[Pair]) -> Iterator[str]:
    units = [unit for pair in pairs for unit in pair.units]
    native = NativeEngine(units)
    with OpaEngine(setting.binary, units, layout=setting.layout) as opa:
        for number, pair in enumerate(pairs):
            progress(number, len(pairs))
            told = [[[answer(each, unit, request) for each in (native, opa)] for request in pair.requests] for unit in _units(number)]
            for request, before, after in zip(pair.requests, *told, strict=True):
                if not agree(*before) or not agree(*after) or outcome(before[0]) != outcome(after[0]):
                    yield f"{pair.done.before.source.name}: {request}: {before} {after}"


def _units(pair: int) -> tuple[int, int]:
    return 2 * pair, 2 * pair + 1
