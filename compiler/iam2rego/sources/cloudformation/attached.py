"""Who has the policies of a template: its users, groups and roles, those of other sources by name, and resources by ARN."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.source import Span
from iam2rego.sources.account_details import ENTITY_ARN, AccountDetails, Edge, Entity, Held, Member, Reference
from iam2rego.sources.cloudformation.found import Found, Policy
from iam2rego.sources.cloudformation.names import attribute
from iam2rego.sources.cloudformation.needs import DESCRIBED
from iam2rego.sources.cloudformation.opening import Opening
from iam2rego.sources.cloudformation.permissions import PERMISSION
from iam2rego.sources.cloudformation.resolution import Resolution
from iam2rego.sources.cloudformation.targets import Targets
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.syntax.tree import JsonNode, JsonString

_KINDS: Final = {"AWS::IAM::User": "user", "AWS::IAM::Group": "group", "AWS::IAM::Role": "role"}
_MANAGED: Final = "AWS::IAM::ManagedPolicy"
_LISTS: Final = {"Roles": "role", "Users": "user", "Groups": "group"}
_NAMES: Final = {"RoleName": "role", "UserName": "user", "GroupName": "group"}
_BY_LIST: Final = (_MANAGED, "AWS::IAM::Policy")
_BY_NAME: Final = ("AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy")
_NOWHERE: Final = Span(1, 1, 1, 1)


def account_of(resolution: Resolution, found: Found, opening: Opening) -> AccountDetails:
    """Return what a template says about its account. Where it does not tell the name of a user, role or resource, its policies are open."""
    attaching = _Attaching(resolution, found, opening)
    attaching.policies()
    attaching.groups_of_users()
    entities = tuple(attaching.entities())
    account = resolution.outside("AWS::AccountId", _NOWHERE)
    accounts = {each.account for each in entities} | {each.account for each in attaching.edges} | ({account} if account else set())
    accounts |= {each.account for each in attaching.members}
    return AccountDetails(
        resolution.source,
        entities,
        attaching.managed(),
        frozenset(accounts),
        None,
        exported=False,
        edges=tuple(attaching.edges),
        held=tuple(attaching.held),
        open=tuple(attaching.opening.found),
        members=tuple(attaching.members),
    )


@dataclass(slots=True)
class _Attaching:
    """Collects who has what."""

    resolution: Resolution
    found: Found
    opening: Opening
    own: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, list[Reference]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)

    def policies(self) -> None:
        """Attach every policy that is not one of its resource's own."""
        targets = Targets(self.resolution, self.opening)
        for policy in self.found.policies:
            kind = policy.resource.type
            self.documents.setdefault(policy.resource.logical_id, policy.name)
            if kind in _KINDS:
                if policy.place.kind is not Kind.TRUST:
                    self.own.setdefault(policy.resource.logical_id, []).append(policy.name)
            elif kind in _BY_LIST:
                self._by(policy, _LISTS)
            elif kind in _BY_NAME:
                self._by(policy, _NAMES)
            elif policy.place.target is None:
                message = f"the policy of `{policy.resource.logical_id}` takes part in no decision here: it is only checked"
                self.opening.add(message, "", policy.resource.span)
            else:
                place = policy.resource.properties.get("FunctionName") if policy.place is PERMISSION else None
                span = place.value.span if place else policy.span
                self.held += (Held(arn, policy.name, span) for arn in targets.arns(policy))
        self._need_targets()

    def _need_targets(self) -> None:
        """Note the names that the targets of unread policies need, so that all names are wanted at once."""
        aside = Opening(self.resolution)
        for policy in self.found.unread:
            if policy.place.target is not None:
                tuple(Targets(self.resolution, aside).arns(policy))
        for name, places in aside.needs.items():
            self.opening.needs.setdefault(name, {}).update(places)

    def groups_of_users(self) -> None:
        """Add users of the template to groups."""
        for resource in self._of("AWS::IAM::UserToGroupAddition"):
            group = resource.properties.get("GroupName")
            users = resource.properties.get("Users")
            reference = self._name(group.value, "group") if group else None
            for node in self.opening.items(users.value) if users and reference else ():
                local = self._local(node, "user")
                assert reference is not None
                if local is None:
                    self._join(node, reference)
                else:
                    self.groups.setdefault(local.logical_id, []).append(reference)

    def _join(self, node: JsonNode, group: Reference) -> None:
        """Add a user of another source to a group."""
        user = self._name(node, "user")
        arn = self.opening.account_arn(f"user/{user.to}", node.span) if user else None
        if arn and user and (match := ENTITY_ARN.fullmatch(arn)):
            self.members.append(Member(arn, match[1], user.to, node.span, group))

    def managed(self) -> dict[str, str]:
        """Return the names of the managed policies, by their ARNs and by themselves."""
        names: dict[str, str] = {}
        for policy in self.found.policies:
            if policy.resource.type == _MANAGED:
                names[policy.name] = policy.name
                arn = self.opening.quietly(partial(self._arn, policy.resource, "PolicyArn"))
                names |= {arn: policy.name} if arn else {}
        return names

    def entities(self) -> Iterator[Entity]:
        """Yield the users, groups and roles whose ARN is known; of the others, policies are open."""
        trusts = {each.resource.logical_id: each.name for each in self.found.policies if each.place.kind is Kind.TRUST}
        for type_, kind in _KINDS.items():
            for resource in self._of(type_):
                arn = self.opening.attempt(
                    partial(self._arn, resource, "Arn"),
                    f"nothing tells the name of `{resource.logical_id}`, so its policies are attached to nobody",
                    f"`--param {resource.logical_id}=NAME`, or {DESCRIBED}",
                    resource.span,
                )
                if arn and (match := ENTITY_ARN.fullmatch(arn)) and match[2] == kind:
                    yield self._entity(resource, kind, match, trusts.get(resource.logical_id))
                elif arn:
                    self.opening.add(f"`{arn}` is not the ARN of a {kind}", "bind its name, and the account's id", resource.span)

    def _entity(self, resource: Resource, kind: str, match: re.Match[str], trust: str | None) -> Entity:
        arns = resource.properties.get("ManagedPolicyArns")
        groups = resource.properties.get("Groups") if kind == "user" else None
        boundary = resource.properties.get("PermissionsBoundary")
        attached = [self._policy(node) for node in (self.opening.items(arns.value) if arns else ())]
        named = [self._name(node, "group") for node in (self.opening.items(groups.value) if groups else ())]
        return Entity(
            arn=match[0],
            account=match[1],
            kind=kind,
            name=match[3],
            span=resource.span,
            inline=tuple(self.own.get(resource.logical_id, ())),
            attached=tuple(each for each in attached if each),
            groups=(*(each for each in named if each), *self.groups.get(resource.logical_id, ())),
            boundary=self._policy(boundary.value) if boundary else None,
            trust=trust,
        )

    def _by(self, policy: Policy, properties: dict[str, str]) -> None:
        """Attach a policy to those that its resource names."""
        nobody = True
        for name, kind in properties.items():
            member = policy.resource.properties.get(name)
            for node in self._nodes(member.value, name) if member else ():
                nobody = False
                self._attach(policy, node, kind)
        if nobody and policy.resource.type != _MANAGED:
            message = f"`{policy.resource.logical_id}` names nobody who has its policy"
            self.opening.add(message, "", policy.resource.span)

    def _nodes(self, node: JsonNode, name: str) -> Sequence[JsonNode]:
        return self.opening.items(node) if name in _LISTS else (node,)

    def _attach(self, policy: Policy, node: JsonNode, kind: str) -> None:
        local = self._local(node, kind)
        if local is not None:
            self.own.setdefault(local.logical_id, []).append(policy.name)
            return
        reference = self._name(node, kind)
        arn = self.opening.account_arn(f"{kind}/{reference.to}", node.span) if reference else None
        if arn and reference and (match := ENTITY_ARN.fullmatch(arn)):
            self.edges.append(Edge(arn, match[1], kind, reference.to, policy.name, node.span))

    def _local(self, node: JsonNode, kind: str) -> Resource | None:
        """Return the user, group or role of the template that a value refers to."""
        found = self.opening.referred(node)
        return found if found and _KINDS.get(found.type) == kind and found.logical_id in self.found.created else None

    def _name(self, node: JsonNode, kind: str) -> Reference | None:
        message = f"nothing tells the name of the {kind} here, so this attaches nothing"
        text = self.opening.text(node, message)
        return Reference(text, node.span) if text else None

    def _policy(self, node: JsonNode) -> Reference | None:
        """Return a reference to a managed policy: by its name for one of the template, else by its ARN."""
        found = self.opening.referred(node)
        if found and found.type == _MANAGED:
            name = self.documents.get(found.logical_id)
            return Reference(name, node.span) if name else None
        text = self.opening.text(node, "nothing tells the ARN of the managed policy here, so it is attached to nobody")
        return Reference(text, node.span) if text else None

    def _of(self, kind: str) -> Iterator[Resource]:
        return (each for each in self.found.created.values() if each.type == kind)

    def _arn(self, resource: Resource, of: str) -> str:
        span: Span = resource.span
        value = attribute(self.resolution, resource.logical_id, of, span)
        assert isinstance(value, JsonString)
        return value.value
