"""Policy sets and the policies of scenarios: documents of all types, and who has them (docs/policy-sets.md)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError, Severity
from iam2rego.ir.policy import PolicySet, PolicyType, ResourcePolicy
from iam2rego.source import Source
from iam2rego.sources.documents import Found, document
from iam2rego.sources.members import items_of, object_members, refuse_repeated, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS, Form, Kind
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonObject, Member

RESOURCE_ARN: Final = r"^arn(:[^:*?]*){4}:[^*?]+$"
"""The ARN of one resource, as a regular expression of JSON Schema and of Python."""

_TYPES: Final = (*(each.value for each in PolicyType if each is not PolicyType.RESOURCE), PolicyType.RESOURCE.value)
"""The members of ``policies``, with the one that scenarios have only."""

_MEMBERS: Final = ("$schema", "policies", "resources")
_RESOURCE: Final = re.compile(RESOURCE_ARN)
_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:role/.*", re.DOTALL)
_OF_REQUESTS: Final = (PolicyType.SESSION, PolicyType.VPC_ENDPOINT)


def policy_set(root: JsonNode, source: Source, file: str, problems: Problems) -> tuple[PolicySet, list[Found]]:
    """Return to whom a policy-set file attaches its documents, and these; those that cannot be read are problems.

    Raises:
        PolicyError: a member is unknown, or of another type than it may be.
    """
    members = object_members(root, source, "a policy set", _MEMBERS)
    reader = _Reader(source, file, problems)
    types = reader.types(members["policies"].value)
    problems.add(_speaking_of_requests(types, source))
    attachments = reader.attachments({name: member for name, member in types.items() if name != PolicyType.RESOURCE}, Kind.RESOURCE)
    resources = reader.resources(members["resources"].value) if "resources" in members else ()
    return attachments.model_copy(update={"resources": resources}), reader.found


def scenario_policies(node: JsonNode, source: Source, file: str, problems: Problems, resource: Kind) -> tuple[PolicySet, list[Found]]:
    """Return what the ``policies`` of a scenario hold; the policy of the resource is of the kind ``resource``. Raises as `policy_set`."""
    reader = _Reader(source, file, problems)
    return reader.attachments(reader.types(node), resource), reader.found


def _speaking_of_requests(types: Mapping[str, Member], source: Source) -> list[Diagnostic]:
    """Refuse the policy of the resource asked for, and warn of those that a built set applies to every request."""
    found = [
        Diagnostic(
            Code.APPLIES_TO_ALL,
            f"the `{name}` policies apply to every request",
            source,
            types[name].name_span,
            "such policies come with single requests: leave them out unless that is meant",
            Severity.WARNING,
        )
        for name in _OF_REQUESTS
        if name in types
    ]
    if (resource := types.get(PolicyType.RESOURCE)) is not None:
        message = "`resource` speaks of the one resource asked for, so it belongs to scenarios"
        hint = 'name the resource, beside `policies`: `"resources": {"<ARN>": {...}}`'
        found.append(Diagnostic(Code.UNKNOWN_SOURCE_MEMBER, message, source, resource.name_span, hint))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Collects the documents of one policy set, and gives out their names."""

    source: Source
    file: str
    problems: Problems
    found: list[Found] = field(default_factory=list)

    def types(self, node: JsonNode) -> Mapping[str, Member]:
        """Return the members of ``policies``."""
        return object_members(node, self.source, "`policies`", _TYPES)

    def attachments(self, types: Mapping[str, Member], resource: Kind) -> PolicySet:
        """Read every document; a type that is absent is None, an empty one an empty tuple."""
        return PolicySet(
            policies=(),
            identity=self._list(types, Kind.IDENTITY) or (),
            permissions_boundary=self._list(types, Kind.PERMISSIONS_BOUNDARY),
            session=self._list(types, Kind.SESSION),
            service_control=self._levels(types, Kind.SERVICE_CONTROL),
            resource_control=self._levels(types, Kind.RESOURCE_CONTROL),
            vpc_endpoint=self._list(types, Kind.VPC_ENDPOINT),
            resource=self._take("resource", types["resource"].value, FORMS[resource]) if "resource" in types else None,
        )

    def resources(self, node: JsonNode) -> tuple[ResourcePolicy, ...]:
        """Read the policies of single resources, by ARN."""
        if not isinstance(node, JsonObject):
            raise PolicyError([wrong_type(node, self.source, "`resources`", "an object")])
        refuse_repeated(node.members, self.source)
        self.problems.add(self._no_resource(member) for member in node.members if not _RESOURCE.fullmatch(member.name))
        return tuple(ResourcePolicy(resource=member.name, policy=self._of_resource(member)) for member in node.members)

    def _of_resource(self, member: Member) -> str:
        kind = Kind.TRUST if _ROLE.fullmatch(member.name) else Kind.RESOURCE
        return self._take(f"resources[{member.name}]", member.value, FORMS[kind])

    def _no_resource(self, member: Member) -> Diagnostic:
        message = f"{quote(member.name)} is no ARN of a resource"
        hint = "name one resource in full: `arn:partition:service:region:account:resource`, without wildcards"
        return Diagnostic(Code.WRONG_SOURCE_TYPE, message, self.source, member.name_span, hint)

    def _list(self, types: Mapping[str, Member], kind: Kind) -> tuple[str, ...] | None:
        return self._all(types[kind].value, kind, FORMS[kind]) if kind in types else None

    def _levels(self, types: Mapping[str, Member], kind: Kind) -> tuple[tuple[str, ...], ...] | None:
        if kind not in types:
            return None
        levels = self._items(types[kind].value, kind)
        return tuple(self._all(level, f"{kind}[{index}]", FORMS[kind]) for index, level in enumerate(levels))

    def _all(self, node: JsonNode, name: str, form: Form) -> tuple[str, ...]:
        return tuple(self._take(f"{name}[{index}]", item, form) for index, item in enumerate(self._items(node, name)))

    def _items(self, node: JsonNode, name: str) -> Sequence[JsonNode]:
        with self.problems.collected():
            return items_of(node, self.source, f"`{name}`")
        return ()

    def _take(self, name: str, node: JsonNode, form: Form) -> str:
        """Add a document, or a problem where there is none, and return the name."""
        with self.problems.collected():
            self.found.append(document(name, node, self.source, self.file, form))
        return name
