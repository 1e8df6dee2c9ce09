"""A page of an account export, as ``aws iam get-account-authorization-details`` prints it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.source import Source, Span
from iam2rego.sources.account_details import ENTITY_ARN, AccountDetails, Entity, Reference
from iam2rego.sources.documents import RawDocument, decoded, document
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_any, items_of, object_members, require, text_of, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonBoolean, JsonNode, Member

LISTS: Final = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
"""The members that make a file a page of an export."""

_MEMBERS: Final = (*LISTS, "IsTruncated", "Marker", "NextToken", "ResponseMetadata")
_DOCUMENTS: Final = (
    "a list of policies holds no documents: `aws iam get-account-authorization-details`, `aws iam get-policy-version` "
    "and `aws organizations describe-policy` print them"
)
_POLICY: Final = re.compile(r"arn:[^:]+:iam::([0-9]{12}|aws):policy/.+", re.DOTALL)

_Members = Mapping[str, Member]


def _recognises(root: JsonNode) -> bool:
    return has_any(root, LISTS)


def _read(root: JsonNode, file: TextFile, _: Options, problems: Problems) -> Extract:
    """Read the entries of a page, and the documents in them. Unknown members of entries are accepted, since AWS adds some."""
    source = file.source
    members = object_members(root, source, "an account's authorization details", _MEMBERS)
    reader = _Reader(source, file.place.file, problems)
    for name, read in (
        ("UserDetailList", partial(reader.entity, kind="user")),
        ("GroupDetailList", partial(reader.entity, kind="group")),
        ("RoleDetailList", reader.role),
        ("Policies", reader.managed_policy),
    ):
        reader.each(members, name, read)
    accounts = frozenset({each.account for each in reader.entities} | reader.accounts)
    truncated = _truncated(members, source)
    return Extract(
        reader.found, AccountDetails(source, tuple(reader.entities), {arn: arn for arn in sorted(reader.managed)}, accounts, truncated)
    )


def _truncated(members: _Members, source: Source) -> Span | None:
    """Return the place that says that more pages follow: ``IsTruncated`` that is true, or a token of the AWS CLI."""
    if "NextToken" in members:
        return members["NextToken"].name_span
    member = members.get("IsTruncated")
    if member is None:
        return None
    if not isinstance(member.value, JsonBoolean):
        raise PolicyError([wrong_type(member.value, source, "`IsTruncated`", "true or false")])
    return member.name_span if member.value.value else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Collects the entries of one page."""

    source: Source
    file: str
    problems: Problems
    entities: list[Entity] = field(default_factory=list)
    managed: set[str] = field(default_factory=set)
    found: list[RawDocument] = field(default_factory=list)
    accounts: set[str] = field(default_factory=set)

    def each(self, members: _Members, name: str, read: Callable[[JsonNode], None]) -> None:
        """Read every item of a list, if it is there."""
        with self.problems.collected():
            for item in self._items(members, name):
                with self.problems.collected():
                    read(item)

    def entity(self, node: JsonNode, kind: str) -> None:
        """Read a user or group, or what a role has in common with them."""
        members = self._fields(node, f"a {kind}", ("Arn",))
        arn = text_of(members["Arn"].value, self.source, "`Arn`")
        match = ENTITY_ARN.fullmatch(arn)
        if match is None or match[2] != kind:
            raise self._no_arn(arn, members["Arn"].value.span, f"a {kind}")
        self.entities.append(
            Entity(
                arn=arn,
                account=match[1],
                kind=kind,
                name=match[3],
                span=members["Arn"].value.span,
                inline=tuple(self._inline(item, arn) for item in self._items(members, f"{kind.title()}PolicyList")),
                attached=tuple(self._reference(item, "PolicyArn") for item in self._items(members, "AttachedManagedPolicies")),
                groups=tuple(self._name(item) for item in self._items(members, "GroupList")),
                boundary=self._boundary(members),
                trust=f"{arn}/trust" if kind == "role" else None,
            )
        )

    def role(self, node: JsonNode) -> None:
        """Read a role with its trust policy."""
        members = self._fields(node, "a role", ("Arn", "AssumeRolePolicyDocument"))
        self.entity(node, "role")
        self._take(f"{self.entities[-1].arn}/trust", members["AssumeRolePolicyDocument"].value, Kind.TRUST)

    def managed_policy(self, node: JsonNode) -> None:
        """Read the default version of a managed policy; other versions have no effect."""
        members = self._fields(node, "a managed policy", ())
        if "PolicyVersionList" not in members:  # the list of another command, or of another service
            message = "a managed policy is missing the required member `PolicyVersionList`"
            raise PolicyError([Diagnostic(Code.MISSING_SOURCE_MEMBER, message, self.source, node.span, _DOCUMENTS)])
        require(node, members, self.source, "a managed policy", ["Arn"])
        arn = text_of(members["Arn"].value, self.source, "`Arn`")
        match = _POLICY.fullmatch(arn)
        if match is None:
            raise self._no_arn(arn, members["Arn"].value.span, "a managed policy")
        if match[1] != "aws":
            self.accounts.add(match[1])
        self.managed.add(arn)
        self._take(arn, self._default_version(members, arn), Kind.IDENTITY)

    def _default_version(self, policy: _Members, arn: str) -> JsonNode:
        for item in self._items(policy, "PolicyVersionList"):
            version = self._fields(item, "a version", ())
            default = version.get("IsDefaultVersion")
            if default is not None and isinstance(default.value, JsonBoolean) and default.value.value:
                return self._fields(item, "a default version", ("Document",))["Document"].value
        message = f"the managed policy {quote(arn)} has no default version here"
        raise PolicyError([Diagnostic(Code.UNKNOWN_REFERENCE, message, self.source, policy["PolicyVersionList"].value.span)])

    def _inline(self, node: JsonNode, owner: str) -> str:
        members = self._fields(node, "an inline policy", ("PolicyName", "PolicyDocument"))
        name = _inline_name(owner, text_of(members["PolicyName"].value, self.source, "`PolicyName`"))
        self._take(name, members["PolicyDocument"].value, Kind.IDENTITY)
        return name

    def _boundary(self, entity: _Members) -> Reference | None:
        if "PermissionsBoundary" not in entity:
            return None
        return self._reference(entity["PermissionsBoundary"].value, "PermissionsBoundaryArn")

    def _reference(self, node: JsonNode, name: str) -> Reference:
        return self._name(self._fields(node, "a reference", (name,))[name].value)

    def _name(self, node: JsonNode) -> Reference:
        return Reference(text_of(node, self.source, "a name"), node.span)

    def _take(self, name: str, node: JsonNode, kind: Kind) -> None:
        with self.problems.collected():
            self.found.append(document(name, decoded(node, self.source), self.source, self.file, FORMS[kind]))

    def _fields(self, node: JsonNode, what: str, names: Sequence[str]) -> _Members:
        """Return the members of an entry, among which ``names`` must be."""
        members = object_members(node, self.source, what, None)
        require(node, members, self.source, what, names)
        return members

    def _items(self, members: _Members, name: str) -> Sequence[JsonNode]:
        return items_of(members[name].value, self.source, f"`{name}`") if name in members else ()

    def _no_arn(self, text: str, span: Span, what: str) -> PolicyError:
        return PolicyError([Diagnostic(Code.WRONG_SOURCE_TYPE, f"{quote(text)} is not the ARN of {what}", self.source, span)])


def _inline_name(owner: str, name: str) -> str:
    """Name an inline policy, differently from its owner's trust policy: no name in IAM can hold the ``#`` that is added."""
    return f"{owner}/{name}#inline" if ":role/" in owner and name == "trust" else f"{owner}/{name}"


FORMAT: Final = Format("an account's authorization details", "`UserDetailList`, ...", _recognises, _read)
