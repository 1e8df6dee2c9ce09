"""Lists the policies of sources: where each is found, and what becomes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iam2rego.diagnostics import Code, Diagnostic, Level, sort
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import OF_RESOURCES, Kind, Policy
from iam2rego.ir.walk import walk
from iam2rego.jsontext import JsonValue
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.format import Extract, Options
from iam2rego.sources.listed import Outcome
from iam2rego.sources.loading import combined
from iam2rego.sources.parsing import read_sources
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Reading, extracted, itself, reading_of, without_needs
from iam2rego.sources.stepping import stepped, unseen
from iam2rego.sources.values import value_of
from iam2rego.workers import Step

_EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy of a source.

    Attributes:
        name: its name in every output.
        kind: ``trust``, or what decides whom it is attached to, such as ``identity`` or ``resource``.
        file: the file, as messages name it.
        line: the line where it begins, None if it is in a string or has no place.
        resource: the logical id in a template, or the address in a plan or state.
        path: the property of that resource which holds it.
        outcome: what becomes of it.
        needs: the names that nothing tells, or what it waits for.
        attached_to: the ARNs of the principals and resources that have it; ``*`` for all of them.
        document: the policy as resolved; None if it is not known.
    """

    name: str
    kind: str
    file: str
    line: int | None
    resource: str | None
    path: str | None
    outcome: Outcome
    needs: tuple[str, ...]
    attached_to: tuple[str, ...]
    document: JsonValue


def list_policies(paths: Sequence[str], options: Options, step: Step = unseen) -> tuple[list[Entry], tuple[Diagnostic, ...]]:
    """Return the policies of sources, file by file, and what is wrong with the files. What is wrong in policies, `check` says."""
    problems, attachments = Problems(), None
    files = read_sources(paths, problems)
    extracts = [extracted(file, options) for file in stepped(files, step)]
    readings = [without_needs(reading_of(file, options, *each, itself)) for file, each in zip(files, extracts, strict=True)]
    wrong = [each for reading in readings for each in reading.structure if each.level is Level.ERROR]
    right = [_right(each) for each in readings]
    with (uniting := Problems()).collected():
        together = combined(paths, right, options, problems, checking=True)
        attachments = together.attachments
        uniting.add(together.diagnostics)
    holders = _holders(attachments) if attachments else {}
    entries = [entry for file, (extract, _) in zip(files, extracts, strict=True) for entry in _entries(file.source.name, extract)]
    united = [each for each in uniting.found if not (wrong and each.code is Code.NO_POLICY)]  # it is told already why
    return [_attached(each, holders, known=attachments is not None) for each in entries], tuple(sort([*wrong, *united]))


def _right(reading: Reading[Policy]) -> Reading[Policy]:
    """Return a reading without the errors of the file, and without what is wrong in its policies, which `check` says."""
    return replace(reading, structure=tuple(each for each in reading.structure if each.level is not Level.ERROR), findings=())


def _entries(file: str, extract: Extract) -> Iterator[Entry]:
    """Yield the policies of a file: those of a template, plan or state, or else its documents."""
    documents = {each.name: each for each in extract.documents}
    for each in extract.listed:
        found = documents.get(each.name) if each.outcome is Outcome.READ else None
        line = each.span.line if each.span else None
        kind = _kind(each.kind)
        yield Entry(each.name, kind, file, line, each.resource, each.path, each.outcome, each.needs, (), _value(found))
    for document in extract.documents if not extract.listed else ():
        line = document.node.span.line if document.source.name == file else None
        yield Entry(document.name, _kind(document.form.kind), file, line, None, None, Outcome.READ, (), (), _value(document))


def _kind(kind: Kind) -> str:
    return Kind.RESOURCE.value if kind in OF_RESOURCES else kind.value


def _value(document: RawDocument | None) -> JsonValue:
    return value_of(document.node) if document else None


def _attached(entry: Entry, holders: Mapping[str, Sequence[str]], *, known: bool) -> Entry:
    """Add who has a policy. Where that is ``known``, one that is read and that nobody has is not attached."""
    attached = tuple(holders.get(entry.name, ()))
    outcome = Outcome.NOT_ATTACHED if known and entry.outcome is Outcome.READ and not attached else entry.outcome
    return replace(entry, attached_to=attached, outcome=outcome)


def _holders(attachments: Attachments) -> Mapping[str, Sequence[str]]:
    """Return who has each policy, by its name."""
    found: dict[str, dict[str, None]] = {}
    for each in walk(attachments):
        found.setdefault(each.policy, {})[each.arn or _EVERYBODY] = None
    return {name: [*holders] for name, holders in found.items()}
