"""Who has the policies of a plan or state: its users, groups and roles, those of other sources by name, and resources by ARN."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from iam2rego.ir.policy import Kind
from iam2rego.sources.account_details import AccountDetails, Edge, Held, Reference
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.ends import End, Ends, by_name, local
from iam2rego.sources.terraform.entities import Entities
from iam2rego.sources.terraform.exclusive import Exclusive, Given
from iam2rego.sources.terraform.found import Found, Policy
from iam2rego.sources.terraform.held import Holding
from iam2rego.sources.terraform.identities import ATTACHMENTS, CONTROLLED, EXCLUSIVE_ATTACHMENTS, INLINE, LISTS, MANAGED, PRINCIPALS, TYPES
from iam2rego.sources.terraform.managed import Managed
from iam2rego.sources.terraform.memberships import Memberships
from iam2rego.sources.terraform.resources import Plan, Resource
from iam2rego.sources.terraform.stale import Stale
from iam2rego.sources.terraform.targets import Targets


def account_of(plan: Plan, found: Found, targets: Targets, held: Sequence[Held], problems: Problems) -> AccountDetails:
    """Return what the file says about its account. Where it does not tell the name of who or what has a policy, that is open."""
    ends = targets.ends
    holding, stale = Holding(targets, ends), Stale.of(plan.resources, targets)
    known, managed = by_name(plan.resources, targets.names), Managed.of(found, ends)
    exclusive, memberships = Exclusive(ends, managed, known, problems), Memberships(ends, known)
    attaching = _Attaching(plan, found, ends, holding, problems, memberships, stale, managed, exclusive)
    attaching.policies()
    attaching.edges_of_resources()
    made = Entities(plan, ends, problems, managed, stale, exclusive, attaching.own, attaching.attached, memberships.groups)
    entities = tuple(made.all(found))
    exclusive.check(plan.resources)
    accounts = {each.account for each in entities} | {each.account for each in attaching.edges}
    accounts |= {each.account for each in memberships.members}
    return AccountDetails(
        plan.text.source,
        entities,
        managed.names,
        frozenset(accounts),
        None,
        exported=False,
        edges=tuple(attaching.edges),
        held=(*held, *holding.only_once(stale.held)),
        open=tuple(ends.opening.found),
        members=tuple(memberships.members),
    )


@dataclass(slots=True)
class _Attaching:
    """Collects who has what."""

    plan: Plan
    found: Found
    ends: Ends
    holding: Holding
    problems: Problems
    memberships: Memberships
    stale: Stale
    managed: Managed
    exclusive: Exclusive
    own: dict[str, list[str]] = field(default_factory=dict)
    attached: dict[str, list[Reference]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

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
        if resource.type in INLINE:
            self._inline(resource, None)
        self.holding.look(resource)

    def _policy(self, policy: Policy) -> None:
        resource, kind = policy.resource, policy.place.kind
        if resource.type in INLINE:
            self._inline(resource, policy.name)
        elif resource.type in PRINCIPALS:
            if kind is not Kind.TRUST and not self._is_stale(policy):
                self.own.setdefault(resource.address, []).append(policy.name)
                self.exclusive.inline.append(Given(resource.address, policy.own or policy.name, resource.address))
        elif resource.type not in MANAGED:
            self.holding.take(policy)

    def _is_stale(self, policy: Policy) -> bool:
        """Return whether a role shows an inline policy that the plan takes away, and nobody writes it in the role."""
        written = self.ends.following.configuration.writes(policy.resource, policy.place.path[0], otherwise=False)
        return not written and (self.ends.names.name(policy.resource), policy.own) in self.stale.inline

    def _inline(self, resource: Resource, policy: str | None) -> None:
        """Give an inline policy to the identity that it names; without a ``policy``, its document is not read."""
        attribute, kind = INLINE[resource.type]
        end = self.ends.one(resource, attribute, TYPES[kind])
        if end:
            self.exclusive.inline.append(Given(self.exclusive.holder(end, kind), self.exclusive.name(resource), resource.address))
            if policy:
                self._give(resource, policy, end, kind)
        elif policy:
            self.ends.nobody(resource, attribute)

    def edges_of_resources(self) -> None:
        """Attach managed policies, and add users to groups."""
        readers = {
            "aws_iam_policy_attachment": self._by_lists,
            CONTROLLED: self._by_own_lists,
            "aws_iam_group_membership": self.memberships.of_group,
            "aws_iam_user_group_membership": self.memberships.of_user,
            "awscc_iam_user": self.memberships.own,
            **dict.fromkeys(ATTACHMENTS, self._by_one),
            **dict.fromkeys(EXCLUSIVE_ATTACHMENTS, self._by_exclusive),
        }
        for resource in self.plan.resources:
            reader = readers.get(resource.type)
            if reader and not resource.gone:
                with self.problems.collected():
                    reader(resource)

    def _by_one(self, resource: Resource) -> None:
        kind = ATTACHMENTS[resource.type]
        policy = self.ends.one(resource, "policy_arn", MANAGED)
        self._attach(resource, policy, self.ends.one(resource, kind, TYPES[kind]), kind)

    def _by_exclusive(self, resource: Resource) -> None:
        kind = EXCLUSIVE_ATTACHMENTS[resource.type]
        holder = self.ends.one(resource, f"{kind}_name", TYPES[kind])
        for policy in self.exclusive.policies(resource):
            self._attach(resource, policy, holder, kind)

    def _by_lists(self, resource: Resource) -> None:
        self._attach_to_all(resource, self.ends.one(resource, "policy_arn", MANAGED))

    def _by_own_lists(self, resource: Resource) -> None:
        self._attach_to_all(resource, self.ends.itself(resource))

    def _attach_to_all(self, resource: Resource, policy: End | None) -> None:
        for attribute, kind in LISTS.items():
            for end in self.ends.several(resource, attribute, TYPES[kind]):
                self._attach(resource, policy, end, kind)

    def _attach(self, resource: Resource, policy: End | None, holder: End | None, kind: str) -> None:
        """Attach a managed policy to a user, group or role, if both are known."""
        if policy and holder:
            self.exclusive.attached.append(Given(self.exclusive.holder(holder, kind), self.managed.key(policy), resource.address))
            reference = self.managed.reference(policy)
            if reference:
                self._give(resource, reference, holder, kind)

    def _give(self, resource: Resource, policy: str | Reference, end: End, kind: str) -> None:
        """Attach a policy of the file, by its name, or a managed policy that is referred to."""
        holder = local(end, kind, self.exclusive.known)
        if holder is not None:
            if isinstance(policy, str):
                self.own.setdefault(holder.address, []).append(policy)
            else:
                self.attached.setdefault(holder.address, []).append(policy)
            return
        assert end.text is not None
        if arn := self.ends.arn_elsewhere(resource, kind, end.text):
            name, reference = (policy, None) if isinstance(policy, str) else ("", policy)
            self.edges.append(Edge(arn, arn.split(":")[4], kind, end.text, name, end.place, reference))
