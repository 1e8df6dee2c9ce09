"""Splits exported accounts into separate bundles, which OPAs load as needed and which change independently.

A partition has the policies of the users and roles of an exported account, or of those whose names begin with the same letter, and the
policies of everybody and of all resources. So it decides on its own, with its own copy of the runtime library, whichever version of the
compiler made the others. The kernel has the entry points, which query the caller's partition.
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
"""The partition of callers that are not in an account export."""

Below: TypeAlias = Callable[[Sequence[Unit], Attachments, str], Bundle]
"""Assembles units and attachments below a package."""

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class By(StrEnum):
    """What determines the partition of a user or role: its account, or its account and the first letter of its name."""

    ACCOUNT = "account"
    INITIAL = "initial"


def partitioned(units: Sequence[Unit], attached: Attachments, *, by: By, package: str, below: Below) -> Mapping[str, Bundle]:
    """Return the bundles by name: `KERNEL`, `OTHERS` and the partitions, called ``<account>`` or ``<account>_<letter>``.

    The revision of each bundle depends only on its content.
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
