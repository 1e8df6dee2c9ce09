"""Pairs of policy sets, for proofs: of random sets, of AWS managed policies, and of the cases of the rules.

One of a pair is a mutant of the other, or another managed policy or case. A mutant is one change away: a part of a statement is widened,
dropped or taken from another statement.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, loads
from iam2rego.strategies import policies, policy_sets
from iam2rego.strategies.drawing import draw as drawn
from iam2rego.strategies.reading import read
from tests.property.managed_mutants import mutants
from tests.support.managed import managed_policies

JsonObject = dict[str, JsonValue]

CASES: Final = Path(__file__).parents[2] / "compiler" / "iam2rego" / "scenarios" / "suite" / "iam-semantics-cases.jsonl"
RANDOM: Final = 1_500
"""How many random sets there are."""
OF_MANAGED: Final = 4
"""One of so many managed policies is taken."""

_PLAIN: Final[JsonValue] = {"action": "t:Get"}
_TRUST: Final[JsonValue] = {"action": "sts:AssumeRole"}
"""By the action of a request one sees whether the policy of its resource is a trust policy."""
_WIDEST: Final[Mapping[str, str]] = {"Action": "t:*", "Resource": "*", "Principal": "*"}


_Unread: TypeAlias = tuple[JsonValue, JsonValue, bool]
"""The policies and the request of a scenario, and whether it is lenient."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two policy sets, and the seed of what is drawn about them."""

    name: str
    seed: int
    sets: tuple[PolicySet, PolicySet]


def pairs(step: int, first: int = 0) -> Iterator[Pair]:
    """Yield every ``step``-th of the pairs of each kind, beginning with the ``first``: more than 3,000 if all are taken."""
    taken = slice(first, None, step)
    yield from random_pairs(range(RANDOM)[taken])
    yield from managed_pairs(taken)
    yield from case_pairs(taken)


def random_pairs(seeds: Sequence[int]) -> Iterator[Pair]:
    """Yield a random set with a mutant for each seed, unless one must be refused."""
    for seed in seeds:
        one, other = drawn(_sets(), seed)
        read_as = (_read(f"random {seed}", seed, (one, request, False), (other, request, False)) for request in (_PLAIN, _TRUST))
        yield from islice(chain.from_iterable(read_as), 1)


def managed_pairs(taken: slice) -> Iterator[Pair]:
    """Yield some managed policies with each of their mutants, and with another managed policy that has a service in common."""
    documents, having = managed_policies(), defaultdict(list)
    for name, document in documents.items():
        for service in _services(document):
            having[service].append(name)
    for seed, name in list(enumerate(sorted(documents)[::OF_MANAGED]))[taken]:
        original = identity(documents[name])
        for change, _, mutant in mutants(documents[name], seed):
            yield Pair(f"{name}, {change}", seed, (original, identity(mutant)))
        alike = sorted({other for service in _services(documents[name]) for other in having[service]} - {name})
        if alike:
            other = Random(seed).choice(alike)
            yield Pair(f"{name}, {other}", seed, (original, identity(documents[other])))


def case_pairs(taken: slice) -> Iterator[Pair]:
    """Yield the policies of some cases of the rules with the next case's and with a mutant, unless they must be refused."""
    cases = [each for line in CASES.read_text(encoding="utf-8").splitlines() if isinstance(each := loads(line), dict)]
    for seed, (case, following) in list(enumerate(pairwise(cases)))[taken]:
        first, *others = ((each["policies"], each["request"], "lenient" in each) for each in (case, following))
        donors = islice(_statements(following["policies"]), 1)
        others += [(drawn(_mutants(case["policies"], donor), seed), *first[1:]) for donor in donors]
        yield from chain.from_iterable(_read(f"{case['name']}, {number}", seed, first, other) for number, other in enumerate(others))


def identity(document: JsonValue) -> PolicySet:
    """Return a set of one identity policy."""
    return read({"identity": [document]}, _PLAIN, lenient=True)


def _read(name: str, seed: int, one: _Unread, other: _Unread) -> Iterator[Pair]:
    """Yield the pair of two sets, unless one must be refused."""
    try:
        sets = tuple(read(policies_, request, lenient=lenient) for policies_, request, lenient in (one, other))
    except ValueError:
        return
    yield Pair(name, seed, (sets[0], sets[1]))


@st.composite
def _sets(draw: DrawFn) -> tuple[JsonValue, JsonValue]:
    """Draw a policy set and a mutant of it."""
    alone = st.lists(policies(), min_size=1, max_size=2).map(lambda documents: {"identity": documents})
    policies_ = draw(st.one_of(alone, policy_sets()))
    return policies_, draw(_mutants(policies_, next(_statements(draw(policies())))))


@st.composite
def _mutants(draw: DrawFn, policies_: JsonValue, donor: dict[str, Any]) -> JsonValue:
    """Draw a mutant of a policy set."""
    mutant = deepcopy(policies_)
    changed = list(_statements(mutant))
    if changed:
        _change(draw, changed[draw(st.integers(0, 99)) % len(changed)], donor)
    return mutant


def _statements(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every statement in a document, a list of documents or a set of them."""
    if isinstance(document, dict) and "Effect" in document:
        yield document
    elif isinstance(document, dict | list):
        for each in document.values() if isinstance(document, dict) else document:
            yield from _statements(each)


def _change(draw: DrawFn, statement: dict[str, Any], donor: dict[str, Any]) -> None:
    """Change one part of a statement: take it from another statement, add that one's entries, or drop it."""
    has_principal = "Principal" in statement or "NotPrincipal" in statement
    part = draw(st.sampled_from(["Action", "Resource", "Condition", *(["Principal"] if has_principal else [])]))
    negated = f"Not{part}" if f"Not{part}" in statement else part
    match draw(st.sampled_from(["replace", "add", "drop"])):
        case "add" if part in ("Action", "Resource") and part in donor:
            statement[negated] = [*_list(statement.get(negated, [])), *_list(donor[part])]
        case "replace" if part in donor:
            statement[negated] = donor[part]
        case _:
            statement.pop(negated, None)
            statement |= {part: _WIDEST[part]} if part in _WIDEST else {}


def _list(entries: Any) -> list[Any]:
    return entries if isinstance(entries, list) else [entries]


def _services(document: Any) -> set[str]:
    """Return the services whose actions a document names."""
    actions = (action for each in _statements(document) for action in _list(each.get("Action", [])))
    return {action.partition(":")[0] for action in actions} - {"*"}
