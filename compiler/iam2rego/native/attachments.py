"""Which policies a caller has: those of everyone, and what an account export attaches to it."""

from dataclasses import replace

from iam2rego.ir.attachments import Attachments, PrincipalPolicies
from iam2rego.native.principal import Caller, CallerKind

_NOTHING = PrincipalPolicies(arn="")


def held_by(caller: Caller, attachments: Attachments) -> PrincipalPolicies:
    """Return the policies that the export of the caller's account attaches to it: none without an export that includes the caller."""
    if caller.account not in attachments.accounts:
        return _NOTHING
    role = _role(caller.role_arn or "")[2]
    return next((each for each in attachments.principals if _is_of(each.arn, caller, role)), _NOTHING)


def known(caller: Caller, attachments: Attachments, held: PrincipalPolicies) -> Caller:
    """Return the caller with what the attachments say about it: the path of its role (P5), and whether it has a boundary (P11)."""
    bounded = boundary_of(caller, attachments, held) is not None
    if caller.kind is CallerKind.SESSION and held.arn and not caller.role_is_named:
        return replace(caller, role_arn=held.arn, bounded=bounded)
    return replace(caller, bounded=bounded)


def identity_of(caller: Caller, attachments: Attachments, held: PrincipalPolicies) -> tuple[str, ...] | None:
    """Return the names of the caller's identity policies, each once; None if this kind of caller cannot have any."""
    return tuple(dict.fromkeys((*attachments.identity, *held.identity))) if has_policies(caller) else None


def boundary_of(caller: Caller, attachments: Attachments, held: PrincipalPolicies) -> tuple[str, ...] | None:
    """Return the names of the policies that bound the caller; None without a boundary."""
    if not has_policies(caller):
        return None
    if attachments.permissions_boundary is not None:
        return attachments.permissions_boundary
    return None if held.permissions_boundary is None else (held.permissions_boundary,)


def session_of(caller: Caller, attachments: Attachments) -> tuple[str, ...] | None:
    """Return the names of the caller's session policies, which a root user can also have (E8); None without any."""
    return None if caller.account is None else attachments.session


def has_policies(caller: Caller) -> bool:
    """Say whether the caller can have identity policies and a boundary: a root user or a caller without an account cannot (E8, E10)."""
    return caller.kind in (CallerKind.USER, CallerKind.SESSION, CallerKind.FEDERATED_USER)


def _is_of(arn: str, caller: Caller, role: str) -> bool:
    """Say whether the caller is the user with this ARN, or a session of the role with this ARN; ``role`` is the name of its role."""
    match caller.kind:
        case CallerKind.USER:
            return arn == caller.arn
        case CallerKind.FEDERATED_USER:
            return arn == caller.user_arn
        case CallerKind.SESSION:
            return _role(arn) == (caller.partition, caller.account, role)
        case _:
            return False


def _role(arn: str) -> tuple[str, str, str]:
    """Return the partition, account and name of a role. The name is unique in the account, whatever its path. Empty for other ARNs."""
    match arn.split(":", 5):
        case [_, partition, _, _, account, role] if role.startswith("role/"):
            return partition, account, role.rsplit("/", 1)[1]
    return "", "", ""
