"""Reads one file, whatever other files there are: so a file can be read in any process, and need not be read again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Policy
from iam2rego.source import Source
from iam2rego.sources.documents import Document, Found, unwrapped
from iam2rego.sources.files import TextFile
from iam2rego.sources.formats.account_export import LISTS, Page, read_page
from iam2rego.sources.formats.policy_set import policy_set
from iam2rego.sources.keys import allows_keys
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS, Kind
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonObject

Made = TypeVar("Made")
_Attachments: TypeAlias = Attachments | Page | None


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read.

    Attributes:
        kind: what the documents are that stand in files of their own.
        lenient: whether the errors of docs/semantics.md, "Lenient mode", are warnings.
        parameters: the values of ``<placeholders>``.
    """

    kind: Kind
    lenient: bool
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading(Generic[Made]):
    """What one file holds.

    Attributes:
        source: its text.
        documents: the policy documents in it.
        made: what was made of the policies that these are; of those with errors nothing is.
        attachments: who has them, as a policy set says, or the page of an account export; None if the file does not say who has them.
        allows_keys: whether one of its identity policies allows actions on KMS keys (E15).
        placeholders: the names of those that were met.
        structure: what is wrong with the file.
        findings: what is wrong with its documents.
    """

    source: Source
    documents: tuple[Document, ...]
    made: tuple[Made, ...]
    attachments: _Attachments
    allows_keys: bool
    placeholders: frozenset[str]
    structure: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...]


def read_file(file: TextFile, options: Options, make: Callable[[Policy], Made]) -> Reading[Made]:
    """Read a file as what its members show it to be, and ``make`` something of each policy in it."""
    structure, findings = Problems(), Problems()
    found: Sequence[Found] = ()
    attachments: _Attachments = None
    with structure.collected():
        attachments, found = _classified(file, options.kind, structure)
    met: set[str] = set()
    made: list[Made] = []
    keys = False
    for policy in policies_of(found, findings, met, lenient=options.lenient, parameters=options.parameters):
        made.append(make(policy))
        keys = keys or allows_keys(policy)
    documents = tuple(Document(each.name, each.source, each.node.span) for each in found)
    return Reading(file.source, documents, tuple(made), attachments, keys, frozenset(met), structure.found, findings.found)


def _classified(file: TextFile, kind: Kind, problems: Problems) -> tuple[_Attachments, Sequence[Found]]:
    """Return the documents of a file, with what it says of whom they concern.

    Raises:
        PolicyError: the text is not JSON, or is none of the kinds.
    """
    source, name = file.source, file.place.file
    root = parse_json(source)
    names = {member.name for member in root.members} if isinstance(root, JsonObject) else set()
    if "policies" in names:
        return policy_set(root, source, name, problems)
    if not names.isdisjoint(LISTS):
        return read_page(root, source, name, problems)
    return None, [Found(file.place.stem, name, unwrapped(root, source), source, FORMS[kind])]


def policies_of(
    found: Sequence[Found], problems: Problems, met: set[str], *, lenient: bool, parameters: Mapping[str, str]
) -> Iterator[Policy]:
    """Yield the policies of the documents without errors, and add to ``met`` the names of placeholders in all of them."""
    for each in found:
        reading = read_policy(each.node, each.source, each.form, lenient=lenient, parameters=parameters)
        problems.add(reading.diagnostics)
        met |= reading.placeholders
        if reading.document is not None:
            yield Policy(name=each.name, type=each.form.type, file=each.file, document=reading.document)
