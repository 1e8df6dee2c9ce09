"""Which actions a statement is about, as the kernel looks for its statements (`lib/tables.rego`)."""

from collections.abc import Mapping
from typing import TypeAlias

from iam2rego.ir.policy import Actions
from iam2rego.rego.modules.lower import action_patterns
from iam2rego.rego.reading.pieces import Fixed, Pieces, Run
from iam2rego.rego.tables.requirements import Requirement
from iam2rego.rego.tables.tests import pattern_test

ByService: TypeAlias = Mapping[str, list[Pieces]]
"""Patterns of the names of actions, by service."""


def about(actions: Actions) -> ByService | list[Requirement] | None:
    """Return names by service, or what an action of any service must meet; None where no action does."""
    patterns = action_patterns(actions)
    if (Run(),) in patterns:
        return None if actions.negated else []
    if actions.negated:
        return [("not_action", *pattern_test(patterns))] if patterns else []
    if all(map(_names_a_service, patterns)):
        return _by_service(patterns) or None
    return [("action", *pattern_test(patterns))]


def _names_a_service(pieces: Pieces) -> bool:
    match pieces:
        case (Fixed(text=text), *_):
            return ":" in text
    return False


def _by_service(patterns: list[Pieces]) -> ByService:
    found: dict[str, list[Pieces]] = {}
    for first, *rest in patterns:
        assert isinstance(first, Fixed), "a pattern that names a service begins with it"
        service, _, name = first.text.partition(":")
        found.setdefault(service, []).append((Fixed(name), *rest))
    return found
