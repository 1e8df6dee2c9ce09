"""Claims about policies that nobody wrote."""

from time import monotonic
from typing import Final

import pytest

from iam2rego.fuzz.report import drawn_text
from iam2rego.fuzz.run import conform_drawn
from tests.conformance.planted_defects import DEFECTS, statements
from tests.prove.setting import SEED, Setting, Verdict, progress

REQUESTS: Final = 10_000
LENIENT_REQUESTS: Final = 5_000

FEWEST: Final = 0.1
"""The least share of each decision."""

_FIGURES: Final = 4
"""So many lines of a report are figures."""


def random_requests_conform(setting: Setting) -> Verdict:
    """The engines answer 50,000 random requests about random policies with equal documents; each decision is frequent."""
    return _conforming(setting, REQUESTS, lenient=False)


def lenient_requests_conform(setting: Setting) -> Verdict:
    """So they do about policies with what `--lenient` lets pass."""
    return _conforming(setting, LENIENT_REQUESTS, lenient=True)


def _conforming(setting: Setting, count: int, *, lenient: bool) -> Verdict:
    start = monotonic()
    report = conform_drawn(count, seed=SEED, lenient=lenient, binary=setting.binary, progress=progress, layout=setting.layout)
    seconds = monotonic() - start
    rare = [name for name, number in report.decisions.items() if number < FEWEST * count]
    rare += [name for name, number in report.drawn.items() if not number]
    said = drawn_text(report, lambda found: found.scenario).splitlines()
    return Verdict(
        report.found is None and report.requests == count and not rare,
        f"{'; '.join(said[:_FIGURES])}; {report.requests / seconds:.0f} requests a second in all",
        "\n".join(said[_FIGURES:]),
    )


def planted_defects_are_shrunk(setting: Setting) -> Verdict:
    """Each of three defects planted in the back end is found, and shown by the fewest statements that can show it."""
    found = [_found(name, setting) for name in DEFECTS]
    return Verdict(all(each.holds for each in found), "; ".join(each.figures for each in found), "\n".join(each.more for each in found))


def _found(name: str, setting: Setting) -> Verdict:
    plant, fewest = DEFECTS[name]
    start = monotonic()
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        report = conform_drawn(REQUESTS, seed=SEED, lenient=False, binary=setting.binary, progress=progress)
    seconds = monotonic() - start
    count = len(statements(report.found.question.policies)) if report.found else 0
    return Verdict(
        count == fewest,
        f"{name}: by request {report.requests}, {count} of at least {fewest} statements ({seconds:.0f} s)",
        drawn_text(report, lambda found: found.scenario),
    )
