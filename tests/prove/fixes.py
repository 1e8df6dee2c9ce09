"""Claims about fixes: on both engines, a safe fix of a managed policy changes no decision."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
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
from tests.prove.corpus_sources import CORPORA
from tests.prove.setting import SEED, Setting, Verdict, progress
from tests.support.policy_texts import kind_of

OPTIONS: Final = Options(Kind.IDENTITY, False, {})
SAMPLE: Final = 200
"""How many of the managed policies are looked at."""

OF_CORPORA: Final = 60
"""How many policies of the collections that a registry has are looked at."""

MOST: Final = LEAST + 50
"""Requests to each policy that was fixed."""

TINY: Final = 1
"""How many policies of the collections say so little that less than `LEAST` different requests are made from them."""


@dataclass(frozen=True)
class Pair:
    """A policy that was fixed, before and after, and the requests to both."""

    done: Fixed
    options: Options
    units: tuple[PolicySet, PolicySet]
    requests: Sequence[JsonValue]


def safe_fixes_change_no_decision(setting: Setting) -> Verdict:
    """Every safe fix of a sample of managed policies: equal decisions on both engines, and its finding is gone."""
    paths = sorted(setting.managed.iterdir())
    sample = Random(SEED).sample(paths, min(SAMPLE, len(paths)))
    return _verdict(setting, [(path, OPTIONS) for path in sample])


def safe_fixes_of_corpora_change_no_decision(setting: Setting) -> Verdict:
    """The same of a sample of the policies in the collections that a registry has."""
    with TemporaryDirectory() as folder:
        return _verdict(setting, Random(SEED).sample([*_files(Path(folder))], OF_CORPORA), TINY)


def _files(folder: Path) -> Iterator[tuple[Path, Options]]:
    for corpus in CORPORA:
        for number, policy in enumerate(corpus.policies(folder)):
            path = folder / f"{corpus.name}-{number}.json"
            path.write_text(json.dumps(policy), encoding="utf-8")
            yield path, replace(OPTIONS, kind=kind_of(policy))


def _verdict(setting: Setting, files: Sequence[tuple[Path, Options]], tiny: int = 0) -> Verdict:
    pairs = list(_pairs(files))
    fixes = sum(len(each.done.done) for each in pairs)
    left = [each.done.before.source.name for each in pairs if not _is_gone(each)]
    differing = list(_differing(setting, pairs))
    asked_ = sum(len(each.requests) for each in pairs)
    return Verdict(
        fixes > 0 and not differing and not left and sum(len(each.requests) < LEAST for each in pairs) <= tiny,
        f"{fixes} safe fixes of {len(pairs)} policies, of {len(files)}; {asked_} requests to each engine before and after, "
        f"{len(differing)} decided otherwise; {len(left)} policies still have such a finding",
        "\n".join([*differing, *left]),
    )


def _selected(finding: Finding) -> bool:
    return finding.fix is Safety.SAFE


def _pairs(files: Sequence[tuple[Path, Options]]) -> Iterator[Pair]:
    """Yield the policies that a safe fix changes, and what it makes of them."""
    for number, (path, options) in enumerate(files):
        progress(number, len(files))
        done = Fixer(Wish(options, catalogue(), _selected)).fixed(read(Place(path.name, str(path))))
        if done.changed:
            before, after = (alone(next(iter(meanings(each, options).values()))) for each in (done.before, done.after))
            every = asked(before, after)
            yield Pair(done, options, (before, after), Random(SEED).sample(every, min(len(every), MOST)))


def _is_gone(pair: Pair) -> bool:
    """Say whether nothing is found any more of what was fixed, but what could not be proven."""
    unproven = {(each.finding.code, each.finding.message) for each in pair.done.left}
    found = seen(pair.done.after, pair.options, catalogue(), _selected)
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
