"""Turns attachments into data of the bundle.

A caller's policies are a record: their modules by type and by the set that they define, so that OPA visits no others, and under ``deny``
those of all types that deny. Empty parts are left out, because a missing part costs nothing.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from itertools import chain
from typing import Any, Final, TypeAlias

from iam2rego.ir.attachments import Attachments, PrincipalPolicies
from iam2rego.ir.policy import PolicyType

_Data: TypeAlias = dict[str, Any]

Listing: TypeAlias = Callable[[Iterable[str]], Mapping[str, Any]]
"""Returns, for policy names, a list under each set that the policies have statements for: ``allow``, ``deny``, ``reads_context``."""

_ASKED_OF_NONE: Final = ("allow", "reads_context")
_ROLE: Final = re.compile(r"arn:(?P<partition>[^:]*):iam::(?P<account>[^:]*):role/(?:.*/)?(?P<name>[^/]*)", re.DOTALL)


def attachments(attached: Attachments, listing: Listing) -> _Data:
    """Return the data that ``attachments`` of the runtime library reads.

    Args:
        attached: the attachments.
        listing: how policies are listed.
    """
    return _Records(attached, listing).data()


def holder(arn: str) -> str:
    """Return how a user or role is found: a user by its ARN, a role by what the ARNs of its sessions start with."""
    match = _ROLE.fullmatch(arn)
    return f"arn:{match['partition']}:sts::{match['account']}:assumed-role/{match['name']}/" if match else arn


def module_lists(names: Mapping[str, str], uses: Mapping[str, Iterable[str]]) -> Listing:
    """List policies by the ``names`` of their modules, under the sets that they define according to ``uses``."""

    def listing(attached: Iterable[str]) -> dict[str, list[str]]:
        modules: dict[str, list[str]] = {}
        for policy in attached:
            for use in uses[policy]:
                modules.setdefault(use, []).append(names[policy])
        return modules

    return listing


class _Records:
    def __init__(self, attached: Attachments, listing: Listing) -> None:
        self._attached = attached
        self._listing = listing

    def data(self) -> _Data:
        """Return ``accounts``, ``principals`` and ``everybody``, and, if not empty, ``trust``, ``others`` and ``simulated``.

        Everybody's policies are in ``others`` if callers can have more policies than these, or if other policies take part too.
        """
        everybody = self._everybody()
        is_all = not self._attached.accounts and PolicyType.SESSION not in everybody
        single, trust = self._resources()
        others = {"everybody": {} if is_all else everybody, "guardrails": self._guardrails(), "resource": single}
        beside = _present({"trust": trust, "others": _present(others), "simulated": self._attached.simulated})
        held = {"accounts": list(self._attached.accounts), "principals": self._principals(), "everybody": everybody if is_all else {}}
        return {**held, **beside}

    def _everybody(self) -> _Data:
        """Return every caller's policies; an empty limit allows nothing, while empty identity policies are the same as none."""
        given = {
            PolicyType.IDENTITY: self._attached.identity or None,
            PolicyType.PERMISSIONS_BOUNDARY: self._attached.permissions_boundary,
            PolicyType.SESSION: self._attached.session,
        }
        return self._record({policy_type: names for policy_type, names in given.items() if names is not None})

    def _guardrails(self) -> _Data:
        data: _Data = {}
        if (levels := self._attached.service_control) is not None:
            data[PolicyType.SERVICE_CONTROL] = {"levels": self._levels(levels), **self._but(_ASKED_OF_NONE, chain(*levels))}
        if (levels := self._attached.resource_control) is not None:
            data[PolicyType.RESOURCE_CONTROL] = self._but({"allow"}, chain(*levels))
        if (endpoint := self._attached.vpc_endpoint) is not None:
            data[PolicyType.VPC_ENDPOINT] = {"levels": self._levels((endpoint,)), **self._but({"allow"}, endpoint)}
        return data

    def _levels(self, levels: Iterable[Iterable[str]]) -> list[Any]:
        return [self._listing(level).get("allow", []) for level in levels]

    def _but(self, uses: Container[str], attached: Iterable[str]) -> _Data:
        return {use: modules for use, modules in self._listing(dict.fromkeys(attached)).items() if use not in uses}

    def _resources(self) -> tuple[_Data, _Data]:
        """Return the policy of any requested resource, or else those of individual resources; and those of roles (E14)."""
        if self._attached.resource is not None:
            return {"every": self._listing((self._attached.resource,))}, {}
        single = {each.resource: self._listing((each.policy,)) for each in self._attached.resources}
        trust = {arn: modules for arn, modules in single.items() if _ROLE.fullmatch(arn)}
        return _present({"single": {arn: modules for arn, modules in single.items() if arn not in trust}}), trust

    def _principals(self) -> _Data:
        """Return the records of users by ARN, and those of roles by the unique start of their sessions' ARNs."""
        principals: _Data = {}
        for principal in self._attached.principals:
            start = holder(principal.arn)
            beside = {} if start == principal.arn else {"arn": principal.arn}
            principals[start] = {**beside, **self._principal(principal)}
        return principals

    def _principal(self, principal: PrincipalPolicies) -> _Data:
        """Return the record of one principal; a boundary of everybody replaces that of the export."""
        attached = {PolicyType.IDENTITY: principal.identity}
        if principal.permissions_boundary is not None and self._attached.permissions_boundary is None:
            attached[PolicyType.PERMISSIONS_BOUNDARY] = (principal.permissions_boundary,)
        return self._record(attached)

    def _record(self, attached: Mapping[PolicyType, Iterable[str]]) -> _Data:
        """Return the lists of each type, and under ``deny`` all policies that deny."""
        record: _Data = {policy_type: self._listing(names) for policy_type, names in attached.items()}
        return {**record, **_present({"deny": self._listing(dict.fromkeys(chain(*attached.values()))).get("deny", [])})}


def _present(data: _Data) -> _Data:
    return {name: value for name, value in data.items() if value}
