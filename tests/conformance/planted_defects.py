"""Defects planted in the compiler, which random policies must find."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from iam2rego.ir.policy import Effect, Policy
from iam2rego.jsontext import JsonValue
from iam2rego.rego.language.tree import Rule
from iam2rego.rego.modules import conditions
from iam2rego.rego.modules import policy as modules_policy
from iam2rego.rego.modules.fragment import Body
from iam2rego.rego.reading import patterns
from iam2rego.rego.reading.conditions import Quantifier, ValueTest
from iam2rego.rego.reading.statements import Reading


def absent_is_false_under_a_negated_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """C4: a missing key meets a negated operator; here it does not."""
    right = conditions._of_texts

    def wrong(test: ValueTest, *rest: Any) -> Iterator[Body]:
        bodies = right(test, *rest)
        return (body for body in bodies if test.quantifier is not Quantifier.IS_NOT or "context.absent" not in str(body))

    monkeypatch.setattr(conditions, "_of_texts", wrong)


def a_star_is_not_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A3, R6, C13: a star is any run, also an empty one; here of one character at least."""
    right = patterns._glob_piece
    monkeypatch.setattr(patterns, "_glob_piece", lambda *piece: right(*piece).replace("**", "*").replace("*", "?*"))


def a_deny_is_lost_where_two_share_a_sid(monkeypatch: pytest.MonkeyPatch) -> None:
    """E1: a Deny applies whatever its name; here it is lost where another statement has its Sid."""
    right = modules_policy._statement

    def wrong(policy: Policy, index: int, reading: Reading, *, labels: bool) -> Iterator[Rule]:
        statement = policy.document.statements[index]
        shared = statement.sid and sum(each.sid == statement.sid for each in policy.document.statements) > 1
        rules = right(policy, index, reading, labels=labels)
        return (rule for rule in rules if not (shared and statement.effect is Effect.DENY and rule.name == "deny"))

    monkeypatch.setattr(modules_policy, "_statement", wrong)


def statements(policies: JsonValue) -> list[JsonValue]:
    """All statements of a policy set, whose lists of statements are never left out."""
    match policies:
        case {"Statement": [*found]}:
            return found
        case dict():
            return [each for value in policies.values() for each in statements(value)]
        case list():
            return [each for value in policies for each in statements(value)]
    return []


DEFECTS: Final = {
    "C4/absent-key-under-a-negated-operator": (absent_is_false_under_a_negated_operator, 1),
    "A3/star-is-not-empty": (a_star_is_not_empty, 1),
    "E1/deny-lost-where-two-share-a-sid": (a_deny_is_lost_where_two_share_a_sid, 2),
}
"""Each with the fewest statements that show it: one, or two where the defect is that two share something."""
