"""Finds parts that decide whether their statement applies but never change the decision, because other statements always decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.coverage.bits import ENTRIES, Truth
from iam2rego.coverage.model import Reason
from iam2rego.coverage.observe import Observation
from iam2rego.coverage.pairs import Finder
from iam2rego.coverage.parts import Located
from iam2rego.coverage.reasons import Cause
from iam2rego.coverage.truths import Truths
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.questions.aim import Aim

_APART: Final[Cause] = (Reason.NO_VALUE, ("no request that misses it concerns the policy",))


_ENOUGH: Final = 5
"""The minimum number of requests for a conclusion."""


@dataclass(slots=True)
class Halves:
    """Requests that are half of a pair for a part: for each half one that shows, and what hides those that do not show.

    `apart` counts the requests that miss the part and that the policy does not concern, such as those for another resource.
    """

    shown: dict[bool, Aim] = field(default_factory=dict)
    hiding: dict[bool, list[frozenset[str]]] = field(default_factory=lambda: {True: [], False: []})
    apart: int = 0

    def note(self, half: bool, aim: Aim, seen: Observation, *, shows: bool) -> None:
        """Add one request."""
        if shows:
            self.shown.setdefault(half, aim)
        elif half or seen.decision.decision is Outcome.EXPLICIT_DENY:
            self.hiding[half].append(frozenset(_deciding(seen.decision)))
        else:
            self.apart += 1

    def cause(self) -> Cause | None:
        """Name what hides a half that never shows: what always hides it, or else everything that does."""
        for half, hiding in self.hiding.items():
            if len(hiding) >= _ENOUGH and half not in self.shown:
                return Reason.SHADOWED, tuple(sorted(frozenset.intersection(*hiding) or frozenset.union(*hiding)))
        return _APART if self.apart >= _ENOUGH and False not in self.shown else None


def halves_of(finder: Finder, parts: Sequence[Located], aims: Iterable[Aim]) -> dict[Located, Halves]:
    """Collect the requests of ``aims`` that are half of a pair for one of the parts."""
    halves = {each: Halves() for each in parts}
    for aim in aims if parts else ():
        truth = finder.truths.of(aim)
        roles = {each: role for each in parts if truth and (role := _role(finder.truths, each, truth)) is not None}
        if roles:
            seen = finder.look(aim.request())
            shown = {True: finder.place in seen.applied, False: finder.place in seen.not_applied}
            for each, role in roles.items():
                halves[each].note(role, aim, seen, shows=shown[role])
    return halves


def _role(truths: Truths, located: Located, truth: Truth) -> bool | None:
    """Return True if the statement applies to the request as half of a pair, False for the other half, None if it is neither."""
    if truth.terms | truths.layout.term(located) != truths.layout.every_term:
        return None
    if located.kind in ENTRIES:
        bit, bits = truths.layout.alternatives(located)
        if bits(truth) not in (0, bit):
            return None
    return truth.applies


def _deciding(decision: Decision) -> list[str]:
    """Name the statements that deny, else the types of policy that do not allow."""
    if decision.decision is Outcome.EXPLICIT_DENY:
        return [f"{each.effect} statement {each.index} of {each.policy}" for each in decision.matched_statements]
    return [f"no Allow of `{each}`" for each in decision.denied_by]
