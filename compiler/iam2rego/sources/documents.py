"""Finds the policy documents in a source: bare, wrapped as the AWS CLI prints them, or in a policy set."""

from dataclasses import dataclass
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.sources.files import TextFile
from iam2rego.sources.members import items_of, object_members, require, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonObject, JsonString, kind

_DOCUMENT: Final = frozenset({"Version", "Id", "Statement"})
_INLINE: Final = ("PolicyName", "PolicyDocument", "UserName", "GroupName", "RoleName")
_VERSION: Final = ("Document", "VersionId", "IsDefaultVersion", "CreateDate")
_ACCOUNT: Final = frozenset({"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"})
_LATER_TYPES: Final = ("resource", "permissions_boundary", "session", "service_control", "resource_control", "vpc_endpoint")
_KINDS: Final = (
    "known are a policy document (`Version`, `Statement`), `{PolicyName, PolicyDocument}`, `{PolicyVersion: {Document}}` "
    "and a policy set (`policies`)"
)
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A policy document that is still to be read: its name (contract.md, Names), the file and the text that hold it."""

    name: str
    file: str
    node: JsonNode
    source: Source


def documents(file: TextFile, problems: Problems) -> list[Found]:
    """Return the policy documents of a file; which kind of source it is follows from its members.

    Raises:
        PolicyError: the text is not JSON, or is none of the kinds.
    """
    source = file.source
    root = parse_json(source)
    names = {member.name for member in root.members} if isinstance(root, JsonObject) else set()
    if "policies" in names:
        return _policy_set(root, file, problems)
    if names & _ACCOUNT:
        raise PolicyError([_later(root, source, "an account's authorization details are")])
    return [Found(file.place.stem, file.place.file, _unwrapped(root, names, source), source)]


def _unwrapped(root: JsonNode, names: set[str], source: Source) -> JsonNode:
    """Return the node of the one document in ``root``."""
    if "PolicyDocument" in names:
        return object_members(root, source, "a wrapped policy", _INLINE)["PolicyDocument"].value
    if "PolicyVersion" in names:
        return _of_version(object_members(root, source, "a wrapped policy", ("PolicyVersion",))["PolicyVersion"].value, source)
    if names & _DOCUMENT:
        return root
    raise PolicyError([_unknown_kind(root, source)])


def _of_version(node: JsonNode, source: Source) -> JsonNode:
    members = object_members(node, source, "`PolicyVersion`", _VERSION)
    require(node, members, source, "`PolicyVersion`", ("Document",))
    return members["Document"].value


def _policy_set(root: JsonNode, file: TextFile, problems: Problems) -> list[Found]:
    members = object_members(root, file.source, "a policy set", ("policies", "resources"))
    if "resources" in members:
        problems.add([_later(members["resources"].value, file.source, "policies of resources are")])
    return policies_of(members["policies"].value, file.source, file.place.file, problems)


def policies_of(node: JsonNode, source: Source, file: str, problems: Problems) -> list[Found]:
    """Return the documents of a `policies` member, named ``identity[0]`` and so on; those that cannot be read are problems.

    Raises:
        PolicyError: it is no object, or has members that are no types of policy.
    """
    members = object_members(node, source, "`policies`", ("identity", *_LATER_TYPES))
    problems.add(_later(members[name].value, source, f"policies of the type `{name}` are") for name in _LATER_TYPES if name in members)
    if "identity" not in members:
        return []
    found: list[Found] = []
    for index, item in enumerate(items_of(members["identity"].value, source, "`identity`")):
        with problems.collected():
            found.append(_document(f"identity[{index}]", item, source, file))
    return found


def _document(name: str, node: JsonNode, source: Source, file: str) -> Found:
    """Take a document as it stands, or as the text of a string, in which places count anew."""
    match node:
        case JsonObject():
            return Found(name, file, node, source)
        case JsonString(value=text):
            inner = Source(f"{source.name}#{name}", text)
            return Found(name, file, parse_json(inner), inner)
        case _:
            raise PolicyError([wrong_type(node, source, f"`{name}`", "a policy document, or a string that holds one")])


def _later(node: JsonNode, source: Source, what: str) -> Diagnostic:
    return Diagnostic(Code.NOT_SUPPORTED_YET, f"{what} not supported yet", source, node.span)


def _unknown_kind(root: JsonNode, source: Source) -> Diagnostic:
    """Say what was found instead of a policy."""
    if not isinstance(root, JsonObject):
        found = kind(root)
    elif root.members:
        found = f"an object with {', '.join(quote(member.name) for member in root.members[:_NAMED])}"
    else:
        found = "an empty object"
    return Diagnostic(Code.UNKNOWN_SOURCE, f"this is no policy but {found}", source, root.span, _KINDS)
