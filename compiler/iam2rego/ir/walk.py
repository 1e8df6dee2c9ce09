"""Lists every reference to a policy in attachments, with its type and its holder."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from iam2rego.ir.attachments import Attachments, Levels, Names
from iam2rego.ir.policy import PolicyType


class Attachment(NamedTuple):
    """A policy, by name, that is attached as one of a type.

    `arn` names the one resource, user or role that has it; it is None where the policy applies to every request.
    """

    policy: str
    type: PolicyType
    arn: str | None = None


def walk(attachments: Attachments) -> Iterator[Attachment]:
    """Yield every attachment: those for every request, then of resources, then identity policies and boundaries of principals."""
    for policy_type, levels in levels_by_type(attachments).items():
        yield from (Attachment(policy, policy_type) for policy in chain.from_iterable(levels))
    yield from (Attachment(each.policy, PolicyType.RESOURCE, each.resource) for each in attachments.resources)
    for principal in attachments.principals:
        yield from (Attachment(policy, PolicyType.IDENTITY, principal.arn) for policy in principal.identity)
    for principal in attachments.principals:
        if principal.permissions_boundary is not None:
            yield Attachment(principal.permissions_boundary, PolicyType.PERMISSIONS_BOUNDARY, principal.arn)


def levels_by_type(attachments: Attachments) -> Mapping[PolicyType, Levels]:
    """Return the policies for every request, by type and level. Only organization policies have more than one level.

    A type that takes no part is left out; a level may be empty.
    """
    levels = {
        PolicyType.IDENTITY: _level(attachments.identity or None),
        PolicyType.PERMISSIONS_BOUNDARY: _level(attachments.permissions_boundary),
        PolicyType.SESSION: _level(attachments.session),
        PolicyType.SERVICE_CONTROL: attachments.service_control,
        PolicyType.RESOURCE_CONTROL: attachments.resource_control,
        PolicyType.VPC_ENDPOINT: _level(attachments.vpc_endpoint),
        PolicyType.RESOURCE: None if attachments.resource is None else ((attachments.resource,),),
    }
    return {policy_type: given for policy_type, given in levels.items() if given is not None}


def from_levels(levels: Mapping[PolicyType, Levels]) -> Attachments:
    """Return the attachments for which `levels_by_type` returns ``levels``."""
    names = {policy_type: tuple(chain.from_iterable(given)) for policy_type, given in levels.items()}
    return Attachments(
        identity=names.get(PolicyType.IDENTITY, ()),
        permissions_boundary=names.get(PolicyType.PERMISSIONS_BOUNDARY),
        session=names.get(PolicyType.SESSION),
        service_control=levels.get(PolicyType.SERVICE_CONTROL),
        resource_control=levels.get(PolicyType.RESOURCE_CONTROL),
        vpc_endpoint=names.get(PolicyType.VPC_ENDPOINT),
        resource=next(iter(names.get(PolicyType.RESOURCE, ())), None),
    )


def _level(names: Names | None) -> Levels | None:
    return None if names is None else (names,)
