"""The caller of a request: the forms of its ``principal`` member (contract.md, section "A request")."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from iam2rego.jsontext import JsonValue

ACCOUNT: Final = re.compile(r"[0-9]{12}")
"""The form of an account id."""


class CallerKind(StrEnum):
    """The kinds of principal that can ask (section 4 of the rules)."""

    ROOT = "root user"
    USER = "user"
    SESSION = "role session"
    FEDERATED_USER = "federated-user session"
    SERVICE = "service"
    FEDERATED = "federated caller"
    ANONYMOUS = "anonymous caller"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. A service, a federated and an anonymous caller have neither partition nor account."""

    kind: CallerKind
    partition: str | None = None
    account: str | None = None


ANONYMOUS: Final = Caller(CallerKind.ANONYMOUS)

# A role's ARN stands for some session of that role whose name is unknown (P5).
_ARNS: Final = (
    (CallerKind.ROOT, "iam", re.compile(r"root")),
    (CallerKind.USER, "iam", re.compile(r"user/.+", re.DOTALL)),
    (CallerKind.SESSION, "iam", re.compile(r"role/.+", re.DOTALL)),
    (CallerKind.SESSION, "sts", re.compile(r"assumed-role/[^/]+/[^/]+")),
    (CallerKind.FEDERATED_USER, "sts", re.compile(r"federated-user/.+", re.DOTALL)),
)


def read_caller(principal: JsonValue, errors: list[str]) -> Caller:
    """Read ``principal``; where ``errors`` grows, the caller returned has no meaning."""
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
    for required, form in _FORMS.items():
        if required in principal:
            _check(principal, form, errors)
            return _CALLERS.get(required) or _caller(principal[required]) or ANONYMOUS
    errors.append("`principal` has none of the members `arn`, `Service` and `Federated`")
    return ANONYMOUS


def _caller(arn: JsonValue) -> Caller | None:
    """Return the caller whom an ARN names, or None for other text."""
    match arn.split(":", 5) if isinstance(arn, str) else []:
        case ["arn", partition, service, "", account, name] if partition and ACCOUNT.fullmatch(account):
            kinds = [kind for kind, home, form in _ARNS if service == home and form.fullmatch(name)]
            return Caller(kinds[0], partition, account) if kinds else None
    return None


class _Member(NamedTuple):
    """What a member has to be, as a test and in words."""

    accepts: Callable[[JsonValue], bool]
    words: str


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_arn_of(kind: str) -> Callable[[JsonValue], bool]:
    return lambda arn: isinstance(arn, str) and _caller(arn) is not None and arn.split(":", 5)[5].startswith(kind)


_TEXT: Final = _Member(_is_text, "a string")
_TEXTS: Final = _Member(lambda value: isinstance(value, list) and all(map(_is_text, value)), "a list of strings")
_BOOLEAN: Final = _Member(lambda value: isinstance(value, bool), "true or false")
_ARN: Final = _Member(_is_arn_of(""), "the ARN of a root user, user, role, role session or federated-user session")
_ROLE_ARN: Final = _Member(_is_arn_of("role/"), "the ARN of a role")
_USER_ARN: Final = _Member(_is_arn_of("user/"), "the ARN of a user")

# Identity policies need no member beside the first; the form of each binds all the same (N3).
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
_CALLERS: Final = MappingProxyType({"Service": Caller(CallerKind.SERVICE), "Federated": Caller(CallerKind.FEDERATED)})


def _check(principal: dict[str, JsonValue], form: Mapping[str, _Member], errors: list[str]) -> None:
    for name, value in principal.items():
        if name not in form:
            errors.append(f"`principal` has a member `{name}` too many")
        elif not form[name].accepts(value):
            errors.append(f"`{name}` of `principal` is not {form[name].words}")
