"""Which policies of a set must allow a caller's request, and which may deny it (E1, E2, E5 to E8, E11 to E13)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iam2rego.ir.attachments import Levels, Names
from iam2rego.ir.policy import Actions, Effect, PolicySet, PolicyType, Statement
from iam2rego.ir.principal import AnyPrincipal
from iam2rego.native.principal import CallerKind
from iam2rego.proofs.actions import Owners
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.encoding import applies
from iam2rego.proofs.formula import Formula, conjunction, disjunction, negation
from iam2rego.proofs.verdict import UndecidedError

Numbering: TypeAlias = Callable[[Actions], int]
"""Gives every Action element a number, equal ones the same."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A statement: the number of its Action element, and when its resource and condition parts are true."""

    statement: Statement
    actions: int
    applies: Formula


@dataclass(frozen=True, slots=True)
class Layers:
    """What decides about one caller: of each of `allowing` a statement must allow, and of `denying` none may deny."""

    allowing: tuple[tuple[Encoded, ...], ...]
    denying: tuple[Encoded, ...]

    def allowed(self, named: Owners) -> Formula:
        """Return when a request is allowed whose action is in the class that these Action elements name."""
        denied = disjunction(each.applies for each in self.denying if each.actions in named)
        allows = (disjunction(each.applies for each in layer if each.actions in named) for layer in self.allowing)
        return conjunction([*allows, negation(denied)])


class EncodedSet:
    """A policy set whose statements are encoded.

    Raises:
        UndecidedError: the set has policies that are not encoded.
    """

    def __init__(self, policies: PolicySet, number: Numbering) -> None:
        _refuse_unknown(policies)
        self._attachments = policies.attachments
        self._policies = {policy.name: policy for policy in policies.policies}
        self._number = number
        self._encoded: dict[tuple[str, PolicyType], tuple[Encoded, ...]] = {}

    def layers(self, caller: Representative) -> Layers:
        """Return what decides about a caller."""
        layers, denying = list(self._layers(caller)), list[Encoded]()
        for each in (*layers, *self._controls(caller)):
            denying += (encoded for encoded in each if encoded.statement.effect is Effect.DENY)
        allowing = (tuple(encoded for encoded in each if encoded.statement.effect is Effect.ALLOW) for each in layers)
        return Layers(tuple(allowing), tuple(denying))

    def _layers(self, caller: Representative) -> Iterator[tuple[Encoded, ...]]:
        """Yield the statements of which one must allow, layer by layer."""
        given, is_root = self._attachments, caller.kind is CallerKind.ROOT
        if not is_root:
            yield self._of(given.identity, PolicyType.IDENTITY)
            if given.permissions_boundary is not None:
                yield self._of(given.permissions_boundary, PolicyType.PERMISSIONS_BOUNDARY)
        if given.session is not None or caller.kind is CallerKind.FEDERATED_USER:
            yield self._of(given.session or (), PolicyType.SESSION)
        if given.vpc_endpoint is not None:
            yield self._of(given.vpc_endpoint, PolicyType.VPC_ENDPOINT)
        if given.service_control is not None and caller.is_governed:
            yield from self._levels(given.service_control or ((),), PolicyType.SERVICE_CONTROL)

    def _controls(self, caller: Representative) -> Iterator[tuple[Encoded, ...]]:
        """Yield the statements that may only deny."""
        if caller.is_controlled:
            yield from self._levels(self._attachments.resource_control or (), PolicyType.RESOURCE_CONTROL)

    def _levels(self, levels: Levels, policy_type: PolicyType) -> Iterator[tuple[Encoded, ...]]:
        yield from (self._of(names, policy_type) for names in levels)

    def _of(self, names: Names, policy_type: PolicyType) -> tuple[Encoded, ...]:
        return tuple(each for name in names for each in self._statements(name, policy_type))

    def _statements(self, name: str, policy_type: PolicyType) -> Sequence[Encoded]:
        known = (name, policy_type)
        if known not in self._encoded:
            self._encoded[known] = tuple(
                Encoded(each, self._number(each.actions), applies(each, policy_type)) for each in self._policies[name].document.statements
            )
        return self._encoded[known]


def _refuse_unknown(policies: PolicySet) -> None:
    given = policies.attachments
    if given.resource is not None or given.resources:
        raise UndecidedError("resource-based policies are not encoded")
    if given.accounts or given.principals:
        raise UndecidedError("account exports are not encoded")
    if given.simulated:
        raise UndecidedError("simulations are not encoded")
    if any(map(_names_principals, _statements(policies))):
        raise UndecidedError("policies that name principals are not encoded")


def _statements(policies: PolicySet) -> Iterable[Statement]:
    return (statement for policy in policies.policies for statement in policy.document.statements)


def _names_principals(statement: Statement) -> bool:
    """Say whether the principal part of a statement is not simply everybody (P2, P12)."""
    principals = statement.principals
    return principals is not None and (principals.negated or not any(isinstance(each, AnyPrincipal) for each in principals.entries))
