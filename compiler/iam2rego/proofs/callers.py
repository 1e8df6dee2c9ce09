"""The callers that policy sets without resource-based policies tell apart (E5 to E8, E11, E12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.attachments import Attachments
from iam2rego.jsontext import JsonValue
from iam2rego.native.principal import ACCOUNT, CallerKind

_HOME: Final = "123456789012"
_NOWHERE: Final = ["", "aws", "", "", "", ""]
_NAMES: Final = {
    CallerKind.USER: ("iam", "user/example"),
    CallerKind.SESSION: ("sts", "assumed-role/example/session"),
    CallerKind.ROOT: ("iam", "root"),
    CallerKind.FEDERATED_USER: ("sts", "federated-user/example"),
}


@dataclass(frozen=True, slots=True)
class Representative:
    """A caller of the resource's account that represents all others that the policies treat alike.

    Service-linked roles need none of their own: no policies of an organization apply to them, as in the management account.

    Attributes:
        kind: what sort of principal it is.
        is_governed: whether service control policies apply to it (E11).
        is_controlled: whether resource control policies apply to its requests (E12).
    """

    kind: CallerKind
    is_governed: bool = True
    is_controlled: bool = True

    def request(self, action: str, resource: str, context: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return a request by this caller, which is of the account and partition that the resource is in."""
        _, partition, _, _, account, _ = _NOWHERE if resource == "*" else resource.split(":", 5)
        service, name = _NAMES[self.kind]
        arn = f"arn:{partition}:{service}::{account if ACCOUNT.fullmatch(account) else _HOME}:{name}"
        principal: JsonValue = arn if self.is_governed else {"arn": arn, "management_account": True}
        away: dict[str, JsonValue] = {} if self.is_controlled else {"resource_in_management_account": True}
        return {"principal": principal, "action": action, "resource": resource, "context": context, **away}


def representatives(*attachments: Attachments, with_root: bool) -> Iterator[Representative]:
    """Yield the callers that sets with these attachments tell apart."""
    governed = (True, False) if any(each.service_control is not None for each in attachments) else (True,)
    controlled = (True, False) if any(each.resource_control is not None for each in attachments) else (True,)
    for kind in _NAMES if with_root else (kind for kind in _NAMES if kind is not CallerKind.ROOT):
        yield from (Representative(kind, is_governed, is_controlled) for is_governed in governed for is_controlled in controlled)
