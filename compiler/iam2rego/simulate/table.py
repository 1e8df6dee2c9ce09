"""Shows a simulation's decisions as a table."""

from collections.abc import Iterable, Iterator
from typing import Final

from iam2rego.diagnostics import printable
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.simulate.respond import NAMED, Verdicts, next_marker, statements
from iam2rego.simulate.simulation import Simulation
from iam2rego.simulate.verdicts import Verdict

_HEAD: Final = ("action", "resource", "decision", "decided by", "not in the request")


def table(simulation: Simulation, decided: Verdicts) -> list[str]:
    """Return a heading, a line for each action and resource, and how to get the next page, if there is one."""
    rows = [_HEAD, *(_row(action, each, simulation) for action, verdicts in decided for each in verdicts)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    marker = next_marker(simulation)
    further = [] if marker is None else [f"there is more: repeat the request with the `Marker` `{marker}`"]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows] + further


def _row(action: str, verdict: Verdict, simulation: Simulation) -> tuple[str, ...]:
    decision = verdict.decision
    matched = (f"{each.policy}:{each.start.line}:{each.start.column}" for each in statements([decision], simulation))
    reasons = [*matched, *_unnamed(decision)]
    return tuple(map(printable, (action, verdict.resource, decision.decision, _joined(reasons), _joined(decision.missing_context_keys))))


def _unnamed(decision: Decision) -> Iterator[str]:
    """Name the types of policy that deny, except those whose denying statements are listed."""
    if decision.decision is Outcome.IMPLICIT_DENY:
        yield from (f"no allow of {each}" for each in decision.denied_by)
    else:
        yield from (f"a deny of {each}" for each in decision.denied_by if each not in NAMED)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words) or "-"
