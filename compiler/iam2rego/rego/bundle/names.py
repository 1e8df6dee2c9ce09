"""Rego names for policies."""

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Final

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
"""Words that OPA does not accept as the last part of a package (language version 1)."""

_OTHERS: Final = re.compile(r"[^a-z0-9_]+")
_HASH_DIGITS: Final = 8
_LONGEST: Final = 250
"""A module's file is called like it, plus `.rego`; file systems allow 255 bytes."""

_FEWEST: Final = 3
"""So many letters and digits distinguish most of a thousand policies."""


def module_names(policies: Iterable[str]) -> Mapping[str, str]:
    """Return the module name of every policy name; names that collide or are too long include a hash of the policy name.

    Names that still collide get more digits of the hash, one at a time, until they differ. A policy is named at most twice for each of the
    64 digits, so the time is proportional to the number of policies, whatever their names.
    """
    digits = {policy: _HASH_DIGITS if len(_plain(policy)) > _LONGEST else 0 for policy in policies}
    names: dict[str, str] = {}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    changed = set(digits)
    while changed:
        names |= {policy: _named(policy, digits[policy]) for policy in changed}
        for policy in changed:
            holders[names[policy]].add(policy)
        colliding = [holders.pop(name) for name in {names[policy] for policy in changed} if len(holders[name]) > 1]
        for policy in chain.from_iterable(_moving(each, digits) for each in colliding):
            digits[policy] = max(_HASH_DIGITS, digits[policy] + 1)
        changed = set(chain.from_iterable(colliding))
    return names


def _moving(colliding: Collection[str], digits: Mapping[str, int]) -> Collection[str]:
    """Return which policies with the same name get another one: those without a hash, or all."""
    return [policy for policy in colliding if not digits[policy]] or colliding


def short_names(policies: Iterable[str]) -> Mapping[str, str]:
    """Return a few letters and digits for every policy: the shortest unique prefix of a hash of its name."""
    hashes = {policy: base64.b32encode(hashlib.sha256(policy.encode()).digest()).decode().lower() for policy in policies}
    names: dict[str, str] = {}
    length, left = _FEWEST, [*hashes]
    while left:
        uses = Counter(hashes[policy][:length] for policy in left)
        names |= {policy: hashes[policy][:length] for policy in left if uses[hashes[policy][:length]] == 1}
        left = [policy for policy in left if policy not in names]
        length += 1
    return names


def _named(policy: str, digits: int) -> str:
    if not digits:
        return _plain(policy)
    return f"{_plain(policy)[: _LONGEST - digits - 1]}_{hashlib.sha256(policy.encode()).hexdigest()[:digits]}"


def _plain(policy: str) -> str:
    name = _OTHERS.sub("_", policy.lower())
    return f"p_{name}" if name in KEYWORDS or name[:1].isdigit() else name
