"""Random pairs of policy sets, and requests that must not contradict what is proved of them.

A pair is a set and a mutant of it, one change away: a part of a statement is widened, dropped or taken from another statement.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.proofs.inclusion import Inclusion, verdict_of
from iam2rego.proofs.verdict import Proved, Refuted, UndecidedError, Verdict
from iam2rego.strategies import policies, policy_sets, requests
from iam2rego.strategies.drawing import draw as drawn
from iam2rego.strategies.reading import read

JsonObject = dict[str, JsonValue]

DRAWN: Final = 30
"""Requests that are drawn for a question."""

_PLAIN: Final[JsonValue] = {"action": "t:Get"}
_PARTS: Final = ("Action", "Resource", "Condition")


@st.composite
def pairs(draw: DrawFn) -> tuple[JsonObject, JsonObject]:
    """Draw a policy set and a mutant of it."""
    alone = st.lists(policies(), min_size=1, max_size=2).map(lambda documents: {"identity": documents})
    policies_ = draw(st.one_of(alone, policy_sets()))
    mutant = deepcopy(policies_)
    changed = list(_statements(mutant))
    if changed:
        donor = next(_statements(draw(policies())))
        _change(draw, changed[draw(st.integers(0, 99)) % len(changed)], donor)
    return policies_, mutant


def _statements(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every statement in a document, a list of documents or a set of them."""
    if isinstance(document, dict) and "Effect" in document:
        yield document
    elif isinstance(document, dict | list):
        for each in document.values() if isinstance(document, dict) else document:
            yield from _statements(each)


def _change(draw: DrawFn, statement: dict[str, Any], donor: dict[str, Any]) -> None:
    """Change one part of a statement: take it from another statement, add that one's entries, or drop it."""
    part = draw(st.sampled_from(_PARTS))
    negated = f"Not{part}" if f"Not{part}" in statement else part
    match draw(st.sampled_from(["replace", "add", "drop"])):
        case "add" if part != "Condition" and part in donor:
            statement[negated] = [*_list(statement.get(negated, [])), *_list(donor[part])]
        case "replace" if part in donor:
            statement[negated] = donor[part]
        case _:
            statement.pop(negated, None)
            if part != "Condition":
                statement[part] = "*" if part == "Resource" else "t:*"


def _list(entries: Any) -> list[Any]:
    return entries if isinstance(entries, list) else [entries]


def verdict(new: PolicySet, old: PolicySet) -> Verdict | None:
    """Return the verdict on the claim that ``new`` allows only what ``old`` does; None if a set has what is not encoded."""
    try:
        return verdict_of(Inclusion(new, old).answers())
    except UndecidedError:
        return None


def shows(request: JsonValue, new: PolicySet, old: PolicySet) -> bool:
    """Say whether ``new`` allows a request and ``old`` does not."""
    return authorize(new, request).decision is Outcome.ALLOWED and authorize(old, request).decision is not Outcome.ALLOWED


def contradictions(count: int, tally: Counter[str], start: int = 0, asked: int = DRAWN) -> Iterator[str]:
    """Yield, for as many pairs, the seeds whose verdict one of ``asked`` requests contradicts; ``tally`` counts verdicts and requests."""
    for seed in range(start, start + count):
        one, other = drawn(pairs(), seed)
        try:
            sets = read(one, _PLAIN, lenient=False), read(other, _PLAIN, lenient=False)
        except ValueError:
            tally["refused"] += 1
            continue
        for new, old, given in ((*sets, one), (sets[1], sets[0], other)):
            requests_ = drawn(st.lists(requests(given), min_size=DRAWN, max_size=DRAWN), seed)
            yield from _contradicted(seed, new, old, [*requests_, *_recombined(requests_, seed, asked - DRAWN)], tally)


def _recombined(requests_: Sequence[JsonObject], seed: int, count: int) -> Iterator[JsonObject]:
    """Yield requests with each member of one that was drawn, since drawing many takes long."""
    random = Random(seed)
    members = {
        name: [each[name] for each in requests_ if name in each] for name in dict.fromkeys(name for each in requests_ for name in each)
    }
    for _ in range(count):
        shape = random.choice(requests_)
        yield {name: random.choice(members[name]) for name in shape}


def _contradicted(seed: int, new: PolicySet, old: PolicySet, asked: Sequence[JsonObject], tally: Counter[str]) -> Iterator[str]:
    found = verdict(new, old)
    tally[type(found).__name__] += 1
    tally["requests"] += len(asked)
    if isinstance(found, Refuted) and not shows(found.request, new, old):
        yield f"seed {seed}: the request of a refuted claim shows nothing"
    showing = next((each for each in asked if shows(each, new, old)), None)
    if isinstance(found, Proved) and showing:
        yield f"seed {seed}: proved, but {showing}"
    if showing and not isinstance(found, Refuted | Proved):
        tally["missed"] += 1
