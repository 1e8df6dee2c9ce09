"""What the AWS CLI prints around one identity-based policy. `WRAPPERS` has all that is known about its commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.source import Source
from iam2rego.sources.account_details import Owner
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.formats.aws_cli_managed import MEMBERS
from iam2rego.sources.members import has_all, has_any, object_members, require
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.tree import JsonNode, JsonObject, JsonString


@dataclass(frozen=True, slots=True)
class Wrapper:
    """An object around a document.

    Attributes:
        name: what messages call the object.
        member: the member that leads to the document.
        others: the members that may be beside it.
        owners: those of them that name who has the policy, with the kind of that.
        inner: the wrapper that is the value of the member; None if the value is the document.
    """

    name: str
    member: str
    others: tuple[str, ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    inner: "Wrapper | None" = None


WRAPPERS: Final = (
    # aws iam get-role-policy, get-user-policy, get-group-policy
    Wrapper(
        "a wrapped policy",
        "PolicyDocument",
        ("PolicyName", "UserName", "GroupName", "RoleName"),
        (("UserName", "user"), ("GroupName", "group"), ("RoleName", "role")),
    ),
    # aws iam get-policy-version
    Wrapper(
        "a wrapped policy",
        "PolicyVersion",
        inner=Wrapper("`PolicyVersion`", "Document", ("VersionId", "IsDefaultVersion", "CreateDate")),
    ),
)


def _recognises(root: JsonNode) -> bool:
    return has_any(root, [each.member for each in WRAPPERS]) and not has_all(root, MEMBERS)


def _read(root: JsonNode, file: TextFile, options: Options, _: Problems) -> Extract:
    wrapper = next(each for each in WRAPPERS if has_any(root, [each.member]))
    node = _unwrapped(root, wrapper, file.source)
    found = RawDocument(file.place.stem, file.place.file, node, file.source, FORMS[options.kind])
    return Extract([found], _owner(root, wrapper) if options.kind is Kind.IDENTITY else None)


def _unwrapped(node: JsonNode, wrapper: Wrapper, source: Source) -> JsonNode:
    members = object_members(node, source, wrapper.name, (wrapper.member, *wrapper.others))
    require(node, members, source, wrapper.name, [wrapper.member])
    value = members[wrapper.member].value
    return _unwrapped(value, wrapper.inner, source) if wrapper.inner else value


def _owner(root: JsonNode, wrapper: Wrapper) -> Owner | None:
    """Return who has the policy, if the wrapper names one."""
    kinds: Mapping[str, str] = dict(wrapper.owners)
    for member in root.members if isinstance(root, JsonObject) else ():
        if member.name in kinds and isinstance(member.value, JsonString):
            return Owner(kinds[member.name], member.value.value, member.value.span)
    return None


FORMAT: Final = Format("a policy as the AWS CLI prints it", ", ".join(f"`{each.member}`" for each in WRAPPERS), _recognises, _read)
