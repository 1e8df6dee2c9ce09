"""What a statement tests, part by part, and the context keys that it asks for."""

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
    """What must hold for a statement to apply (E3).

    Attributes:
        actions: what is tested of the action, or whether any or none will do.
        callers: what is asked about the caller, or whether everybody or nobody is meant.
        concerned: the same, without how the statement names the caller.
        wants_kind: whether it matters how the statement names the caller: only an Allow of a resource's policy is asked that (P1).
        resource: what is tested of the resource; None where no resource will do.
        conditions: what each condition tests, in their order.
        context_keys: the keys that the statement asks for.
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
        """Whether no request meets the part about caller, resource or context."""
        return self.callers is False or self.resource is None or False in self.conditions


def read_statement(policy: Policy, statement: Statement) -> Reading:
    """Return what a statement of ``policy`` tests."""
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
    """Return the context keys that a statement asks for, in conditions and variables, each as first spelled (D5)."""
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
