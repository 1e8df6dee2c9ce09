"""Which policy the requested resource has, and which requests only that policy decides (E14, E15)."""

import re
from typing import Final

from iam2rego.ir.attachments import Attachments
from iam2rego.native.case import fold
from iam2rego.native.request import Request

_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:role/.*", re.DOTALL)
_SERVICE_LINKED_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:role/aws-service-role/.*", re.DOTALL)
_KEY: Final = re.compile(r"arn:[^:]*:kms:[^:]*:[^:]*:key/.*", re.DOTALL)
_OBJECT: Final = re.compile(r"(arn:[^:]*:s3:::[^/]*)/.*", re.DOTALL)

_OTHER_TRUST_ACTIONS: Final = frozenset({"sts:assumeroot", "sts:tagsession", "sts:setsourceidentity"})
_FOR_FEDERATED_CALLERS: Final = frozenset({"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"})


def resource_policy(attachments: Attachments, request: Request) -> str | None:
    """Return the name of the requested resource's policy, or None if it has none."""
    if attachments.resource is not None:
        return attachments.resource
    of_resource = {each.resource: each.policy for each in attachments.resources}
    if _ROLE.fullmatch(request.resource) and not asks_for_trust(request):
        return None  # a trust policy says nothing about other actions on the role
    bucket = _OBJECT.fullmatch(request.resource)
    return of_resource.get(request.resource) or (of_resource.get(bucket[1]) if bucket else None)


def is_service_linked_role(resource: str) -> bool:
    """Say whether this is the ARN of a service-linked role (E12)."""
    return _SERVICE_LINKED_ROLE.fullmatch(resource) is not None


def asks_for_trust(request: Request) -> bool:
    """Say whether the action needs an Allow of the role's trust policy (E14)."""
    action = fold(request.action)
    return action.startswith("sts:assumerole") or action in _OTHER_TRUST_ACTIONS


def asks_for_federation(request: Request) -> bool:
    """Say whether the action is for federated callers only (E14)."""
    return fold(request.action) in _FOR_FEDERATED_CALLERS


def asks_for_key(request: Request) -> bool:
    """Say whether the action needs an Allow of the key policy, if one is given (E15)."""
    return fold(request.action).startswith("kms:") and _KEY.fullmatch(request.resource) is not None
