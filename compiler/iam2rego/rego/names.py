"""Rego names for policies (contract.md, section "Names")."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source

KEYWORDS: Final = frozenset(
    {
        "as",
        "contains",
        "data",
        "default",
        "else",
        "every",
        "false",
        "if",
        "import",
        "in",
        "input",
        "not",
        "null",
        "package",
        "some",
        "true",
        "with",
    }
)
"""Words that OPA does not take as the last part of a package (language version 1)."""

_OTHERS: Final = re.compile(r"[^a-z0-9_]+")
_HASH_DIGITS: Final = 8
_FEWEST: Final = 3
"""So many letters and digits tell most of a thousand policies apart."""


def module_names(policies: Iterable[str]) -> Mapping[str, str]:
    """Return the module name of every policy name; where some collide, all of them carry a hash of the policy name.

    Raises:
        PolicyError: names that collide with their hashes too.
    """
    plain = {policy: _plain(policy) for policy in policies}
    hashed: set[str] = set()
    while True:
        names = {policy: f"{name}_{_digest(policy)}" if policy in hashed else name for policy, name in plain.items()}
        uses = Counter(names.values())
        colliding = {policy for policy, name in names.items() if uses[name] > 1}
        if not colliding:
            return names
        if colliding <= hashed:
            raise PolicyError(map(_taken, sorted(colliding)))
        hashed |= colliding


def short_names(policies: Iterable[str]) -> Mapping[str, str]:
    """Return a few letters and digits for every policy: as much of a hash of its name as tells it from the others."""
    hashes = {policy: base64.b32encode(hashlib.sha256(policy.encode()).digest()).decode().lower() for policy in policies}
    names: dict[str, str] = {}
    length, left = _FEWEST, [*hashes]
    while left:
        uses = Counter(hashes[policy][:length] for policy in left)
        names |= {policy: hashes[policy][:length] for policy in left if uses[hashes[policy][:length]] == 1}
        left = [policy for policy in left if policy not in names]
        length += 1
    return names


def _taken(policy: str) -> Diagnostic:
    message = f"the module of `{policy}` would have the name of another's, hash and all"
    return Diagnostic(Code.POLICY_NAME_TAKEN, message, Source(policy, ""), hint="rename the policy")


def _plain(policy: str) -> str:
    name = _OTHERS.sub("_", policy.lower())
    return f"p_{name}" if name in KEYWORDS or name[:1].isdigit() else name


def _digest(policy: str) -> str:
    return hashlib.sha256(policy.encode()).hexdigest()[:_HASH_DIGITS]
