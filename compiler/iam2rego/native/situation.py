"""A request with every policy that takes part in its decision (E8, E10 to E13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from iam2rego.ir.policy import Effect, Policy, PolicySet, PolicyType, PrincipalPolicies, Statement
from iam2rego.native.attachments import boundary_of, held_by, identity_of, known, session_of
from iam2rego.native.case import fold
from iam2rego.native.principal import CallerKind
from iam2rego.native.request import Request
from iam2rego.native.resource_policies import is_service_linked_role, resource_policy
from iam2rego.native.statements import concerns, holds

Levels: TypeAlias = tuple[tuple[str, ...], ...]
"""Names of policies by level; only organization policies have more than one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with the policy that holds it, its index there, and the type and level at which the policy takes part."""

    type: PolicyType
    level: int
    policy: Policy
    index: int
    statement: Statement


@dataclass(frozen=True)
class Situation:
    """A request, its caller with what the policies add about it, and the policies that take part, by type.

    `simulated` is copied from the policy set.
    """

    request: Request
    levels: Mapping[PolicyType, Levels]
    policies: Mapping[str, Policy]
    simulated: bool

    @cached_property
    def statements(self) -> tuple[Placed, ...]:
        """Every statement that takes part, ordered by type, policy and index."""
        return tuple(sorted(self._statements(), key=lambda each: (each.type, each.policy.name, each.index)))

    @cached_property
    def concerning(self) -> tuple[Placed, ...]:
        """The statements whose principal and action parts match."""
        return tuple(each for each in self.statements if concerns(each.statement, self.request))

    @cached_property
    def applying(self) -> tuple[Placed, ...]:
        """The statements that apply (E3)."""
        return tuple(each for each in self.concerning if holds(each.statement, each.type, self.request))

    def allowing(self, policy_type: PolicyType) -> list[Placed]:
        """Return the Allow statements of a type that apply."""
        return [each for each in self.applying if each.type is policy_type and each.statement.effect is Effect.ALLOW]

    def denying(self) -> list[Placed]:
        """Return the Deny statements that apply, whatever their type (E1)."""
        return [each for each in self.applying if each.statement.effect is Effect.DENY]

    def _statements(self) -> Iterator[Placed]:
        for policy_type, levels in self.levels.items():
            for level, names in enumerate(levels):
                for policy in (self.policies[name] for name in names):
                    for index, statement in enumerate(policy.document.statements):
                        yield Placed(policy_type, level, policy, index, statement)


def situation_of(policies: PolicySet, request: Request) -> Situation:
    """Return the request with the policies that take part in its decision."""
    held = held_by(request.caller, policies)
    request = replace(request, caller=known(request.caller, policies, held))
    levels = {policy_type: levels for policy_type, levels in _levels(policies, held, request) if levels is not None}
    return Situation(request, levels, {policy.name: policy for policy in policies.policies}, policies.simulated)


def _levels(policies: PolicySet, held: PrincipalPolicies, request: Request) -> Iterator[tuple[PolicyType, Levels | None]]:
    """Yield the levels of each type; None if the type does not take part."""
    caller = request.caller
    resource = resource_policy(policies, request)
    yield PolicyType.IDENTITY, _level(identity_of(caller, policies, held))
    yield PolicyType.PERMISSIONS_BOUNDARY, _level(boundary_of(caller, policies, held))
    yield PolicyType.SESSION, _level(session_of(caller, policies))
    yield PolicyType.RESOURCE, _level(None if resource is None else (resource,))
    yield PolicyType.VPC_ENDPOINT, _level(policies.vpc_endpoint)
    yield PolicyType.SERVICE_CONTROL, policies.service_control if _is_governed(policies, request) else None
    yield PolicyType.RESOURCE_CONTROL, None if _is_out_of_control(request) else policies.resource_control


def _level(names: tuple[str, ...] | None) -> Levels | None:
    return None if names is None else (names,)


def _is_governed(policies: PolicySet, request: Request) -> bool:
    """Say whether service control policies apply to the caller (E11)."""
    caller = request.caller
    return (
        caller.account is not None
        and not caller.management_account
        and not caller.service_linked_role
        and (not policies.accounts or caller.account in policies.accounts)
    )


def _is_out_of_control(request: Request) -> bool:
    """Say whether the request is exempt from resource control policies (E12)."""
    action, caller = fold(request.action), request.caller
    return (
        request.resource_in_management_account
        or caller.service_linked_role
        or action == "kms:retiregrant"
        or (caller.kind is CallerKind.SERVICE and action == "sts:assumerole" and is_service_linked_role(request.resource))
    )
