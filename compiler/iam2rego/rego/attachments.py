"""Who has which policies, as data of the bundle.

What a caller has is a record: the modules of its policies by type and by the set that they define, so that OPA visits no other,
and under ``deny`` those of all types that deny. Nothing is said of what is not there, since what is missing costs nothing.
"""

import re
from collections.abc import Container, Iterable, Mapping
from itertools import chain
from typing import Any, Final, TypeAlias

from iam2rego.ir.policy import PolicySet, PolicyType, PrincipalPolicies

_Data: TypeAlias = dict[str, Any]

_ARN: Final = re.compile(r"arn:[^:]*:iam::(?P<account>[0-9]{12}):(?P<kind>user|role)/(?:.*/)?(?P<name>[^/]+)", re.DOTALL)
_ASKED_OF_NONE: Final = ("allow", "reads_context")
_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:role/.*", re.DOTALL)


def attachments(policies: PolicySet, names: Mapping[str, str], uses: Mapping[str, Iterable[str]]) -> _Data:
    """Return what ``attachments`` of the runtime library reads.

    Args:
        policies: whom the policies concern; not the policies themselves.
        names: the module of each policy.
        uses: the sets that the module of each policy defines.
    """
    return _Attachments(policies, names, uses).data()


class _Attachments:
    def __init__(self, policies: PolicySet, names: Mapping[str, str], uses: Mapping[str, Iterable[str]]) -> None:
        self._policies = policies
        self._names = names
        self._uses = uses

    def data(self) -> _Data:
        """Return ``accounts``, ``everybody``, and where they are not empty ``trust`` and ``others``.

        What everybody has stands in ``others`` where it is not all that callers have, or not all that can be asked of a caller alone.
        """
        everybody = self._everybody()
        is_all = not self._policies.accounts and PolicyType.SESSION not in everybody
        single, trust = self._resources()
        others = {"everybody": {} if is_all else everybody, "guardrails": self._guardrails(), "resource": single}
        beside = _present({"trust": trust, "others": _present(others)})
        return {"accounts": self._accounts(), "everybody": everybody if is_all else {}, **beside}

    def _everybody(self) -> _Data:
        """Return what every caller has; a limit without policies allows nothing, while no identity policies are as if not given."""
        given = {
            PolicyType.IDENTITY: self._policies.identity or None,
            PolicyType.PERMISSIONS_BOUNDARY: self._policies.permissions_boundary,
            PolicyType.SESSION: self._policies.session,
        }
        return self._record({policy_type: names for policy_type, names in given.items() if names is not None})

    def _guardrails(self) -> _Data:
        data: _Data = {}
        if (levels := self._policies.service_control) is not None:
            data[PolicyType.SERVICE_CONTROL] = {"levels": self._levels(levels), **self._but(_ASKED_OF_NONE, chain(*levels))}
        if (levels := self._policies.resource_control) is not None:
            data[PolicyType.RESOURCE_CONTROL] = self._but({"allow"}, chain(*levels))
        if (endpoint := self._policies.vpc_endpoint) is not None:
            data[PolicyType.VPC_ENDPOINT] = {"levels": self._levels((endpoint,)), **self._but({"allow"}, endpoint)}
        return data

    def _levels(self, levels: Iterable[Iterable[str]]) -> list[list[str]]:
        return [self._modules(level).get("allow", []) for level in levels]

    def _but(self, uses: Container[str], attached: Iterable[str]) -> _Data:
        return {use: modules for use, modules in self._modules(dict.fromkeys(attached)).items() if use not in uses}

    def _resources(self) -> tuple[_Data, _Data]:
        """Return the policy of whatever resource is asked for, or else those of single ones; and those of roles (E14)."""
        if self._policies.resource is not None:
            return {"every": self._modules((self._policies.resource,))}, {}
        single = {each.resource: self._modules((each.policy,)) for each in self._policies.resources}
        trust = {arn: modules for arn, modules in single.items() if _ROLE.fullmatch(arn)}
        return _present({"single": {arn: modules for arn, modules in single.items() if arn not in trust}}), trust

    def _accounts(self) -> _Data:
        """Return the records of principals by account, then those of users by ARN and those of roles by name."""
        accounts: _Data = {account: {} for account in self._policies.accounts}
        for principal in self._policies.principals:
            match = _ARN.fullmatch(principal.arn)
            assert match, "an export attaches policies to users and roles alone"
            if match["kind"] == "user":
                accounts[match["account"]][principal.arn] = self._principal(principal)
            else:
                accounts[match["account"]][match["name"]] = {"arn": principal.arn, **self._principal(principal)}
        return accounts

    def _principal(self, principal: PrincipalPolicies) -> _Data:
        """Return the record of one principal; a boundary of everybody stands for that of the export."""
        attached = {PolicyType.IDENTITY: principal.identity}
        if principal.permissions_boundary is not None and self._policies.permissions_boundary is None:
            attached[PolicyType.PERMISSIONS_BOUNDARY] = (principal.permissions_boundary,)
        return self._record(attached)

    def _record(self, attached: Mapping[PolicyType, Iterable[str]]) -> _Data:
        """Return the modules of each type, and under ``deny`` those of all types that deny."""
        record: _Data = {policy_type: self._modules(names) for policy_type, names in attached.items()}
        denying = dict.fromkeys(chain.from_iterable(modules.get("deny", ()) for modules in record.values()))
        return {**record, **_present({"deny": list(denying)})}

    def _modules(self, attached: Iterable[str]) -> dict[str, list[str]]:
        """Return the modules of policies, under the sets that they define."""
        modules: dict[str, list[str]] = {}
        for name in attached:
            for use in self._uses[name]:
                modules.setdefault(use, []).append(self._names[name])
        return modules


def _present(data: _Data) -> _Data:
    return {name: value for name, value in data.items() if value}
