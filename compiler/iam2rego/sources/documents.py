"""Policy documents in files, before they are read, and who has them."""

from dataclasses import dataclass
from urllib.parse import unquote

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicyType
from iam2rego.source import Source, Span
from iam2rego.sources.members import wrong_type
from iam2rego.syntax.forms import Form
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode, JsonObject, JsonString


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A policy document that is still to be read: the policy's name, the file and the text that hold it, and its form."""

    name: str
    file: str
    node: JsonNode
    source: Source
    form: Form


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The name of a policy, the place of its document, and its type."""

    name: str
    source: Source
    span: Span
    type: PolicyType


@dataclass(frozen=True, slots=True)
class Contents:
    """Who has which policies, as one source says; `spare` are the names of those that nobody has."""

    source: Source
    attachments: Attachments
    spare: frozenset[str] = frozenset()


def document(name: str, node: JsonNode, source: Source, file: str, form: Form) -> RawDocument:
    """Take a document that is an object, or a string that holds one. Places in a string count from its start.

    Raises:
        PolicyError: it is neither, or the string is not JSON.
    """
    match node:
        case JsonObject():
            return RawDocument(name, file, node, source, form)
        case JsonString(value=text):
            inner = Source(f"{source.name}#{name}", text)
            return RawDocument(name, file, parse_json(inner), inner, form)
        case _:
            raise PolicyError([wrong_type(node, source, f"`{name}`", "a policy document, or a string that holds one")])


def decoded(node: JsonNode, source: Source) -> JsonNode:
    """Decode a document that is a URL-encoded string, as IAM's API returns it; return others as they are.

    Raises:
        PolicyError: the encoded bytes are not UTF-8.
    """
    if not isinstance(node, JsonString) or node.value.lstrip().startswith("{"):
        return node
    try:
        return JsonString(unquote(node.value, errors="strict"), node.span)
    except UnicodeDecodeError:
        raise PolicyError([Diagnostic(Code.BAD_ENCODING, "the URL-encoded document is not UTF-8", source, node.span)]) from None
