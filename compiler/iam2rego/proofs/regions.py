"""Regions of access, in the words of the policies: which actions on which resources under which conditions, with a request of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from iam2rego.ir.condition import Condition
from iam2rego.ir.decision import MatchedStatement
from iam2rego.ir.policy import Actions, PolicySet, PolicyType, Resources, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.native.actions import action_matches
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.inclusion import Answer, Inclusion
from iam2rego.proofs.leave import LEAVE
from iam2rego.proofs.verdict import Refuted


@dataclass(frozen=True, slots=True)
class Region:
    """Access that one statement gives; some of it, at least the request, is access that the other set does not give.

    Attributes:
        statement: the statement that allows the request; None if none does, as for a root user, or only policies that are not given.
        actions: the element of the statement, with only those entries that name one of the classes of actions.
        known: the actions in the region that services are known to have.
        resources: the element of the statement, with only those entries for which some request shows the difference.
        conditions: those of the statement.
        request: a request in the region.
        callers: those who have the access.
    """

    statement: MatchedStatement | None
    actions: Actions
    known: tuple[str, ...]
    resources: Resources | None
    conditions: tuple[Condition, ...]
    request: dict[str, JsonValue]
    callers: tuple[Representative, ...] = ()


def regions(inclusion: Inclusion, answers: Iterable[Answer]) -> list[Region]:
    """Return the regions of the refuted answers, one for each statement and part of its resources."""
    refuted = ((answer, answer.verdict.request) for answer in answers if isinstance(answer.verdict, Refuted))
    return joined(replace(_region(inclusion, answer, request), callers=answer.callers) for answer, request in refuted)


def joined(regions: Iterable[Region]) -> list[Region]:
    """Join the regions of one statement and the same part of its resources."""
    found: dict[object, Region] = {}
    for region in regions:
        place = (region.statement, region.resources)
        found[place] = _joined(found[place], region) if place in found else region
    return list(found.values())


def _region(inclusion: Inclusion, answer: Answer, request: dict[str, JsonValue]) -> Region:
    allowing = (each for each in authorize(inclusion.new, request).matched_statements if each.policy != LEAVE)
    # Of a resource's and a caller's policy that both had to allow it, the resource's says more about the resource.
    matched = min(allowing, key=lambda each: each.policy_type is not PolicyType.RESOURCE, default=None)
    action = str(request["action"])
    if matched is None:
        return Region(None, Actions(entries=()), answer.known or (action,), None, (), request)
    statement = _statement(inclusion.new, matched)
    resources = _differing(inclusion, answer, statement.resources)
    return Region(matched, _naming(statement.actions, answer.known or (action,)), answer.known, resources, statement.conditions, request)


def _statement(policies: PolicySet, matched: MatchedStatement) -> Statement:
    policy = next(each for each in policies.policies if each.name == matched.policy)
    return policy.document.statements[matched.index]


def _naming(actions: Actions, asked: Sequence[str]) -> Actions:
    """Return the element without the entries that name none of some actions; ``NotAction`` as it is."""
    if actions.negated:
        return actions
    alone = ((entry, Actions(entries=(entry,))) for entry in actions.entries)
    return Actions(entries=tuple(entry for entry, element in alone if any(action_matches(element, action) for action in asked)))


def _differing(inclusion: Inclusion, answer: Answer, resources: Resources) -> Resources:
    """Return the element without the entries for which nothing differs; ``NotResource`` as it is."""
    if resources.negated or len(resources.entries) == 1:
        return resources
    return Resources(entries=tuple(entry for entry in resources.entries if inclusion.may_fail_for(answer, Resources(entries=(entry,)))))


def _joined(one: Region, other: Region) -> Region:
    """Return the actions of both regions, with the request of the first."""
    entries = tuple(dict.fromkeys((*one.actions.entries, *other.actions.entries)))
    actions = Actions(negated=one.actions.negated, entries=entries)
    return replace(one, actions=actions, known=tuple(sorted({*one.known, *other.known})), callers=(*one.callers, *other.callers))
