"""The caller of a request: the forms of its ``principal`` member (docs/semantics.md, "Principals")."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from iam2rego.jsontext import JsonValue

ACCOUNT: Final = re.compile(r"[0-9]{12}")
"""The form of an account id."""


class CallerKind(StrEnum):
    """The kinds of caller (docs/semantics.md, "Principals")."""

    ROOT = "root user"
    USER = "user"
    SESSION = "role session"
    FEDERATED_USER = "federated-user session"
    SERVICE = "service"
    FEDERATED = "federated caller"
    ANONYMOUS = "anonymous caller"


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller of a request.

    Attributes:
        kind: what sort of principal it is.
        partition: None, like `account` and `arn`, for a service, a federated or an anonymous caller.
        account: the id of its account.
        arn: its ARN, also for an origin access identity; None for a session of a role whose session name is unknown (P5).
        role_arn: the role of a session, without its path if that is unknown.
        role_is_named: whether the request itself gives the ARN of that role, with its path.
        user_arn: the user behind a federated-user session, if known.
        unique_id: the unique id of the user or role in IAM, if known (P8).
        canonical_user: the canonical user id of the account, if known (P7).
        services: the names of a service.
        provider: the identity provider of a federated caller.
        service_linked_role: whether the session is one of a service-linked role.
        management_account: whether the account is the organization's management account.
        bounded: whether a permissions boundary takes part; the policies say so, not the request (P11).
    """

    kind: CallerKind
    partition: str | None = None
    account: str | None = None
    arn: str | None = None
    role_arn: str | None = None
    role_is_named: bool = False
    user_arn: str | None = None
    unique_id: str | None = None
    canonical_user: str | None = None
    services: frozenset[str] = frozenset()
    provider: str | None = None
    service_linked_role: bool = False
    management_account: bool = False
    bounded: bool = False


_ORIGIN_ACCESS_IDENTITY: Final = re.compile(r"arn:[^:]+:iam::cloudfront:user/.+", re.DOTALL)
"""CloudFront's own user, which belongs to no account: as for a service, only the bucket's policy grants it anything (E10)."""

ANONYMOUS: Final = Caller(CallerKind.ANONYMOUS)

_ARNS: Final = (
    (CallerKind.ROOT, "iam", re.compile(r"root")),
    (CallerKind.USER, "iam", re.compile(r"user/.+", re.DOTALL)),
    (CallerKind.SESSION, "iam", re.compile(r"role/.+", re.DOTALL)),
    (CallerKind.SESSION, "sts", re.compile(r"assumed-role/[^/]+/[^/]+")),
    (CallerKind.FEDERATED_USER, "sts", re.compile(r"federated-user/.+", re.DOTALL)),
)


def read_caller(principal: JsonValue, errors: list[str]) -> Caller:
    """Read ``principal``. If this adds to ``errors``, the returned caller is meaningless."""
    match principal:
        case "*":
            return ANONYMOUS
        case str():
            return _read_members({"arn": principal}, errors)
        case dict():
            return _read_members(principal, errors)
    errors.append("`principal` is neither a string nor an object")
    return ANONYMOUS


def _read_members(principal: dict[str, JsonValue], errors: list[str]) -> Caller:
    arn = principal.get("arn")
    if isinstance(arn, str) and _ORIGIN_ACCESS_IDENTITY.fullmatch(arn):
        errors += _wrong(principal, {"arn": _TEXT})
        return Caller(CallerKind.SERVICE, arn=arn)
    for required, form in _FORMS.items():
        if required in principal:
            wrong = list(_wrong(principal, form))
            errors += wrong
            return ANONYMOUS if wrong else _CALLERS[required](principal)
    errors.append("`principal` has none of the members `arn`, `Service` and `Federated`")
    return ANONYMOUS


def _caller_with_arn(principal: Mapping[str, Any]) -> Caller:
    arn: str = principal["arn"]
    kind = _kind(arn)
    assert kind is not None, "the form of the ARN has been checked"
    _, partition, _, _, account, name = arn.split(":", 5)
    caller = Caller(
        kind,
        partition,
        account,
        arn,
        unique_id=principal.get("unique_id"),
        canonical_user=principal.get("canonical_user"),
        service_linked_role=principal.get("service_linked_role", False),
        management_account=principal.get("management_account", False),
    )
    match name.split("/"):
        case ["role", *_]:  # a session of that role whose session name is unknown (P5)
            return replace(caller, arn=None, role_arn=principal.get("role_arn", arn), role_is_named=True)
        case ["assumed-role", role, _]:
            without_path = f"arn:{partition}:iam::{account}:role/{role}"
            return replace(caller, role_arn=principal.get("role_arn", without_path), role_is_named="role_arn" in principal)
        case ["federated-user", *_]:
            return replace(caller, user_arn=principal.get("user_arn"))
    return caller


def _kind(arn: JsonValue) -> CallerKind | None:
    """Return the kind of caller that an ARN names; None for other text."""
    match arn.split(":", 5) if isinstance(arn, str) else []:
        case ["arn", partition, service, "", account, name] if partition and ACCOUNT.fullmatch(account):
            return next((kind for kind, home, form in _ARNS if service == home and form.fullmatch(name)), None)
    return None


class _Member(NamedTuple):
    """What a member must be, as a test and in words."""

    accepts: Callable[[JsonValue], bool]
    words: str


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_arn_of(kind: str) -> Callable[[JsonValue], bool]:
    return lambda arn: isinstance(arn, str) and _kind(arn) is not None and arn.split(":", 5)[5].startswith(kind)


_TEXT: Final = _Member(_is_text, "a string")
_TEXTS: Final = _Member(lambda value: isinstance(value, list) and all(map(_is_text, value)), "a list of strings")
_BOOLEAN: Final = _Member(lambda value: isinstance(value, bool), "true or false")
_ARN: Final = _Member(_is_arn_of(""), "the ARN of a root user, user, role, role session or federated-user session")
_ROLE_ARN: Final = _Member(_is_arn_of("role/"), "the ARN of a role")
_USER_ARN: Final = _Member(_is_arn_of("user/"), "the ARN of a user")

_FORMS: Final[Mapping[str, Mapping[str, _Member]]] = MappingProxyType(
    {
        "arn": {
            "arn": _ARN,
            "role_arn": _ROLE_ARN,
            "user_arn": _USER_ARN,
            "unique_id": _TEXT,
            "canonical_user": _TEXT,
            "service_linked_role": _BOOLEAN,
            "management_account": _BOOLEAN,
        },
        "Service": {"Service": _TEXT, "service_names": _TEXTS},
        "Federated": {"Federated": _TEXT},
    }
)
_CALLERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Caller]]] = MappingProxyType(
    {
        "arn": _caller_with_arn,
        "Service": lambda principal: Caller(
            CallerKind.SERVICE, services=frozenset({principal["Service"], *principal.get("service_names", ())})
        ),
        "Federated": lambda principal: Caller(CallerKind.FEDERATED, provider=principal["Federated"]),
    }
)
"""How principals of the right form are read, by the member that they must have."""


def _wrong(principal: dict[str, JsonValue], form: Mapping[str, _Member]) -> Iterator[str]:
    for name, value in principal.items():
        if name not in form:
            yield f"`principal` has an unexpected member `{name}`"
        elif not form[name].accepts(value):
            yield f"`{name}` of `principal` is not {form[name].words}"
