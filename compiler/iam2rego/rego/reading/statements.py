"""Reads a statement's tests, part by part, and the context keys that it reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from iam2rego.ir.condition import ArnValue, TextValue
from iam2rego.ir.pattern import ArnPattern, Pattern, Variable
from iam2rego.ir.policy import Effect, Policy, PolicyType, Statement
from iam2rego.rego.reading.actions import ActionTest, read_actions
from iam2rego.rego.reading.conditions import ConditionTest, read_condition
from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.principals import CallerTest, read_callers
from iam2rego.rego.reading.resources import ResourceTest, read_resources


@dataclass(frozen=True, slots=True)
class Reading:
    """The tests that must all pass for a statement to apply (E3).

    Attributes:
        actions: the test of the action; True if any action matches, False if none does.
        callers: the test of the caller; True if everybody matches, False if nobody does.
        concerned: the same, without how the statement names the caller.
        wants_kind: whether it matters how the statement names the caller, as for an Allow of a resource's policy (P1).
        resource: the test of the resource; None if no resource matches.
        conditions: the test of each condition, in order.
        context_keys: the context keys that the statement reads.
    """

    actions: ActionTest | bool
    callers: CallerTest | bool
    concerned: CallerTest | bool
    wants_kind: bool
    resource: ResourceTest | None
    conditions: tuple[ConditionTest, ...]
    context_keys: tuple[str, ...]

    @property
    def never_applies(self) -> bool:
        """Whether the part about caller, resource or context never matches."""
        return self.callers is False or self.resource is None or False in self.conditions


def read_statement(policy: Policy, statement: Statement) -> Reading:
    """Return the tests of a statement of ``policy``."""
    wants_kind = policy.type is PolicyType.RESOURCE and statement.effect is Effect.ALLOW
    return Reading(
        read_actions(statement.actions),
        read_callers(statement, wants_kind=wants_kind),
        read_callers(statement, wants_kind=False),
        wants_kind,
        read_resources(statement, policy.type),
        tuple(map(read_condition, statement.conditions)),
        context_keys(statement),
    )


def read_statements(policy: Policy) -> tuple[Reading, ...]:
    """Return what each statement of ``policy`` tests."""
    return tuple(read_statement(policy, statement) for statement in policy.document.statements)


def context_keys(statement: Statement) -> tuple[str, ...]:
    """Return the context keys that a statement reads, in conditions and variables, each as first spelled (D5)."""
    spelled: dict[str, str] = {}
    for key in _keys(statement):
        spelled.setdefault(fold(key), key)
    return tuple(spelled.values())


def _keys(statement: Statement) -> Iterator[str]:
    yield from (condition.key for condition in statement.conditions)
    for pattern in _patterns(statement):
        yield from (segment.key for segment in pattern if isinstance(segment, Variable))


def _patterns(statement: Statement) -> Iterator[Pattern]:
    for entry in statement.resources.entries:
        if isinstance(entry, ArnPattern):
            yield from entry.fields
    for value in (value for condition in statement.conditions for value in condition.values):
        match value:
            case TextValue(segments=segments):
                yield segments
            case ArnValue(fields=fields):
                yield from fields
