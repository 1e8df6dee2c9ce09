"""The parts of a statement, in the order of the text, each with its place in the intermediate representation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from iam2rego.coverage.model import Part, PartKind
from iam2rego.ir.condition import Condition
from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Statement
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)

IF_EXISTS = "IfExists"


@dataclass(frozen=True, slots=True)
class Located:
    """A part, the index of its entry or condition, and, for a value, its index there."""

    part: Part
    place: int
    value: int = 0

    @property
    def kind(self) -> PartKind:
        """The kind of part."""
        return self.part.kind


def parts_of(statement: Statement) -> Iterator[Located]:
    """Yield every part of ``statement``: principals, actions, resources, then condition by condition."""
    for place, principal in enumerate(statement.principals.entries if statement.principals else ()):
        yield Located(Part(PartKind.PRINCIPAL, principal_text(principal), principal.span), place)
    for place, action in enumerate(statement.actions.entries):
        yield Located(Part(PartKind.ACTION, action.text, action.span), place)
    for place, resource in enumerate(statement.resources.entries):
        yield Located(Part(PartKind.RESOURCE, resource.text, resource.span), place)
    for place, condition in enumerate(statement.conditions):
        yield from (Located(part, place) for part in _of_condition(condition))
        for index, value in enumerate(condition.values):
            yield Located(Part(PartKind.VALUE, value.text, value.span), place, index)


def _of_condition(condition: Condition) -> Iterator[Part]:
    if condition.qualifier is not None:
        yield Part(PartKind.QUALIFIER, condition.qualifier.value, condition.span)
    yield Part(PartKind.OPERATOR, condition.operator.value, condition.span)
    if condition.if_exists:
        yield Part(PartKind.QUALIFIER, IF_EXISTS, condition.span)
    yield Part(PartKind.KEY, condition.key, condition.span)


def principal_text(entry: PrincipalEntry) -> str:
    """Return an entry as policies spell it, without the kind in front of it."""
    match entry:
        case AnyPrincipal():
            return "*"
        case AccountPrincipal(account=account, partition=partition):
            return account if partition is None else f"arn:{partition}:iam::{account}:root"
        case ArnPrincipal(arn=text) | UniqueIdPrincipal(unique_id=text) | ServicePrincipal(service=text):
            return text
        case FederatedPrincipal(provider=text) | CanonicalUserPrincipal(canonical_user=text) | Unmatchable(text=text):
            return text
        case _:
            assert_never(entry)
