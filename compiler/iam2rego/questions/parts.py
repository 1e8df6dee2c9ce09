"""The parts that policies take in a set: with which type, for which resource and for whom."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from iam2rego.ir.policy import Policy, PolicySet, PolicyType, PrincipalPolicies, identity_policies
from iam2rego.ir.principal import AccountPrincipal, ArnPrincipal
from iam2rego.questions.aim import ACCOUNT

_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_HOLDERS: Final = 3
"""How many of a policy's holders get requests: the first ones."""


@dataclass(frozen=True, slots=True)
class Part:
    """A policy of a set, the type that it has in this part, the ARN of its one resource, and the ARNs of some exclusive holders."""

    policy: Policy
    type: PolicyType
    resource: str | None = None
    holders: tuple[str, ...] = ()


def is_plain(policies: PolicySet) -> bool:
    """Say whether the set holds only identity policies that everybody has."""
    return policies == identity_policies(policies.policies)


def home(policies: PolicySet) -> str:
    """Return the account that the requests are about: the exported one, else the first that owns a resource or is named."""
    return next(chain(policies.accounts, _owning(policies), _named(policies)), ACCOUNT)


def owner(arn: str) -> str | None:
    """Return the account in an ARN; None if it has none."""
    account = arn.split(":", 5)[4]
    return account if _ACCOUNT.fullmatch(account) else None


def _owning(policies: PolicySet) -> Iterator[str]:
    yield from filter(None, (owner(each.resource) for each in policies.resources))


def _named(policies: PolicySet) -> Iterator[str]:
    for statement in (statement for policy in policies.policies for statement in policy.document.statements):
        for entry in statement.principals.entries if statement.principals else ():
            match entry:
                case AccountPrincipal(account=account):
                    yield account
                case ArnPrincipal(arn=arn):
                    yield from filter(None, [owner(arn)])


def parts(policies: PolicySet) -> Iterator[Part]:
    """Yield every part that a policy of the set takes."""
    by_name = {policy.name: policy for policy in policies.policies}
    for policy_type, names in _of_everybody(policies):
        yield from (Part(by_name[name], policy_type) for name in names)
    yield from (Part(by_name[each.policy], PolicyType.RESOURCE, each.resource) for each in policies.resources)
    for policy_type, holders in (
        (PolicyType.IDENTITY, _holders(policies, lambda principal: principal.identity)),
        (PolicyType.PERMISSIONS_BOUNDARY, _holders(policies, _boundary)),
    ):
        yield from (Part(by_name[name], policy_type, holders=tuple(arns[:_HOLDERS])) for name, arns in holders.items())


def _of_everybody(policies: PolicySet) -> Iterator[tuple[PolicyType, tuple[str, ...]]]:
    yield PolicyType.IDENTITY, policies.identity
    yield PolicyType.PERMISSIONS_BOUNDARY, policies.permissions_boundary or ()
    yield PolicyType.SESSION, policies.session or ()
    yield from ((PolicyType.SERVICE_CONTROL, level) for level in policies.service_control or ())
    yield from ((PolicyType.RESOURCE_CONTROL, level) for level in policies.resource_control or ())
    yield PolicyType.VPC_ENDPOINT, policies.vpc_endpoint or ()
    yield PolicyType.RESOURCE, () if policies.resource is None else (policies.resource,)


def _boundary(principal: PrincipalPolicies) -> tuple[str, ...]:
    return () if principal.permissions_boundary is None else (principal.permissions_boundary,)


def _holders(policies: PolicySet, get: Callable[[PrincipalPolicies], tuple[str, ...]]) -> dict[str, list[str]]:
    holders: dict[str, list[str]] = {}
    for principal in policies.principals:
        for name in get(principal):
            holders.setdefault(name, []).append(principal.arn)
    return holders
