"""The caller in a simulation, and the owner of the resources (D6, D9)."""

import re
from typing import Final

from iam2rego.diagnostics import PolicyError
from iam2rego.simulate.check import ELSEWHERE, invalid
from iam2rego.source import Source
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonString

_CALLER: Final = re.compile(r"arn:([^:*?]+):iam::([0-9]{12}):(user|group|role)/[^*?]+")
_OWNER: Final = re.compile(r"arn:([^:*?]+):iam::([0-9]{12}):root")
_OWNED: Final = re.compile(r"arn:([^:]+):[^:]*:[^:]*:([^:]*):.*", re.DOTALL)
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_NOBODYS: Final = "000000000000"


def some_user(partition: str, account: str) -> str:
    """Return the ARN of a user that no policy of the account can name, because user names cannot contain ``*`` (P6)."""
    return f"arn:{partition}:iam::{account}:user/*"


def read_caller(node: JsonString, source: Source, *, resource_policy: bool) -> str:
    """Return the calling principal; for a group, a user in it.

    Raises:
        PolicyError: the API cannot simulate that caller.
    """
    match = _CALLER.fullmatch(node.value)
    if match is None:
        message = f"`CallerArn` must be the ARN of a user, a group or a role, not {quote(node.value)}"
        raise PolicyError([invalid(source, node.span, message, ELSEWHERE)])
    partition, account, kind = match.groups()
    if kind == "role" and resource_policy:
        raise PolicyError([invalid(source, node.span, "a role as `CallerArn` cannot be simulated with a `ResourcePolicy`", ELSEWHERE)])
    return some_user(partition, account) if kind == "group" else node.value


def read_owner(node: JsonString, source: Source) -> tuple[str, str]:
    """Return partition and id of the account that owns resources without one in their ARN; raise `PolicyError` for any other ARN."""
    match = _OWNER.fullmatch(node.value)
    if match is None:
        message = f"`ResourceOwner` must be the ARN of an account, not {quote(node.value)}"
        raise PolicyError([invalid(source, node.span, message, "it has the form `arn:aws:iam::112233445566:root`")])
    return match[1], match[2]


def owner_of(resource: str, owner: tuple[str, str] | None, caller: str | None) -> tuple[str, str]:
    """Return partition and account of the resource's owner: from its ARN, from ``owner``, or the caller's account (E4)."""
    default = owner or _account(caller) or ("aws", _NOBODYS)
    match = _OWNED.fullmatch(resource)
    if match is None:
        return default
    return match[1], match[2] if _ACCOUNT.fullmatch(match[2]) else default[1]


def _account(caller: str | None) -> tuple[str, str] | None:
    if caller is None:
        return None
    _, partition, _, _, account, _ = caller.split(":", 5)
    return partition, account


def same_account(caller: str, owner: tuple[str, str]) -> bool:
    """Return whether the caller's account is the owner's (E4)."""
    return _account(caller) == owner
