"""Makes the classes and rows of a bundle from its units and their attachments."""

from collections.abc import Mapping, Sequence
from typing import Any

from iam2rego.ir.attachments import Attachments
from iam2rego.rego.bundle.attachments import holder
from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.bundle.unit import Unit
from iam2rego.rego.classes.index import index
from iam2rego.rego.classes.rows import Held


def classes_data(units: Sequence[Unit], attached: Attachments, spelled: Mapping[str, str], *, alone: bool) -> dict[str, Any]:
    """Return the data that decides by class; it is empty unless only the caller's own policies matter, as ``alone`` says.

    ``spelled`` has one spelling of each context key, by the key in lower case.
    """
    callers: dict[str, Held] = {}
    everybody = None
    if alone and attached.accounts:
        callers = {holder(each.arn): Held(each.identity, _boundary(each.permissions_boundary)) for each in attached.principals}
    elif alone:
        everybody = Held(attached.identity, attached.permissions_boundary)
    used = {
        policy for held in (*callers.values(), *([everybody] if everybody else [])) for policy in (*held.identity, *(held.boundary or ()))
    }
    return index({unit.name: unit.parts for unit in units if unit.name in used}, callers, everybody, spelled, short_names)


def _boundary(policy: str | None) -> tuple[str, ...] | None:
    return None if policy is None else (policy,)
