"""Finds the policies that an account export attaches to the caller (docs/policy-sets.md)."""

from dataclasses import replace

from iam2rego.ir.policy import PolicySet, PrincipalPolicies
from iam2rego.native.principal import Caller, CallerKind

_NOTHING = PrincipalPolicies(arn="")


def held_by(caller: Caller, policies: PolicySet) -> PrincipalPolicies:
    """Return what the export of the caller's account attaches to it; nothing if there is no export or the caller is not in it."""
    if caller.account not in policies.accounts:
        return _NOTHING
    role = _role(caller.role_arn or "")[2]
    return next((each for each in policies.principals if _is_of(each.arn, caller, role)), _NOTHING)


def known(caller: Caller, policies: PolicySet, held: PrincipalPolicies) -> Caller:
    """Return the caller with what the policies add: the path of its role (P5), and whether it has a boundary (P11)."""
    bounded = boundary_of(caller, policies, held) is not None
    if caller.kind is CallerKind.SESSION and held.arn and not caller.role_is_named:
        return replace(caller, role_arn=held.arn, bounded=bounded)
    return replace(caller, bounded=bounded)


def identity_of(caller: Caller, policies: PolicySet, held: PrincipalPolicies) -> tuple[str, ...] | None:
    """Return the names of the caller's identity policies, each once; None for a kind of caller that has none."""
    return tuple(dict.fromkeys((*policies.identity, *held.identity))) if has_policies(caller) else None


def boundary_of(caller: Caller, policies: PolicySet, held: PrincipalPolicies) -> tuple[str, ...] | None:
    """Return the names of the caller's permissions boundaries; None if it has none."""
    if not has_policies(caller):
        return None
    attached = None if held.permissions_boundary is None else (held.permissions_boundary,)
    return attached if policies.permissions_boundary is None else policies.permissions_boundary


def session_of(caller: Caller, policies: PolicySet) -> tuple[str, ...] | None:
    """Return the names of the caller's session policies, which a root user can have too (E8); None if it has none."""
    return None if caller.account is None else policies.session


def has_policies(caller: Caller) -> bool:
    """Say whether identity policies and boundaries take part: a root user and a caller without an account have none (E8, E10)."""
    return caller.kind in (CallerKind.USER, CallerKind.SESSION, CallerKind.FEDERATED_USER)


def _is_of(arn: str, caller: Caller, role: str) -> bool:
    """Say whether the caller has the policies of the user or role with this ARN; ``role`` names the role of its session."""
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
    """Return a role's partition, account and name, which is unique in the account whatever its path; for other ARNs no name."""
    match arn.split(":", 5):
        case [_, partition, _, _, account, role] if role.startswith("role/"):
            return partition, account, role.rsplit("/", 1)[1]
    return "", "", ""
