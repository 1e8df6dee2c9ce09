"""A request with every policy that takes part in its decision (E8, E10 to E13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from iam2rego.ir.attachments import Attachments, Levels, Names, PrincipalPolicies
from iam2rego.ir.policy import Effect, Policy, PolicySet, PolicyType, Statement
from iam2rego.native.attachments import boundary_of, held_by, identity_of, known, session_of
from iam2rego.native.case import fold
from iam2rego.native.principal import CallerKind
from iam2rego.native.request import Request
from iam2rego.native.resource_policies import is_service_linked_role, resource_policy
from iam2rego.native.statements import concerns, holds


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
    """A request, its caller with what the attachments say about it, and the policies that take part.

    Types that take no part are absent from `levels`. `simulated` is that of the attachments.
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
    """Return the request among the policies that concern it."""
    attachments = policies.attachments
    held = held_by(request.caller, attachments)
    request = replace(request, caller=known(request.caller, attachments, held))
    levels = {policy_type: levels for policy_type, levels in _levels(attachments, held, request) if levels is not None}
    return Situation(request, levels, {policy.name: policy for policy in policies.policies}, attachments.simulated)


def _levels(attachments: Attachments, held: PrincipalPolicies, request: Request) -> Iterator[tuple[PolicyType, Levels | None]]:
    """Yield the levels of each type, None if it does not take part. Only organization policies have more than one level."""
    caller = request.caller
    resource = resource_policy(attachments, request)
    yield PolicyType.IDENTITY, _level(identity_of(caller, attachments, held))
    yield PolicyType.PERMISSIONS_BOUNDARY, _level(boundary_of(caller, attachments, held))
    yield PolicyType.SESSION, _level(session_of(caller, attachments))
    yield PolicyType.RESOURCE, _level(None if resource is None else (resource,))
    yield PolicyType.VPC_ENDPOINT, _level(attachments.vpc_endpoint)
    yield PolicyType.SERVICE_CONTROL, attachments.service_control if _is_governed(attachments, request) else None
    yield PolicyType.RESOURCE_CONTROL, None if _is_out_of_control(request) else attachments.resource_control


def _level(names: Names | None) -> Levels | None:
    return None if names is None else (names,)


def _is_governed(attachments: Attachments, request: Request) -> bool:
    """Say whether service control policies concern the caller (E11)."""
    caller = request.caller
    return (
        caller.account is not None
        and not caller.management_account
        and not caller.service_linked_role
        and (not attachments.accounts or caller.account in attachments.accounts)
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
