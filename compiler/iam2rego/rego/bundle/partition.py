"""An estate as bundles of their own, which OPAs load as they need them and which change one by one.

A partition is what the users and roles of an exported account have, or those whose names begin alike, with all that concerns
everybody and with the policies of all resources: so it decides by itself, and by its own copy of the runtime library, whichever
version of the compiler made the others. The kernel holds the entry points, which ask the partition of the caller.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from iam2rego.ir.attachments import Attachments, PrincipalPolicies
from iam2rego.ir.walk import walk
from iam2rego.rego.bundle.assemble import Bundle, kernel, revised
from iam2rego.rego.bundle.unit import Unit
from iam2rego.rego.reading.folding import fold

KERNEL: Final = "kernel"
OTHERS: Final = "others"
"""The partition of callers of no exported account, and of those whom no export holds."""

Below: TypeAlias = Callable[[Sequence[Unit], Attachments, str], Bundle]
"""Puts units together with who has them, below a package."""

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class By(StrEnum):
    """What tells the partition of a user or role: its account, or that and the first letter of its name."""

    ACCOUNT = "account"
    INITIAL = "initial"


def partitioned(units: Sequence[Unit], attached: Attachments, *, by: By, package: str, below: Below) -> Mapping[str, Bundle]:
    """Return the bundles by name: `KERNEL`, `OTHERS` and the partitions, named after the account or as ``<account>_<letter>``.

    The revision of each follows from what it holds, and changes with nothing else.
    """
    members: dict[str, list[PrincipalPolicies]] = defaultdict(list)
    for principal in attached.principals:
        members[_key(principal.arn, by)].append(principal)
    places = {OTHERS: OTHERS, **{key: f"p{key}" for key in sorted(members)}}
    bundles = {KERNEL: kernel({"by": by, "partitions": {key: places[key] for key in sorted(members)}}, package)}
    for key, place in places.items():
        part = attached.model_copy(update={"principals": tuple(members.get(key, ()))})
        used = {each.policy for each in walk(part)}
        bundles[key] = below([unit for unit in units if unit.name in used], part, f"{package}.partitions.{place}")
    return {name: revised(bundle, _content(bundle)) for name, bundle in bundles.items()}


def _key(arn: str, by: By) -> str:
    """Return the name of a principal's partition, as `lib/partitions/authz.rego` finds it."""
    account, first = arn.split(":")[4], fold(arn.rpartition("/")[2][:1])
    return account if by is By.ACCOUNT else f"{account}_{first if first in _LETTERS else '_'}"


def _content(bundle: Bundle) -> str:
    return hashlib.sha256(json.dumps(dict(bundle.files)).encode()).hexdigest()
