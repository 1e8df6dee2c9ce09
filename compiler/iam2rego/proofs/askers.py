"""Those of whom `who-can` tells what they may do: callers as they are, without anything more that a request may say about them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.ir.principal import AccountPrincipal, ArnPrincipal, PrincipalEntry
from iam2rego.native.principal import ACCOUNT, Caller, CallerKind
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.exported import callers_of
from iam2rego.proofs.mentions import mentions_of, representatives
from iam2rego.proofs.shares import is_plain

_TOLD: Final = frozenset({"arn", "role_arn", "Service", "Federated"})
_OTHERS: Final[Mapping[CallerKind, str]] = {
    CallerKind.ROOT: "the root user",
    CallerKind.USER: "any other user",
    CallerKind.SESSION: "any other role",
    CallerKind.FEDERATED_USER: "any other federated user",
    CallerKind.SERVICE: "any other service",
    CallerKind.FEDERATED: "any other identity provider",
    CallerKind.ANONYMOUS: "anonymous callers",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """A principal, and one of the callers that it can be.

    Attributes:
        name: an ARN, a service or provider, or words for everybody whom neither policies nor exports name.
        caller: the caller.
        is_known: whether the policies say what the principal's own policies are; a stranger's may allow everything.
        is_named: whether policies or exports name it.
    """

    name: str
    caller: Representative
    is_known: bool
    is_named: bool


def everybody(sets: Sequence[PolicySet], also: Iterable[PrincipalEntry] = ()) -> Iterable[Representative]:
    """Return the callers that sets tell apart, root users among them; those of ``also`` count as named by a policy."""
    return representatives(sets, with_root=True, also=also) if all(map(is_plain, sets)) else callers_of(sets, also)


def callers_named(sets: Sequence[PolicySet], names: Iterable[str]) -> list[Representative]:
    """Return the callers that are one of some principals, given as ARNs, account ids, services, providers, or ``*`` for anonymous ones."""
    wanted = set(names)
    also = [_entry(each) for each in wanted if each.startswith("arn:") or ACCOUNT.fullmatch(each)]
    return [each for each in everybody(sets, also) if not wanted.isdisjoint(_texts(each.caller))]


def _entry(name: str) -> PrincipalEntry:
    return AccountPrincipal(account=name) if ACCOUNT.fullmatch(name) else ArnPrincipal(arn=name)


def _texts(caller: Caller) -> Iterator[str]:
    """Yield what a caller can be called."""
    yield from (each for each in (caller.arn, caller.role_arn, caller.account, caller.provider) if each is not None)
    yield from caller.services
    yield from ("*",) if caller.kind is CallerKind.ANONYMOUS else ()


class Names:
    """What callers are called: by their ARNs, their services or providers, or by words for those whom nobody names."""

    def __init__(self, sets: Sequence[PolicySet]) -> None:
        mentioned = mentions_of(sets)
        self._exported: Final = {principal.arn for each in sets for principal in each.attachments.principals}
        self._named: Final = self._exported.union(mentioned.arns, mentioned.services, mentioned.providers)

    def of(self, by: Representative) -> str:
        """Return the name of a caller; a session of an exported role has the role's."""
        caller = by.caller
        role = caller.role_arn if caller.role_arn in self._exported else None
        found = next((each for each in (role, caller.arn, caller.role_arn, caller.provider) if each in self._named), None)
        if found is None and caller.services & self._named:
            return ", ".join(sorted(caller.services))
        of_account = f" of account {caller.account}" if caller.account is not None and by.accounts is None else ""
        return found or f"{_OTHERS[caller.kind]}{of_account}"

    def are_given(self, name: str) -> bool:
        """Say whether a name is one that policies or exports have."""
        return name in self._named


def askers(policies: PolicySet) -> Iterator[Asker]:
    """Yield the principals that policies and exports tell apart, but for root users."""
    given, names = policies.attachments, Names([policies])
    are_known = bool(given.identity) or (given.resource is None and not given.resources)
    for each in everybody([policies]):
        caller, name = each.caller, names.of(each)
        if caller.kind is CallerKind.ROOT or each.is_away or not each.is_owner or not _is_plain(each):
            continue
        is_at_home = caller.account in given.accounts
        if is_at_home and not names.are_given(name):
            continue  # an export has all users and roles of its account
        yield Asker(name, each, caller.account is None or (is_at_home if given.accounts else are_known), names.are_given(name))


def _is_plain(by: Representative) -> bool:
    return not isinstance(by.principal, dict) or by.principal.keys() <= _TOLD
