"""Who has which policies, as data of the bundle.

What concerns everybody stands by the type of policy, what concerns one resource by its ARN, and what an account export attaches
by the user's ARN or the role's account and name. Identity policies of everybody stand apart from all `others`, so that a bundle
of nothing else pays nothing for what it lacks.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from iam2rego.ir.policy import PolicySet, PolicyType, PrincipalPolicies

_Data: TypeAlias = dict[str, Any]

_ARN: Final = re.compile(r"arn:[^:]*:iam::(?P<account>[0-9]{12}):(?P<kind>user|role)/(?:.*/)?(?P<name>[^/]+)", re.DOTALL)
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
        others = {"limits": self._limits(), "guardrails": self._guardrails(), "resource": self._resource(), "exports": self._exports()}
        present = {name: value for name, value in others.items() if value}
        return {"identity": self._modules(self._policies.identity), **({"others": present} if present else {})}

    def _limits(self) -> _Data:
        limits = {PolicyType.PERMISSIONS_BOUNDARY: self._policies.permissions_boundary, PolicyType.SESSION: self._policies.session}
        return {limit: self._modules(attached) for limit, attached in limits.items() if attached is not None}

    def _guardrails(self) -> _Data:
        data: _Data = {}
        if (levels := self._policies.service_control) is not None:
            data[PolicyType.SERVICE_CONTROL] = {"levels": self._levels(levels), "deny": self._of_levels(levels)["deny"]}
        if (levels := self._policies.resource_control) is not None:
            modules = self._of_levels(levels)
            data[PolicyType.RESOURCE_CONTROL] = {use: modules[use] for use in ("deny", "reads_context")}
        if (endpoint := self._policies.vpc_endpoint) is not None:
            modules = self._modules(endpoint)
            data[PolicyType.VPC_ENDPOINT] = {
                "levels": self._levels((endpoint,)),
                **{use: modules[use] for use in ("deny", "reads_context")},
            }
        return data

    def _levels(self, levels: Iterable[Iterable[str]]) -> list[list[str]]:
        return [self._modules(level)["allow"] for level in levels]

    def _of_levels(self, levels: Iterable[Iterable[str]]) -> dict[str, list[str]]:
        return self._modules(dict.fromkeys(name for level in levels for name in level))

    def _resource(self) -> _Data:
        """Return the policy of whatever resource is asked for, or else those of single resources; trust policies stand apart (E14)."""
        if self._policies.resource is not None:
            return {"every": self._modules((self._policies.resource,))}
        single = {each.resource: self._modules((each.policy,)) for each in self._policies.resources}
        trust = {arn: modules for arn, modules in single.items() if _ROLE.fullmatch(arn)}
        return {"single": {arn: modules for arn, modules in single.items() if arn not in trust}, "trust": trust} if single else {}

    def _exports(self) -> _Data:
        if not self._policies.accounts:
            return {}
        users: _Data = {}
        roles: _Data = {}
        for principal in self._policies.principals:
            match = _ARN.fullmatch(principal.arn)
            assert match, "an export attaches policies to users and roles alone"
            if match["kind"] == "user":
                users[principal.arn] = self._principal(principal)
            else:
                roles.setdefault(match["account"], {})[match["name"]] = {"arn": principal.arn, **self._principal(principal)}
        return {"accounts": list(self._policies.accounts), "users": users, "roles": roles}

    def _principal(self, principal: PrincipalPolicies) -> _Data:
        """Return what one principal has, under the types; a boundary of everybody stands for that of the export."""
        data: _Data = {PolicyType.IDENTITY: self._modules(principal.identity)}
        if principal.permissions_boundary is not None and self._policies.permissions_boundary is None:
            data[PolicyType.PERMISSIONS_BOUNDARY] = self._modules((principal.permissions_boundary,))
        return data

    def _modules(self, attached: Iterable[str]) -> dict[str, list[str]]:
        """Return the modules of policies, under the sets that they define: OPA visits no other."""
        modules: dict[str, list[str]] = {"allow": [], "deny": [], "reads_context": []}
        for name in attached:
            for use in self._uses[name]:
                modules[use].append(self._names[name])
        return modules
