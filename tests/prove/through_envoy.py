"""Claims about requests through Envoy, over all of the way that they take in production but opa-envoy-plugin."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.gateway.chains import QUICK, chain
from tests.gateway.deciding import differing, milliseconds
from tests.gateway.envoys import VERIFYING
from tests.gateway.faults import FAULTS, HARMLESS, survived
from tests.gateway.gateway_bundles import ALLOWING, BY_OPA, Builder, account
from tests.gateway.replacing import replaced, revisions
from tests.gateway.routes import ROUTES, requests
from tests.gateway.token_times import ENVOY, OPA, through_its_time
from tests.prove.setting import CHECKOUT, SEED, Setting, Verdict

_REQUESTS: Final = 3_000
_BLOCKS: Final = 40
_REPLACEMENTS: Final = 20
_UNDER_REPLACEMENT: Final = 20_000
_UNDER_FAULT: Final = 1_000
_STOPPED: Final = 100
"""An OPA that is stopped answers nobody: eight requests in each time-out."""

_TABLE: Final = CHECKOUT / ".prove" / "gateway-faults.md"
_COLUMNS: Final = ("fault", "requests", "wrong allows", "denied by failure", "slowest answer, s", "recovery, s")


def statuses_are_decisions(setting: Setting) -> Verdict:
    """Over every route the status is the native evaluator's decision. The time is printed beside that with a bundle that allows all."""
    with TemporaryDirectory() as folder:
        builder = Builder(setting.binary, Path(folder))
        example = builder.build()
        asked = list(requests(_REQUESTS, SEED))
        with chain(builder, example.archive, room(folder, "a")) as one, chain(builder, builder.sign(ALLOWING), room(folder, "b")) as other:
            differ = differing(one, example.policies, asked)
            spent, floor = milliseconds((one, other), asked, _BLOCKS)
    figures = f"{len(asked)} requests over {len(ROUTES)} routes, {len(differ)} differ"
    times = f"a median of {spent:.2f} ms is {spent / floor:.2f} of what it is with a bundle that allows everything"
    return Verdict(not differ, f"{figures}; {times}", "\n".join(map(str, differ)))


def replaced_bundles_decide_at_once(setting: Setting) -> Verdict:
    """Under load every answer is right for the revision that the decision log names: the new one, once OPA says that it has it."""
    with TemporaryDirectory() as folder:
        builder = Builder(setting.binary, Path(folder))
        offered = revisions(builder, _REPLACEMENTS + 1)
        with chain(builder, offered[0].archive, room(folder, "a")) as one:
            seen = replaced(one, offered, list(requests(_REQUESTS, SEED)), _UNDER_REPLACEMENT)
    holds = not seen.wrong and not seen.stale and len(seen.decided) == len(offered)
    figures = f"{sum(seen.decided.values())} requests over {_REPLACEMENTS} replacements, {len(seen.wrong)} wrong, {len(seen.stale)} stale"
    return Verdict(
        holds,
        f"{figures}; a replaced revision decides for {seen.stalest:.1f} s at the most",
        "\n".join(map(str, (*seen.wrong, *seen.stale))),
    )


def faults_allow_nothing(setting: Setting) -> Verdict:
    """Whatever breaks under load, nobody is served who is not allowed, all are answered while it is broken, and service returns."""
    with TemporaryDirectory() as folder:
        builder = Builder(setting.binary, Path(folder))
        rows = [*_broken(builder, folder), *_timed(builder, folder)]
    _TABLE.parent.mkdir(exist_ok=True)
    _TABLE.write_text("\n".join(["| " + " | ".join(_COLUMNS) + " |", "|---|--:|--:|--:|--:|--:|", *map(str, rows), ""]), encoding="utf-8")
    wrong = [each for each in rows if not each.holds]
    figures = f"{len(rows)} faults, {sum(each.wrong_allows for each in rows)} wrong allows, in {_TABLE.relative_to(CHECKOUT)}"
    return Verdict(not wrong, figures, "\n".join(map(str, wrong)))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table, and whether it is as it should be."""

    name: str
    requests: int
    wrong_allows: int
    denied: int
    seconds: tuple[str, str]
    in_order: bool = True

    @property
    def holds(self) -> bool:
        """Whether nobody was served wrongly, and all else is as it should be."""
        return self.in_order and self.wrong_allows == 0

    def __str__(self) -> str:
        return f"| {self.name} | {self.requests:,} | {self.wrong_allows} | {self.denied:,} | {' | '.join(self.seconds)} |"


def _broken(builder: Builder, folder: str) -> Iterator[Row]:
    next_ones = cycle([builder.build(account(0)), builder.build(account(1))])
    asked = list(requests(_REQUESTS, SEED))
    with chain(builder, builder.build().archive, room(folder, "faults"), beside=builder.sign(HARMLESS), seconds=QUICK) as one:
        for name, fault in FAULTS.items():
            seen = survived(one, builder, fault, next(next_ones), asked, _STOPPED if "stopped" in name else _UNDER_FAULT)
            yield Row(name, seen.requests, seen.wrong_allows, seen.denied, (f"{seen.slowest:.2f}", f"{seen.recovery:.1f}"))


def _timed(builder: Builder, folder: str) -> Iterator[Row]:
    """Tokens whose time comes and goes."""
    ways = (("Envoy", builder.build(), frozenset[str](), ENVOY), ("OPA", builder.build(mapping=BY_OPA), {VERIFYING}, OPA))
    for who, revision, without, skew in ways:
        with chain(builder, revision.archive, room(folder, who), without=without) as one:
            seen = through_its_time(one, skew)
        yield Row(
            f"a token before and after its time, verified by {who}",
            seen.requests,
            seen.wrong_allows,
            seen.denied,
            ("", ""),
            seen.denied == 0 < seen.refused,
        )


def room(folder: str, name: str) -> Path:
    """Make a folder for the files of a chain."""
    made = Path(folder, name)
    made.mkdir()
    return made
