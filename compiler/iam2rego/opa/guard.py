"""Keeps an OPA of our own to ourselves: every user of a machine reaches its loopback address."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARK: Final = "data/system/authz/mark"
"""Where a guarded OPA tells its mark."""

_POLICY: Final = """\
package system.authz

default allow := false

# The token itself is in our memory only.
allow if crypto.sha256(input.identity) == "{digest}"

mark := "{mark}"
"""
_MANIFEST: Final = {"revision": "", "roots": ["system/authz"], "rego_version": 1}


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may ask an OPA, and how it is known.

    Attributes:
        token: what to show it with each question.
        mark: what only it answers with, so that no other server on the same port is taken for it.
        flags: what to start it with, bundles aside.
    """

    token: str
    mark: str
    flags: tuple[str, ...] = ("--authentication=token", "--authorization=basic")


def guarded(folder: Path) -> Guard:
    """Fill ``folder``, which nobody else may read, with the bundle that lets OPA answer only to the token."""
    guard = Guard(secrets.token_hex(), secrets.token_hex())
    policy = _POLICY.format(digest=hashlib.sha256(guard.token.encode()).hexdigest(), mark=guard.mark)
    (folder / "authz.rego").write_text(policy, encoding="utf-8")
    (folder / ".manifest").write_text(json.dumps(_MANIFEST), encoding="utf-8")
    return guard
