"""A user or role as the AWS CLI prints it, and a list of roles: `get-role`, `get-user`, `list-roles`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources.account_details import ENTITY_ARN, AccountDetails, Entity, Held, Open, Reference
from iam2rego.sources.documents import RawDocument, decoded, document
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_any, items_of, object_members, require, text_of
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonBoolean, JsonNode, Member

_SINGLE: Final = {"Role": "role", "User": "user"}
_LIST: Final = "Roles"
_TRUST: Final = "AssumeRolePolicyDocument"
_WHOLE: Final = "`aws iam get-account-authorization-details` prints who has which policies"
_ALL: Final = "let `aws iam list-roles` print all roles, without `--max-items`"


def _recognises(root: JsonNode) -> bool:
    return has_any(root, [*_SINGLE, _LIST])


def _read(root: JsonNode, file: TextFile, _: Options, problems: Problems) -> Extract:
    """Read the entries. Unknown members are accepted, since AWS adds some. A list leaves out boundaries, so only trust policies count."""
    reader = _Reader(file, problems)
    members = object_members(root, file.source, "what the AWS CLI prints", None)
    for name, kind in _SINGLE.items():
        if name in members:
            reader.single(members[name].value, kind)
    for item in items_of(members[_LIST].value, file.source, "`Roles`") if _LIST in members else ():
        with problems.collected():
            reader.listed(item)
    if more := _continued(members):
        problems.add([Diagnostic(Code.INCOMPLETE_EXPORT, "more roles follow these", file.source, more.name_span, _ALL, Level.NOTICE)])
    return Extract(reader.found, reader.details())


def _continued(members: Mapping[str, Member]) -> Member | None:
    """Return the member that says that more follows."""
    truncated = members.get("IsTruncated")
    if truncated and isinstance(truncated.value, JsonBoolean) and truncated.value.value:
        return truncated
    return members.get("NextToken")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Collects the entries of one file."""

    file: TextFile
    problems: Problems
    entities: list[Entity] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    found: list[RawDocument] = field(default_factory=list)
    accounts: set[str] = field(default_factory=set)

    def single(self, node: JsonNode, kind: str) -> None:
        """Read a user or role, which has a boundary if one is printed; its policies are those that other sources attach."""
        members, arn, (account, name) = self._entry(node, kind)
        trust = self._trust(members, arn) if kind == "role" else None
        boundary = self._boundary(members)
        span = members["Arn"].value.span
        self.entities.append(Entity(arn, account, kind, name, span, (), (), (), boundary, trust))
        message = f"this does not say which policies the {kind} {quote(name)} has: only those of other sources count"
        self.open.append(Open(Code.NOT_ATTACHED, message, _WHOLE, span))

    def listed(self, node: JsonNode) -> None:
        """Read the trust policy of a role."""
        members, arn, _ = self._entry(node, "role")
        self.held.append(Held(arn, self._trust(members, arn), members["Arn"].value.span))

    def details(self) -> AccountDetails:
        """Return what the file says about its account."""
        entities, held, accounts = tuple(self.entities), tuple(self.held), frozenset(self.accounts)
        return AccountDetails(self.file.source, entities, {}, accounts, None, exported=False, held=held, open=tuple(self.open))

    def _entry(self, node: JsonNode, kind: str) -> tuple[Mapping[str, Member], str, tuple[str, str]]:
        source = self.file.source
        members = object_members(node, source, f"a {kind}", None)
        require(node, members, source, f"a {kind}", ("Arn", _TRUST) if kind == "role" else ("Arn",))
        arn = text_of(members["Arn"].value, source, "`Arn`")
        match = ENTITY_ARN.fullmatch(arn)
        if match is None or match[2] != kind:
            message = f"{quote(arn)} is not the ARN of a {kind}"
            raise PolicyError([Diagnostic(Code.WRONG_SOURCE_TYPE, message, source, members["Arn"].value.span)])
        self.accounts.add(match[1])
        return members, arn, (match[1], match[3])

    def _trust(self, members: Mapping[str, Member], arn: str) -> str:
        name = f"{arn}/trust"
        node = decoded(members[_TRUST].value, self.file.source)
        with self.problems.collected():
            self.found.append(document(name, node, self.file.source, self.file.place.file, FORMS[Kind.TRUST]))
        return name

    def _boundary(self, members: Mapping[str, Member]) -> Reference | None:
        if "PermissionsBoundary" not in members:
            return None
        node = members["PermissionsBoundary"].value
        told = object_members(node, self.file.source, "`PermissionsBoundary`", None)
        require(node, told, self.file.source, "`PermissionsBoundary`", ["PermissionsBoundaryArn"])
        arn = told["PermissionsBoundaryArn"].value
        return Reference(text_of(arn, self.file.source, "`PermissionsBoundaryArn`"), arn.span)


FORMAT: Final = Format("a user or role", "`Role`, `User`, `Roles`", _recognises, _read)
