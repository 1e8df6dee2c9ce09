"""Policy sets, and the policies of scenarios: documents of all types, and who has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.attachments import Attachments, Levels, Names, ResourcePolicy
from iam2rego.ir.policy import Kind, PolicyType
from iam2rego.ir.walk import from_levels
from iam2rego.source import Source
from iam2rego.sources.documents import RawDocument, document
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.formats.scenarios import are_scenarios
from iam2rego.sources.members import has_any, items_of, object_members, refuse_repeated, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.sources.resource_arns import is_one, kind_of
from iam2rego.syntax.forms import FORMS, Form
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonObject, Member

_TYPES: Final = (*(each for each in PolicyType if each is not PolicyType.RESOURCE), PolicyType.RESOURCE)
"""The members of ``policies``; only scenarios may have the last one."""

_MEMBERS: Final = ("$schema", "policies", "resources")

_BY_LEVEL: Final = (PolicyType.SERVICE_CONTROL, PolicyType.RESOURCE_CONTROL)
_OF_REQUESTS: Final = (PolicyType.SESSION, PolicyType.VPC_ENDPOINT)


def _recognises(root: JsonNode) -> bool:
    return has_any(root, ["policies"]) and not are_scenarios(root)


def _read(root: JsonNode, file: TextFile, _: Options, problems: Problems) -> Extract:
    members = object_members(root, file.source, "a policy set", _MEMBERS)
    reader = _Reader(file.source, file.place.file, problems)
    types = reader.types(members["policies"].value)
    problems.add(_about_requests(types, file.source))
    attachments = reader.attachments({name: member for name, member in types.items() if name != PolicyType.RESOURCE}, Kind.RESOURCE)
    resources = reader.resources(members["resources"].value) if "resources" in members else ()
    return Extract(reader.found, attachments.model_copy(update={"resources": resources}))


def scenario_policies(
    node: JsonNode, source: Source, file: str, problems: Problems, resource: Kind
) -> tuple[Attachments, list[RawDocument]]:
    """Return who has the ``policies`` of a scenario, and the documents; the policy of the resource is of the kind ``resource``.

    Raises:
        PolicyError: a member is unknown, or has the wrong type.
    """
    reader = _Reader(source, file, problems)
    return reader.attachments(reader.types(node), resource), reader.found


def _about_requests(types: Mapping[str, Member], source: Source) -> list[Diagnostic]:
    """Refuse the policy of the requested resource, and warn of types that usually come with single requests."""
    found = [
        Diagnostic(
            Code.APPLIES_TO_ALL,
            f"the `{name}` policies apply to every request",
            source,
            types[name].name_span,
            "such policies come with single requests: leave them out unless every request has them",
        )
        for name in _OF_REQUESTS
        if name in types
    ]
    if (resource := types.get(PolicyType.RESOURCE)) is not None:
        message = "`resource` is the policy of the requested resource, so only scenarios may have it"
        hint = 'name the resource, next to `policies`: `"resources": {"<ARN>": {...}}`'
        found.append(Diagnostic(Code.UNKNOWN_SOURCE_MEMBER, message, source, resource.name_span, hint))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Collects the documents of one policy set, and names them."""

    source: Source
    file: str
    problems: Problems
    found: list[RawDocument] = field(default_factory=list)

    def types(self, node: JsonNode) -> Mapping[str, Member]:
        """Return the members of ``policies``."""
        return object_members(node, self.source, "`policies`", _TYPES)

    def attachments(self, types: Mapping[str, Member], resource: Kind) -> Attachments:
        """Read every document. A type that is absent takes no part; one without policies does, and allows nothing."""
        return from_levels({each: self._levels(each, types[each].value, resource) for each in _TYPES if each in types})

    def resources(self, node: JsonNode) -> tuple[ResourcePolicy, ...]:
        """Read the policies of single resources, by ARN."""
        if not isinstance(node, JsonObject):
            raise PolicyError([wrong_type(node, self.source, "`resources`", "an object")])
        refuse_repeated(node.members, self.source)
        self.problems.add(self._no_resource(member) for member in node.members if not is_one(member.name))
        return tuple(ResourcePolicy(resource=member.name, policy=self._of_resource(member)) for member in node.members)

    def _of_resource(self, member: Member) -> str:
        return self._take(f"resources[{member.name}]", member.value, FORMS[kind_of(member.name)])

    def _no_resource(self, member: Member) -> Diagnostic:
        message = f"{quote(member.name)} is not the ARN of a resource"
        hint = "name one resource in full: `arn:partition:service:region:account:resource`, without wildcards"
        return Diagnostic(Code.WRONG_SOURCE_TYPE, message, self.source, member.name_span, hint)

    def _levels(self, policy_type: PolicyType, node: JsonNode, resource: Kind) -> Levels:
        if policy_type is PolicyType.RESOURCE:
            return ((self._take(policy_type, node, FORMS[resource]),),)
        form = FORMS[Kind(policy_type)]
        if policy_type not in _BY_LEVEL:
            return (self._all(node, policy_type, form),)
        levels = enumerate(self._items(node, policy_type))
        return tuple(self._all(level, f"{policy_type}[{index}]", form) for index, level in levels)

    def _all(self, node: JsonNode, name: str, form: Form) -> Names:
        return tuple(self._take(f"{name}[{index}]", item, form) for index, item in enumerate(self._items(node, name)))

    def _items(self, node: JsonNode, name: str) -> Sequence[JsonNode]:
        with self.problems.collected():
            return items_of(node, self.source, f"`{name}`")
        return ()

    def _take(self, name: str, node: JsonNode, form: Form) -> str:
        """Add a document, or a problem if it is not one, and return its name."""
        with self.problems.collected():
            self.found.append(document(name, node, self.source, self.file, form))
        return name


FORMAT: Final = Format("a policy set", "`policies`", _recognises, _read)
