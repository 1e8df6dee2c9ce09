"""Statements that together cover another one, which no one of them does: proved, where that is quick and likely."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import Final

from iam2rego.catalogue.global_keys import IN_EVERY_REQUEST
from iam2rego.ir.policy import PolicyType
from iam2rego.lint.subject import Written

_MOST_ENTRIES: Final = 100
"""How many actions, resources and values all statements may have together."""
_MOST_WILD: Final = 6
"""How many of these may have inner wildcards."""


def covering(this: Written, others: Sequence[Written], policy_type: PolicyType) -> Sequence[Written]:
    """Return some of ``others``, none of them needlessly, of which it is proved that one applies whenever a statement does; often none.

    Each of the others has to match every caller that the statement matches. Of each action and each resource that the statement names, one
    of them has to match all: several that each match a part of one are not found.
    """
    reached: list[list[bool]] = []
    for action in this.reach.actions.pieces:
        reached.append([other.reach.actions.reaches(action) for other in others])
        if not any(reached[-1]):
            return ()
    if not reached:
        return ()
    rivals = [*compress(others, map(any, zip(*reached, strict=True)))]
    if not _is_quick([this, *rivals]) or not all(_may_cover([*compress(others, each)], this) for each in reached):
        return ()
    return _needed(this, rivals, policy_type) if _is_covered(this, rivals, policy_type) else ()


def _may_cover(others: Sequence[Written], this: Written) -> bool:
    """Say whether statements about an action may apply whenever another one does.

    One that alone needs a context key does not where the request lacks it, unless every request has it.
    """
    asking = Counter(key for each in others for key in each.reach.needed_keys)
    common = this.reach.needed_keys | IN_EVERY_REQUEST | {key for key, count in asking.items() if count > 1}
    parts = [each.reach.resources for each in others if each.reach.needed_keys <= common]
    return all(any(part.reaches(resource) for part in parts) for resource in this.reach.resources.pieces)


def _is_covered(this: Written, others: Sequence[Written], policy_type: PolicyType) -> bool:
    from iam2rego.proofs.covered import is_covered  # here, since few statements have rivals for all their actions

    return is_covered(this.read, [each.read for each in others], policy_type)


def _needed(this: Written, others: Sequence[Written], policy_type: PolicyType) -> Sequence[Written]:
    kept = list(others)
    for each in others:
        fewer = [other for other in kept if other is not each]
        if fewer and _is_covered(this, fewer, policy_type):
            kept = fewer
    return kept


def _is_quick(statements: Sequence[Written]) -> bool:
    """Say whether a proof cannot take long: inner wildcards of many patterns can have exponentially many states together."""
    texts = [entry.text for each in statements for entry in (*each.read.actions.entries, *each.read.resources.entries)]
    texts += [value.text for each in statements for condition in each.read.conditions for value in condition.values]
    return len(texts) <= _MOST_ENTRIES and sum("*" in text[:-1] for text in texts) <= _MOST_WILD
