"""Disagreements on the page: one of each group in full, some others in short."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.conformance.grouping import Group, asked, statements_named, statements_told_apart
from iam2rego.conformance.page.difference import Line, compared, laid_out
from iam2rego.conformance.run import Disagreement
from iam2rego.coverage.observe import Place
from iam2rego.engines.compare import Answer, outcome
from iam2rego.engines.contradiction import Contradiction
from iam2rego.engines.described import described
from iam2rego.jsontext import dumps

_OTHERS: Final = 5
"""How many others of a group are shown."""


@dataclass(frozen=True, slots=True)
class Short:
    """A disagreement in short: its request on one line, and the command that repeats it."""

    request: str
    replay: str


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """A group: its first disagreement in full, some `others`, and how many `more` there are.

    `statements` has the words and the anchor of each statement on which the engines differ.
    """

    asked: str
    native: str
    opa: str
    request: tuple[str, ...]
    native_document: tuple[Line, ...]
    opa_document: tuple[Line, ...]
    native_reasons: tuple[str, ...]
    opa_reasons: tuple[str, ...]
    replay: str
    statements: tuple[tuple[str, str], ...]
    others: tuple[Short, ...]
    more: int


def disagreement_views(
    groups: Iterable[Group], replay: Callable[[Disagreement], str], anchors: Mapping[Place, str]
) -> Iterator[DisagreementView]:
    """Yield the groups in order; ``anchors`` has the places of statements on the page."""
    for group in groups:
        first, others = group.first, group.others[:_OTHERS]
        native, opa = compared(first.native, first.opa)
        yield DisagreementView(
            asked=asked(first),
            native=outcome(first.native),
            opa=outcome(first.opa),
            request=tuple(laid_out(first.request)),
            native_document=native,
            opa_document=opa,
            native_reasons=first.explanation,
            opa_reasons=tuple(_reasons(first.opa)),
            replay=replay(first),
            statements=tuple(_statements(first, anchors)),
            others=tuple(Short(dumps(each.request), replay(each)) for each in others),
            more=len(group.others) - len(others),
        )


def concerned(disagreements: Sequence[Disagreement]) -> Counter[str]:
    """Return how many disagreements concern each policy, by name: it decided alone, or one of its statements is part of them."""
    return Counter(name for each in disagreements for name in _concerned(each))


def involved(disagreements: Sequence[Disagreement]) -> Counter[Place]:
    """Return how many disagreements each statement is part of."""
    return Counter(place for each in disagreements for place in _involved(each))


def _concerned(disagreement: Disagreement) -> set[str]:
    policies = disagreement.policies.policies
    return {policies[0].name} if len(policies) == 1 else {place.policy for place in _involved(disagreement)}


def _involved(disagreement: Disagreement) -> set[Place]:
    """Return the statements that only one engine names; if there are none, those that both name; or else all that were asked about."""
    told = statements_told_apart(disagreement) or statements_named(disagreement)
    asked_about = ((each.name, index) for each in disagreement.policies.policies for index, _ in enumerate(each.document.statements))
    return {Place(policy, index) for policy, index in told or asked_about}


def _reasons(given: Answer) -> Iterator[str]:
    if isinstance(given, str):
        yield f"OPA gave no decision; {given}"
    else:
        if isinstance(given, Contradiction):
            yield f"OPA contradicts itself, {given.words}"
        yield from (words for words, _ in described(given))


def _statements(disagreement: Disagreement, anchors: Mapping[Place, str]) -> Iterator[tuple[str, str]]:
    for policy, index in sorted(statements_told_apart(disagreement)):
        if (place := Place(policy, index)) in anchors:  # an OPA that already runs may hold others
            yield f"statement {index} of {policy}", anchors[place]
