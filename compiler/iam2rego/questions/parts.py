"""The parts that policies take in a set: with which type, for which resource and for whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from iam2rego.ir.policy import Policy, PolicySet, PolicyType, identity_policies
from iam2rego.ir.principal import AccountPrincipal, ArnPrincipal
from iam2rego.ir.walk import walk
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
    """Return the account that the requests are about: the exported one, or else the first that owns a resource or is named."""
    return next(chain(policies.attachments.accounts, _owning(policies), _named(policies)), ACCOUNT)


def owner(arn: str) -> str | None:
    """Return the account in an ARN; None if it has none."""
    account = arn.split(":", 5)[4]
    return account if _ACCOUNT.fullmatch(account) else None


def _owning(policies: PolicySet) -> Iterator[str]:
    yield from filter(None, (owner(each.resource) for each in policies.attachments.resources))


def _named(policies: PolicySet) -> Iterator[str]:
    for statement in (statement for policy in policies.policies for statement in policy.document.statements):
        for entry in statement.principals.entries if statement.principals else ():
            match entry:
                case AccountPrincipal(account=account):
                    yield account
                case ArnPrincipal(arn=arn):
                    yield from filter(None, [owner(arn)])


def parts(policies: PolicySet) -> Iterator[Part]:
    """Yield every part that a policy of the set takes; one for all users and roles that have the same policy."""
    by_name = {policy.name: policy for policy in policies.policies}
    holders: dict[tuple[str, PolicyType], list[str]] = {}
    for policy, policy_type, arn in walk(policies.attachments):
        if arn is None or policy_type is PolicyType.RESOURCE:
            yield Part(by_name[policy], policy_type, arn)
        else:
            holders.setdefault((policy, policy_type), []).append(arn)
    for (policy, policy_type), arns in holders.items():
        yield Part(by_name[policy], policy_type, holders=tuple(arns[:_HOLDERS]))
