"""Who is allowed what, by type of policy: the grant formulas (E4 to E10, E14)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.ir.policy import PolicyType
from iam2rego.native.case import fold
from iam2rego.native.principal import Caller, CallerKind
from iam2rego.native.request import Request

_WITH_IDENTITY_POLICIES: Final = frozenset({CallerKind.USER, CallerKind.SESSION, CallerKind.FEDERATED_USER})
_WITHOUT_ACCOUNT: Final = frozenset({CallerKind.SERVICE, CallerKind.FEDERATED, CallerKind.ANONYMOUS})
_FOR_FEDERATED_CALLERS: Final = frozenset({"sts:assumerolewithsaml", "sts:assumerolewithwebidentity"})


def has_identity_policies(caller: Caller) -> bool:
    """Say whether identity policies take part: a root user has none, nor has a caller without an account (E8, E10)."""
    return caller.kind in _WITH_IDENTITY_POLICIES


def lacking(request: Request, *, identity_allows: bool) -> Iterator[str]:
    """Yield the types of policy whose allow the request needs and lacks, in no order; it is granted when there is none (E2)."""
    if has_identity_policies(request.caller) and not identity_allows:
        yield PolicyType.IDENTITY.value
    if request.caller.kind is CallerKind.FEDERATED_USER:
        yield "session"  # E7: such a session has no rights without a session policy, and none is given
    if _needs_resource_side(request):
        yield "resource"


def _needs_resource_side(request: Request) -> bool:
    """Say whether the formula asks for an allow of the resource's own policy, of which none is given."""
    caller, action = request.caller, fold(request.action)
    return (
        action in _FOR_FEDERATED_CALLERS  # E14
        or (action == "sts:assumerole" and caller.kind is CallerKind.ROOT)  # E8
        or caller.kind in _WITHOUT_ACCOUNT  # E10
        or caller.account != request.resource_account  # E9
        or _crosses_partitions(request)  # E9
    )


def _crosses_partitions(request: Request) -> bool:
    return request.resource != "*" and request.resource.split(":", 2)[1] != request.caller.partition
