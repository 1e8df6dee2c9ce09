"""Which statements were seen both to apply and not to apply."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeAlias

from iam2rego.conformance.compare import Answer
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import Effect, Policy

_Statement: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A statement, by the name of its policy and its index there."""

    policy: str
    index: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements there are, how many were seen to apply and not to, and which were not."""

    statements: int
    applied: int
    not_applied: int
    never_applied: tuple[Place, ...] = ()
    always_applied: tuple[Place, ...] = ()


@dataclass(slots=True)
class Seen:
    """Gathers what the native decisions of one policy by itself say about its statements.

    A decision lists the statements of the effect that decided. So an Allow is known not to apply only while no Deny does.
    """

    statements: list[_Statement] = field(default_factory=list)
    applied: set[_Statement] = field(default_factory=set)
    not_applied: set[_Statement] = field(default_factory=set)

    def note(self, policy: Policy, answers: list[Answer]) -> None:
        """Count ``policy`` and what the decisions of its requests show."""
        by_effect: dict[Effect, set[_Statement]] = defaultdict(set)
        for index, statement in enumerate(policy.document.statements):
            by_effect[statement.effect].add((policy.name, index))
            self.statements.append((policy.name, index))
        for each in answers:
            if isinstance(each, Decision) and _tells(each):
                self._note(each, by_effect)

    def _note(self, decision: Decision, by_effect: dict[Effect, set[_Statement]]) -> None:
        applied = {(each.policy, each.index) for each in decision.matched_statements}
        denied = decision.decision is Outcome.EXPLICIT_DENY
        told = by_effect[Effect.DENY] if denied else by_effect[Effect.ALLOW] | by_effect[Effect.DENY]
        self.applied |= applied
        self.not_applied |= told - applied

    def coverage(self) -> Coverage:
        """Return what was seen so far, statements in the order in which they were noted."""
        never = tuple(Place(*each) for each in self.statements if each not in self.applied)
        always = tuple(Place(*each) for each in self.statements if each not in self.not_applied)
        count = len(self.statements)
        return Coverage(count, count - len(never), count - len(always), never, always)


def _tells(decision: Decision) -> bool:
    """Say whether the decision hangs on the statements alone: not on who asks, nor on the form of the request."""
    return not decision.errors and (bool(decision.matched_statements) or decision.denied_by == ("identity",))
