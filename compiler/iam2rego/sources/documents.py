"""Policy documents that a source holds, before they are read: bare, wrapped as the AWS CLI prints them, or as the text of a string."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.attachments import Attachments
from iam2rego.source import Source, Span
from iam2rego.sources.members import object_members, require, wrong_type
from iam2rego.syntax.forms import Form
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonObject, JsonString, kind

_DOCUMENT: Final = frozenset({"Version", "Id", "Statement"})
_INLINE: Final = ("PolicyName", "PolicyDocument", "UserName", "GroupName", "RoleName")
_VERSION: Final = ("Document", "VersionId", "IsDefaultVersion", "CreateDate")
_KINDS: Final = (
    "known are a policy document (`Version`, `Statement`), `{PolicyName, PolicyDocument}`, `{PolicyVersion: {Document}}`, "
    "a policy set (`policies`) and an account's authorization details (`UserDetailList`, ...)"
)
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A policy document that is still to be read: its name, the file and the text that hold it, its form."""

    name: str
    file: str
    node: JsonNode
    source: Source
    form: Form


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document by its name, and where it stands."""

    name: str
    source: Source
    span: Span


@dataclass(frozen=True, slots=True)
class Contents:
    """To whom a source attaches its documents, by name; `spare` names those that are attached to nobody."""

    source: Source
    attachments: Attachments
    spare: frozenset[str] = frozenset()


def unwrapped(root: JsonNode, source: Source) -> JsonNode:
    """Return the node of the one document in ``root``.

    Raises:
        PolicyError: it is neither a document nor a wrapper of one.
    """
    names = {member.name for member in root.members} if isinstance(root, JsonObject) else set()
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


def document(name: str, node: JsonNode, source: Source, file: str, form: Form) -> Found:
    """Take a document as it stands, or as the text of a string, in which places count anew.

    Raises:
        PolicyError: it is neither, or the string holds no JSON.
    """
    match node:
        case JsonObject():
            return Found(name, file, node, source, form)
        case JsonString(value=text):
            inner = Source(f"{source.name}#{name}", text)
            return Found(name, file, parse_json(inner), inner, form)
        case _:
            raise PolicyError([wrong_type(node, source, f"`{name}`", "a policy document, or a string that holds one")])


def decoded(node: JsonNode, source: Source) -> JsonNode:
    """Return a document that is a URL-encoded string, as IAM's API gives it, as one that is not encoded; others as they are.

    Raises:
        PolicyError: the encoded bytes are not UTF-8.
    """
    if not isinstance(node, JsonString) or node.value.lstrip().startswith("{"):
        return node
    try:
        return JsonString(unquote(node.value, errors="strict"), node.span)
    except UnicodeDecodeError:
        raise PolicyError([Diagnostic(Code.BAD_ENCODING, "the URL-encoded document is not UTF-8", source, node.span)]) from None


def _unknown_kind(root: JsonNode, source: Source) -> Diagnostic:
    """Say what was found instead of a policy."""
    if not isinstance(root, JsonObject):
        found = kind(root)
    elif root.members:
        found = f"an object with {', '.join(quote(member.name) for member in root.members[:_NAMED])}"
    else:
        found = "an empty object"
    return Diagnostic(Code.UNKNOWN_SOURCE, f"this is no policy but {found}", source, root.span, _KINDS)
