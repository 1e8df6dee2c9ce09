"""Callers that the principal part of a statement names, and callers that it only just leaves out (docs/semantics.md, "Principals")."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, assert_never

from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    Principals,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.jsontext import JsonValue
from iam2rego.questions.aim import ACCOUNT
from iam2rego.questions.fill import near_texts, other

_PARTITION: Final = "aws"
_FOREIGN: Final = "999999999999"
_SERVICE: Final = "probe.amazonaws.com"
_PROVIDER: Final = "probe.example.com"
_EVERY_KIND: Final = (
    "arn:{partition}:iam::{account}:user/richard-roe",
    "arn:{partition}:iam::{account}:role/path/probe",
    "arn:{partition}:sts::{account}:assumed-role/probe/session",
    "arn:{partition}:sts::{account}:federated-user/probe",
    "arn:{partition}:iam::{account}:root",
)
_WITHOUT_ACCOUNT: Final[tuple[JsonValue, ...]] = ("*", {"Service": _SERVICE}, {"Federated": _PROVIDER})


def usual(account: str) -> Iterator[JsonValue]:
    """Yield a caller of each kind; those with an account belong to ``account``."""
    yield from _of_account(account, _PARTITION)
    yield from _WITHOUT_ACCOUNT


def met(principals: Principals | None) -> Iterator[JsonValue]:
    """Yield callers that the entries match, the simplest of each entry first."""
    for entry in principals.entries if principals else ():
        yield from _met(entry)


def edges(principals: Principals, account: str) -> Iterator[JsonValue]:
    """Yield every caller at the edges of the entries, alone and combined with other entries that match the same caller (P10)."""
    meant = list(met(principals))
    yield from meant
    yield from _combined(meant, principals.entries)
    yield from chain.from_iterable(_missed(entry) for entry in principals.entries)
    yield from usual(account)
    yield from _of_account(_FOREIGN, _PARTITION)
    yield from _of_account(account, "aws-cn")


def exported(arn: str) -> Iterator[JsonValue]:
    """Yield callers that have the policies of an exported user or role, or only just do not: other names, paths, accounts, partitions."""
    fields, name = arn.split(":")[:5], arn.rpartition("/")[2]
    yield arn
    if ":role/" in arn:
        yield from _sessions(arn)
        session = f"arn:{fields[1]}:sts::{fields[4]}:assumed-role"
        yield from (f"{session}/{text}/session" for text in _near(name))
    else:
        yield _caller(arn=f"arn:{fields[1]}:sts::{fields[4]}:federated-user/probe", user_arn=arn)
        yield f"arn:{fields[1]}:sts::{fields[4]}:federated-user/{name}"
    yield from _neighbours(arn)


def switched(principal: JsonValue) -> Iterator[JsonValue]:
    """Yield a caller that is exempt from guardrails: in the management account, and as a service-linked role (E11, E12)."""
    if members := _members(principal):
        for name in ("management_account", "service_linked_role"):
            yield from ({**members, name: truth} for truth in (True, False))


def _met(entry: PrincipalEntry) -> Iterator[JsonValue]:
    match entry:
        case AnyPrincipal():
            yield from usual(ACCOUNT)
        case AccountPrincipal(account=account, partition=partition):
            yield from _of_account(account, partition or _PARTITION)
        case ArnPrincipal(arn=arn):
            yield from _of_arn(arn)
        case UniqueIdPrincipal(unique_id=unique_id):
            yield from (_caller(arn=arn, unique_id=unique_id) for arn in _of_account(ACCOUNT, _PARTITION))
        case ServicePrincipal(service=service):
            yield from (_caller(Service=service), _caller(Service=_SERVICE, service_names=["other.amazonaws.com", service]))
            yield _caller(Service=service, service_names=[_SERVICE])
        case FederatedPrincipal(provider=provider):
            yield _caller(Federated=provider)
        case CanonicalUserPrincipal(canonical_user=canonical_user):
            yield from (_caller(arn=arn, canonical_user=canonical_user) for arn in _of_account(ACCOUNT, _PARTITION))
        case Unmatchable(text=text):
            yield from (_caller(Service=text or _SERVICE), _caller(Federated=text or _PROVIDER))
        case _:
            assert_never(entry)


def _of_account(account: str, partition: str) -> Iterator[str]:
    yield from (form.format(account=account, partition=partition) for form in _EVERY_KIND)


def _of_arn(arn: str) -> Iterator[JsonValue]:
    """Yield callers with an ARN, and the sessions of the user or role with that ARN (P5)."""
    fields = arn.split(":", 5)
    yield arn
    if fields[-1].startswith("role/"):
        yield from _sessions(arn)
    elif fields[-1].startswith("user/"):
        yield _caller(arn=f"arn:{fields[1]}:sts::{fields[4]}:federated-user/probe", user_arn=arn)
    elif fields[-1].startswith("assumed-role/"):
        role = fields[-1].split("/")[1]
        yield from (_caller(arn=arn, role_arn=f"arn:{fields[1]}:iam::{fields[4]}:role/{path}{role}") for path in ("", "path/"))


def _sessions(role: str) -> Iterator[JsonValue]:
    """Yield sessions of a role for which the request gives the role's path, another path, or none."""
    fields, name = role.split(":"), role.rpartition("/")[2]
    session = f"arn:{fields[1]}:sts::{fields[4]}:assumed-role/{name}/session"
    yield _caller(arn=session, role_arn=role)
    yield session
    yield _caller(arn=session, role_arn=f"arn:{fields[1]}:iam::{fields[4]}:role/elsewhere/{name}")
    yield _caller(arn=session, role_arn=role, service_linked_role=True)


def _missed(entry: PrincipalEntry) -> Iterator[JsonValue]:
    match entry:
        case AnyPrincipal():
            pass
        case AccountPrincipal(account=account, partition=partition):
            yield from _of_account(_off(account), partition or _PARTITION)
            yield from _of_account(account, "aws-us-gov")
        case ArnPrincipal(arn=arn):
            yield from _neighbours(arn)
            yield from _users_and_roles(arn)
        case UniqueIdPrincipal(unique_id=text):
            user = next(_of_account(ACCOUNT, _PARTITION))
            yield from (_caller(arn=user, unique_id=each) for each in _near(text))
            yield _caller(arn=user, canonical_user=text)
        case ServicePrincipal(service=text):
            yield from (_caller(Service=each) for each in _near(text))
            yield from (_caller(Federated=text), _caller(Service=_SERVICE, service_names=[]))
        case FederatedPrincipal(provider=text):
            yield from (_caller(Federated=each) for each in _near(text))
            yield _caller(Service=text)
        case CanonicalUserPrincipal(canonical_user=text):
            root = f"arn:aws:iam::{ACCOUNT}:root"
            yield from (_caller(arn=root, canonical_user=each) for each in _near(text))
            yield _caller(arn=root, unique_id=text)
        case Unmatchable():
            pass
        case _:
            assert_never(entry)


def _neighbours(arn: str) -> Iterator[str]:
    """Yield ARNs one step away: a name off by one character or in other case, another path, account and partition."""
    *fields, name = arn.split(":", 5)
    kind, _, rest = name.partition("/")
    front = ":".join(fields)
    yield from (f"{front}:{kind}/{text}" for text in _near(rest))
    yield from (f"{front}:{kind}/path/{rest}", f"{front}:{kind}/{rest.rpartition('/')[2]}")
    yield from (":".join([*fields[:4], _off(fields[4]), name]), ":".join(["arn", "aws-cn", *fields[2:], name]))


def _users_and_roles(arn: str) -> Iterator[JsonValue]:
    """Yield sessions of users and roles whose names resemble those of a user or role."""
    fields, name = arn.split(":", 5), arn.rpartition("/")[2]
    session = f"arn:{fields[1]}:sts::{fields[4]}:assumed-role"
    yield from (f"{session}/{name}/session", f"{session}/{name}/{name}", f"{session}/{name.swapcase()}/session")
    yield f"arn:{fields[1]}:sts::{_off(fields[4])}:assumed-role/{name}/session"
    user = f"arn:{fields[1]}:iam::{fields[4]}:user/{name}"
    federated = f"arn:{fields[1]}:sts::{fields[4]}:federated-user/{name}"
    yield from (user, federated, _caller(arn=federated, user_arn=user), _caller(arn=federated, user_arn=f"{user}x"))
    yield _caller(arn=user, user_arn=f"{user}x", role_arn=f"arn:{fields[1]}:iam::{fields[4]}:role/{name}")


def _combined(callers: Iterable[JsonValue], entries: Iterable[PrincipalEntry]) -> Iterator[JsonValue]:
    """Yield callers with an ARN that also have the unique ids and canonical users of the entries."""
    said: list[dict[str, JsonValue]] = []
    for entry in entries:
        match entry:
            case UniqueIdPrincipal(unique_id=unique_id):
                said.append({"unique_id": unique_id})
            case CanonicalUserPrincipal(canonical_user=canonical_user):
                said.append({"canonical_user": canonical_user})
    for members in filter(None, map(_members, callers)):
        yield from ({**members, **each} for each in said)


def _caller(**members: JsonValue) -> dict[str, JsonValue]:
    return members


def _members(caller: JsonValue) -> dict[str, JsonValue] | None:
    """Return a caller that has an ARN as an object."""
    members = caller if isinstance(caller, dict) else _caller(arn=caller)
    return members if members.get("arn", "*") != "*" else None


def _near(text: str) -> Iterator[str]:
    yield from filter(None, near_texts(text) if text else ())


def _off(account: str) -> str:
    return account[:-1] + other(account[-1]) if account else _FOREIGN
