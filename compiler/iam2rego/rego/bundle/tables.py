"""Merges the tables of all policies: ``actions``, which finds statements, and ``policies``, with their requirements."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Final, TypeAlias

from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicyType
from iam2rego.ir.walk import walk
from iam2rego.rego.bundle.attachments import attachments
from iam2rego.rego.tables.policy import Tables

_Data: TypeAlias = dict[str, Any]

_SETS: Final = ("allow", "deny", "reads_context")


def tables_data(tables: Mapping[str, Tables], uses: Mapping[str, Iterable[str]], ids: Mapping[str, str], attached: Attachments) -> _Data:
    """Return ``actions``, ``attachments`` and ``policies`` of a bundle.

    Args:
        tables: the tables of each policy.
        uses: the sets that each policy has statements for.
        ids: the id of each policy in the data.
        attached: the attachments.
    """
    everybodys = set(attached.identity) - _of_others(attached)
    families = {"everybody": everybodys, "attached": tables.keys() - everybodys}
    return {
        "actions": {family: _actions(tables, ids, policies) for family, policies in families.items() if policies},
        "attachments": attachments(attached, _Lists(tables, uses, ids, everybodys)),
        "policies": {ids[policy]: each.statements for policy, each in tables.items()},
    }


def _of_others(attached: Attachments) -> set[str]:
    """Return the policies that are attached in another way than as identity policies of everybody."""
    return {each.policy for each in walk(attached) if each.type is not PolicyType.IDENTITY or each.arn is not None}


class _Lists:
    """Lists policies under each set by id, then again those with statements about actions of any service.

    A third part says whether to include all policies that only everybody has; these are never listed individually.
    """

    def __init__(
        self, tables: Mapping[str, Tables], uses: Mapping[str, Iterable[str]], ids: Mapping[str, str], everybodys: Set[str]
    ) -> None:
        self._tables = tables
        self._uses = uses
        self._ids = ids
        self._everybodys = everybodys

    def __call__(self, attached: Iterable[str]) -> dict[str, list[Any]]:
        policies = list(attached)
        using = {each: [policy for policy in policies if each in self._uses[policy]] for each in _SETS}
        return {each: self._list(each, some) for each, some in using.items() if some}

    def _list(self, each: str, policies: Sequence[str]) -> list[Any]:
        listed = [policy for policy in policies if policy not in self._everybodys]
        general = [policy for policy in listed if self._tables[policy].is_general(each)]
        parts: list[Any] = [[self._ids[policy] for policy in some] for some in (listed, general)]
        if len(listed) < len(policies):
            return [*parts, True]
        return parts if general else parts[:1]


def _actions(tables: Mapping[str, Tables], ids: Mapping[str, str], policies: Set[str]) -> _Data:
    """Return, by effect, the statements about an action: by service and name, by service, and for any service."""
    found: _Data = {}
    for policy, each in tables.items():
        if policy in policies:
            for effect, actions in each.actions.items():
                _merge(found.setdefault(effect, {}), actions, ids[policy])
    return found


def _merge(table: _Data, actions: Mapping[str, Any], policy: str) -> None:
    for service, entry in actions["services"].items():
        _merge_service(table.setdefault("services", {}).setdefault(service, {}), entry, policy)
    if actions["any_service"]:
        table.setdefault("any_service", {})[policy] = actions["any_service"]


def _merge_service(service: _Data, entry: Mapping[str, Any], policy: str) -> None:
    """Add one policy's entry for a service. A single statement is an index instead of a list, to save memory."""
    for name, indexes in entry["names"].items():
        service.setdefault("names", {}).setdefault(name, {})[policy] = indexes[0] if len(indexes) == 1 else indexes
    for patterns in ("prefixes", "globs"):
        if entry[patterns]:
            service.setdefault(patterns, {})[policy] = entry[patterns]
