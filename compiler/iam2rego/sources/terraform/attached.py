"""Who has the policies of a plan or state: its users, groups and roles, those of other sources by name, and resources by ARN."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.sources.account_details import AccountDetails, Edge, Entity, Held, Reference
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.ends import POLICY, PRINCIPALS, TYPES, End, Ends, by_name
from iam2rego.sources.terraform.found import Found, Policy
from iam2rego.sources.terraform.held import Holding
from iam2rego.sources.terraform.memberships import Memberships
from iam2rego.sources.terraform.names import MissingError, Names
from iam2rego.sources.terraform.open_ends import OpenEnds
from iam2rego.sources.terraform.resources import Plan, Resource
from iam2rego.sources.terraform.stale import Stale
from iam2rego.sources.terraform.targets import Targets

_ARN: Final = re.compile(r"arn:[^:]+:iam::([0-9]{12}):(user|group|role)/(?:.*/)?([^/]+)", re.DOTALL)
_INLINE: Final = {"aws_iam_role_policy": "role", "aws_iam_user_policy": "user", "aws_iam_group_policy": "group"}
_BY_ONE: Final = {f"{type_}_attachment": kind for type_, kind in _INLINE.items()}
_BY_LIST: Final = {"roles": "role", "users": "user", "groups": "group"}


def account_of(plan: Plan, found: Found, targets: Targets, held: Sequence[Held], problems: Problems) -> AccountDetails:
    """Return what the file says about its account. Where it does not tell the name of who or what has a policy, that is open."""
    names, ends = targets.names, targets.ends
    holding, stale = Holding(targets, ends), Stale.of(plan.resources, targets)
    known = by_name(plan.resources, names)
    attaching = _Attaching(plan, found, names, ends, holding, problems, Memberships(ends, known), known, stale)
    attaching.policies()
    attaching.edges_of_resources()
    entities = tuple(attaching.entities())
    accounts = {each.account for each in entities} | {each.account for each in attaching.edges}
    return AccountDetails(
        plan.text.source,
        entities,
        attaching.managed(),
        frozenset(accounts),
        None,
        exported=False,
        edges=tuple(attaching.edges),
        held=(*held, *holding.only_once(stale.held)),
        open=tuple(ends.opening.found),
    )


@dataclass(slots=True)
class _Attaching:
    """Collects who has what."""

    plan: Plan
    found: Found
    names: Names
    ends: Ends
    holding: Holding
    problems: Problems
    memberships: Memberships
    known: Mapping[tuple[str, str], Resource]
    stale: Stale
    own: dict[str, list[str]] = field(default_factory=dict)
    attached: dict[str, list[Reference]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)

    @property
    def opening(self) -> OpenEnds:
        """What stays open."""
        return self.ends.opening

    def policies(self) -> None:
        """Attach the policies that are not managed."""
        for policy in self.found.policies:
            with self.problems.collected():
                self._policy(policy)
        read = {policy.resource.address for policy in self.found.policies}
        for resource in self.plan.resources:
            if not resource.gone and resource.address not in read:
                with self.problems.collected():
                    self._unread(resource)

    def _unread(self, resource: Resource) -> None:
        """Find out who has a policy that is not read, to say what else is missing."""
        if resource.type in _INLINE:
            of = _INLINE[resource.type]
            self.ends.one(resource, of, (TYPES[of],))
        self.holding.look(resource)

    def _policy(self, policy: Policy) -> None:
        resource, kind = policy.resource, policy.place.kind
        if resource.type in _INLINE:
            of = _INLINE[resource.type]
            end = self.ends.one(resource, of, (TYPES[of],))
            if end:
                self._give(resource, policy.name, end, of)
        elif resource.type in PRINCIPALS:
            if kind is not Kind.TRUST and not self._is_stale(policy):
                self.own.setdefault(resource.address, []).append(policy.name)
        elif resource.type == POLICY:
            self.documents[resource.address] = policy.name
        else:
            self.holding.take(policy)

    def _is_stale(self, policy: Policy) -> bool:
        """Return whether a role shows an inline policy that the plan takes away, and nobody writes it in the role."""
        name = policy.name.removeprefix(f"{self.names.stem}/{policy.resource.address}/").removesuffix("#inline")
        return not self._writes(policy.resource, "inline_policy") and (policy.resource.values.get("name"), name) in self.stale.inline

    def _writes(self, resource: Resource, attribute: str) -> bool:
        expressions = self.ends.following.configuration.expressions(resource.parts)
        return expressions is not None and attribute in expressions

    def edges_of_resources(self) -> None:
        """Attach managed policies, and add users to groups."""
        readers = {
            "aws_iam_policy_attachment": self._by_lists,
            "aws_iam_group_membership": self.memberships.of_group,
            "aws_iam_user_group_membership": self.memberships.of_user,
            **dict.fromkeys(_BY_ONE, self._by_one),
        }
        for resource in self.plan.resources:
            reader = readers.get(resource.type)
            if reader and not resource.gone:
                with self.problems.collected():
                    reader(resource)

    def managed(self) -> dict[str, str]:
        """Return the names of the managed policies, by their ARNs and by themselves."""
        names: dict[str, str] = {}
        for policy in self.found.policies:
            if policy.resource.type == POLICY:
                names[policy.name] = policy.name
                if arn := self.names.quietly(policy.resource):
                    names[arn] = policy.name
        return names

    def entities(self) -> Iterator[Entity]:
        """Yield the users, groups and roles whose ARN is known; of the others, policies are open."""
        trusts = {each.resource.address: each.name for each in self.found.policies if each.place.kind is Kind.TRUST}
        for resource in self.plan.resources:
            kind = PRINCIPALS.get(resource.type)
            if kind and not resource.gone:
                with self.problems.collected():
                    boundary = self.ends.one(resource, "permissions_boundary", (POLICY,)) if kind != "group" else None
                    attached = (*self._listed(resource), *self.attached.get(resource.address, ()))
                    arn = self._arn(resource)
                    if arn and (match := _ARN.fullmatch(arn)) and match[2] == kind:
                        yield self._entity(resource, match, trusts.get(resource.address), attached, boundary)
                    elif arn:
                        message = f"`{arn}` is not the ARN of a {kind}"
                        self.opening.only_checked(message, "", self.plan.text.place(resource.start, "address"))

    def _arn(self, resource: Resource) -> str | None:
        try:
            arn = self.names.arn(resource)
            self.plan.text.refuse_surrogates(arn, self.plan.text.place(resource.start, *resource.path))
            return arn
        except MissingError as missing:
            message = f"nothing tells `{missing}`, so the policies of `{resource.address}` are attached to nobody"
            self.opening.unnamed(str(missing), message, resource)
            return None

    def _entity(
        self, resource: Resource, match: re.Match[str], trust: str | None, attached: tuple[Reference, ...], boundary: End | None
    ) -> Entity:
        return Entity(
            arn=match[0],
            account=match[1],
            kind=match[2],
            name=match[3],
            span=self.plan.text.place(resource.start, "address"),
            inline=tuple(self.own.get(resource.address, ())),
            attached=attached,
            groups=tuple(self.memberships.groups.get(resource.address, ())),
            boundary=self._reference(boundary) if boundary else None,
            trust=trust,
        )

    def _listed(self, resource: Resource) -> list[Reference]:
        """Return the managed policies that a role lists. If nobody writes the list, and it is not known, there is none."""
        attribute = "managed_policy_arns"
        written = self._writes(resource, attribute)
        if resource.type != "aws_iam_role" or (not written and resource.waits(attribute)):
            return []
        ends = self.ends.several(resource, attribute, (POLICY,))
        role = resource.values.get("name")
        shown = [each for each in ends if written or (role, each.text) not in self.stale.attached]
        return [each for end in shown if (each := self._reference(end))]

    def _by_one(self, resource: Resource) -> None:
        kind = _BY_ONE[resource.type]
        policy = self._policy_of(resource)
        end = self.ends.one(resource, kind, (TYPES[kind],))
        if end and policy:
            self._give(resource, policy, end, kind)

    def _by_lists(self, resource: Resource) -> None:
        policy = self._policy_of(resource)
        for attribute, kind in _BY_LIST.items():
            for end in self.ends.several(resource, attribute, (TYPES[kind],)):
                if policy:
                    self._give(resource, policy, end, kind)

    def _policy_of(self, resource: Resource) -> Reference | None:
        end = self.ends.one(resource, "policy_arn", (POLICY,))
        return self._reference(end) if end else None

    def _reference(self, end: End) -> Reference | None:
        """Return a reference to a managed policy; None if its document is not read, which is said where that is."""
        if end.resource is None:
            assert end.text is not None
            return Reference(end.text, end.place)
        name = self.documents.get(end.resource.address)
        return Reference(name, end.place) if name else None

    def _give(self, resource: Resource, policy: str | Reference, end: End, kind: str) -> None:
        """Attach a policy of the file, by its name, or a managed policy that is referred to."""
        local = self._local(end, kind)
        if local is not None:
            if isinstance(policy, str):
                self.own.setdefault(local.address, []).append(policy)
            else:
                self.attached.setdefault(local.address, []).append(policy)
            return
        assert end.text is not None
        try:
            arn = self.names.filled(resource, f"arn:{{partition}}:iam::{{account}}:{kind}/{{name}}", end.text)
        except MissingError as missing:
            self.opening.unnamed(str(missing), "", resource)
            return
        name, reference = (policy, None) if isinstance(policy, str) else ("", policy)
        self.edges.append(Edge(arn, arn.split(":")[4], kind, end.text, name, end.place, reference))

    def _local(self, end: End, kind: str) -> Resource | None:
        return end.resource or self.known.get((kind, end.text or ""))
