"""Words from the policies, so that requests to a gateway often match them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from iam2rego.ir.condition import TextValue
from iam2rego.ir.pattern import ActionPattern, ArnPattern, Text
from iam2rego.ir.policy import PolicySet, Statement

_OTHERS: Final = ("web", "a b", "x-1", "ä", "%", "a=b&c", "alice")
"""Words that policies are unlikely to have."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words to draw from, the actions that policies name without wildcards, and the ARNs of exported principals with policies."""

    words: tuple[str, ...]
    actions: tuple[str, ...] = ()
    principals: tuple[str, ...] = ()

    @classmethod
    def of(cls, policies: PolicySet) -> "Words":
        """Collect the words of the actions, resources and conditions of all policies, and the principals that have them."""
        statements = [statement for policy in policies.policies for statement in policy.document.statements]
        words = {word for statement in statements for word in _words(statement)}
        actions = {action for statement in statements for action in _actions(statement)}
        principals = (attached.arn for attached in policies.attachments.principals)
        return cls(tuple(sorted(words | set(_OTHERS))), tuple(sorted(actions)), tuple(sorted(principals)))

    def draw(self, random: Random) -> str:
        """Draw one word."""
        return random.choice(self.words)


def _words(statement: Statement) -> Iterator[str]:
    for entry in statement.resources.entries:
        if isinstance(entry, ArnPattern):
            texts = (segment.text for segment in entry.fields[-1] if isinstance(segment, Text))
            yield from (word for text in texts for word in re.split("[/:]", text) if word)
    for condition in statement.conditions:
        yield from (value.text for value in condition.values if isinstance(value, TextValue) and value.text)


def _actions(statement: Statement) -> Iterator[str]:
    for entry in statement.actions.entries:
        if isinstance(entry, ActionPattern) and all(isinstance(segment, Text) for segment in entry.segments):
            yield entry.text
