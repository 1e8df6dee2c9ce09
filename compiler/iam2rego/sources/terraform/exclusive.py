"""Resources that say which policies a user, group or role has at most. Where a file attaches others, that is a notice.

Terraform takes away what such a resource does not list. It also attaches the managed policies that one lists.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.ends import End, Ends, Known, local
from iam2rego.sources.terraform.identities import ATTACHMENTS, EXCLUSIVE_ATTACHMENTS, EXCLUSIVE_NAMES, MANAGED, TYPES
from iam2rego.sources.terraform.managed import Managed
from iam2rego.sources.terraform.resources import Resource

_NAMES: Final = "policy_names"
_ARNS: Final = "policy_arns"
_INLINE: Final = ("inline_policy", "policies")
_LIST_IT: Final = "Terraform removes such a policy, and adds it again at the next apply: list it, or remove what gives it"
_ADD_IT: Final = "add the source that has it, if there is one: its document is not known here"


@dataclass(frozen=True, slots=True)
class Given:
    """A policy that a resource gives to an identity.

    Attributes:
        holder: the address of the identity, or else its kind and name.
        policy: the name of an inline policy; the address of a managed one, or else its ARN.
        giver: the address of the resource.
    """

    holder: str
    policy: str
    giver: str


@dataclass(slots=True)
class Exclusive:
    """Compares what identities have with what they may have at most.

    Attributes:
        ends: finds what attributes mean.
        managed: the managed policies of the file.
        known: the users, groups and roles of the file by kind and name.
        problems: takes what differs.
        inline: who has which inline policies.
        attached: who has which managed policies.
        waiting: the addresses of identities that may have inline policies which are known after apply.
    """

    ends: Ends
    managed: Managed
    known: Known
    problems: Problems
    inline: list[Given] = field(default_factory=list)
    attached: list[Given] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)

    def holder(self, end: End, kind: str) -> str:
        """Return what identifies a user, group or role."""
        found = local(end, kind, self.known)
        return found.address if found else f"{kind}/{end.text}"

    def name(self, resource: Resource) -> str:
        """Return what identifies an inline policy that is a resource of its own: its name, or its address if that is not known."""
        attribute = "policy_name" if resource.type.startswith("awscc_") else "name"
        return self.ends.names.text(resource, attribute) or resource.address

    def policies(self, resource: Resource) -> list[End]:
        """Return the managed policies that a resource attaches; it may name them by other attachments."""
        found = self.ends.several(resource, _ARNS, (*MANAGED, *ATTACHMENTS))
        return [policy for each in found if (policy := self._through(each))]

    def check(self, resources: Iterable[Resource]) -> None:
        """Say where what identities have differs from what they may have."""
        inline, attached = _by_holder(self.inline), _by_holder(self.attached)
        self.waiting = {each.address for each in self.known.values() if any(self.ends.waits(each, name) for name in _INLINE)}
        for resource in resources:
            with self.problems.collected():
                if resource.gone:
                    pass
                elif kind := EXCLUSIVE_NAMES.get(resource.type):
                    self._check_names(resource, kind, inline)
                elif (kind := EXCLUSIVE_ATTACHMENTS.get(resource.type)) and isinstance(resource.values.get(_ARNS), list):
                    self._check_arns(resource, kind, attached)

    def _check_names(self, resource: Resource, kind: str, given: Mapping[str, Mapping[str, str]]) -> None:
        types = tuple(f"{provider}_iam_{kind}_policy" for provider in ("aws", "awscc"))
        listed = self._listed(resource, _NAMES, types, self.name)
        holder = self._holder_of(resource, kind)
        if holder is not None and listed is not None:
            has = given.get(holder, {})
            self._differ(resource, f"inline policy of the {kind}", listed, has)
            for name in sorted(() if holder in self.waiting else listed - has.keys()):
                message = f"`{resource.address}` lists the inline policy `{name}`, which nothing in this file gives the {kind}"
                self._tell(resource, message, _ADD_IT)

    def _check_arns(self, resource: Resource, kind: str, given: Mapping[str, Mapping[str, str]]) -> None:
        listed = self._listed(resource, _ARNS, (*MANAGED, *ATTACHMENTS), self._address)
        holder = self._holder_of(resource, kind)
        if holder is not None and listed is not None:
            known = {self.managed.arns.get(each, each) for each in listed}
            self._differ(resource, f"managed policy of the {kind}", known, given.get(holder, {}))

    def _differ(self, resource: Resource, what: str, listed: set[str], given: Mapping[str, str]) -> None:
        for policy, giver in sorted(given.items()):
            if policy not in listed:
                self._tell(resource, f"`{resource.address}` does not list the {what} `{policy}`, which `{giver}` gives it", _LIST_IT)

    def _listed(self, resource: Resource, attribute: str, types: tuple[str, ...], key: Callable[[Resource], str]) -> set[str] | None:
        """Return what a resource lists; None if that is not known."""
        items = self.ends.listed(resource, attribute)
        known = {each for each in items or () if isinstance(each, str)}
        if items is not None and not resource.waits(attribute):
            return known
        unknown = sum(each is None for each in items or ())
        found = self.ends.following.ends(resource, attribute, types, unknown) if unknown else None
        return known | set(map(key, found)) if found else None

    def _holder_of(self, resource: Resource, kind: str) -> str | None:
        """Return whose policies a resource lists; None if that is not known."""
        text = self.ends.names.text(resource, f"{kind}_name")
        if text:
            return self.holder(End(text, None, self.ends.itself(resource).place), kind)
        found = self.ends.following.ends(resource, f"{kind}_name", TYPES[kind], 1)
        return found[0].address if found else None

    def _through(self, end: End) -> End | None:
        """Return the policy that an attachment attaches, where an end is one."""
        attachment = end.resource if end.resource and end.resource.type in ATTACHMENTS else None
        return self.ends.one(attachment, "policy_arn", MANAGED) if attachment else end

    def _address(self, resource: Resource) -> str:
        end = self._through(self.ends.itself(resource))
        return self.managed.key(end) if end else resource.address

    def _tell(self, resource: Resource, message: str, hint: str) -> None:
        text = self.ends.plan.text
        self.problems.add([Diagnostic(Code.NOT_EXCLUSIVE, message, text.source, text.place(resource.start, "address"), hint)])


def _by_holder(given: Iterable[Given]) -> dict[str, dict[str, str]]:
    """Sort policies by who has them, each with what gives it: another resource, or else the identity itself."""
    found: dict[str, dict[str, str]] = {}
    for each in sorted(given, key=lambda each: each.giver == each.holder):
        found.setdefault(each.holder, {}).setdefault(each.policy, each.giver)
    return found
