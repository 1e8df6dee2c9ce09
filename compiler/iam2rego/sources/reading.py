"""Reads one file without looking at others. So any process can read it, and the result can be cached."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeAlias, TypeVar

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Policy
from iam2rego.source import Source
from iam2rego.sources.account_details import AccountDetails, Owner
from iam2rego.sources.documents import NamedPlace, RawDocument
from iam2rego.sources.extracting import extract_from
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Options
from iam2rego.sources.keys import allows_keys
from iam2rego.sources.problems import Problems
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.tree import JsonObject

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Made]):
    """What one file holds.

    Attributes:
        source: its text.
        documents: the names and places of the policy documents in it.
        made: what was made of the policies without errors.
        attachments: as in `Extract`.
        allows_keys: whether one of its identity policies allows actions on KMS keys (E15).
        placeholders: the names of the placeholders in it, and of the parameters that give values of a template.
        structure: what is wrong with the file.
        findings: what is wrong with its documents.
    """

    source: Source
    documents: tuple[NamedPlace, ...]
    made: tuple[Made, ...]
    attachments: Attachments | AccountDetails | Owner | None
    allows_keys: bool
    placeholders: frozenset[str]
    structure: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Legible:
    """What can be read of a policy, with its text and the node that it is written at."""

    policy: Policy
    source: Source
    node: JsonObject


See: TypeAlias = Callable[[Legible], None]


def itself(policy: Policy) -> Policy:
    """Make nothing of a policy but itself."""
    return policy


def without_needs(reading: Reading[Made]) -> Reading[Made]:
    """Return a reading in which names that nothing tells are notices."""
    structure = (replace(each, given=Level.NOTICE) if each.code is Code.UNKNOWN_NAME else each for each in reading.structure)
    return replace(reading, structure=tuple(structure))


def _ignore(_: Legible) -> None:
    pass


def read_file(file: TextFile, options: Options, make: Callable[[Policy], Made], see: See = _ignore) -> Reading[Made]:
    """Read a file of any format, ``make`` something of each policy in it, and ``see`` what can be read of each."""
    return reading_of(file, options, *extracted(file, options), make, see)


def extracted(file: TextFile, options: Options) -> tuple[Extract, Problems]:
    """Return what a file holds, nothing if it is unreadable, and what is wrong with it."""
    structure = Problems()
    with structure.collected():
        return extract_from(file, options, structure), structure
    return Extract(()), structure


def reading_of(
    file: TextFile, options: Options, extract: Extract, structure: Problems, make: Callable[[Policy], Made], see: See = _ignore
) -> Reading[Made]:
    """Read what was extracted of a file, as `read_file` does."""
    findings, met = Problems(), set(extract.bound)
    made: list[Made] = []
    keys = False
    for policy in policies_of(extract.documents, findings, met, see, lenient=options.lenient, parameters=options.parameters):
        made.append(make(policy))
        keys = keys or allows_keys(policy)
    places = tuple(NamedPlace(each.name, each.source, each.node.span, each.form.type) for each in extract.documents)
    return Reading(file.source, places, tuple(made), extract.attachments, keys, frozenset(met), structure.found, findings.found)


def policies_of(
    documents: Sequence[RawDocument], problems: Problems, met: set[str], see: See = _ignore, *, lenient: bool, parameters: Mapping[str, str]
) -> Iterator[Policy]:
    """Yield the policies of documents without errors; add to ``met`` the names of the placeholders in all documents."""
    for each in documents:
        reading = read_policy(each.node, each.source, each.form, lenient=lenient, parameters=parameters)
        problems.add(reading.diagnostics)
        met |= reading.placeholders
        if reading.legible is not None and isinstance(each.node, JsonObject):
            policy = Policy(name=each.name, type=each.form.type, kind=each.form.kind, file=each.file, document=reading.legible)
            see(Legible(policy, each.source, each.node))
            if reading.document is not None:
                yield policy
