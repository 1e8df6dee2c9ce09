"""Reads a file to fix it: its policies, what is wrong, and the fixes that are offered."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.fixing import sids
from iam2rego.fixing.literal import Written
from iam2rego.ir.policy import Policy
from iam2rego.lint import Selected, Subject, by_default
from iam2rego.lint import fixes as of_rules
from iam2rego.lint.fix import Fix
from iam2rego.source import Source
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Options
from iam2rego.sources.reading import Legible, Reading, itself, read_file
from iam2rego.syntax.decode import UTF8_MARK
from iam2rego.syntax.places import text_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A fix, the finding that it removes, and the name of the policy that has it."""

    policy: str
    finding: Diagnostic
    fix: Fix

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when the text before its place changes."""
        return self.policy, self.finding.code, self.finding.message


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was read.

    Attributes:
        file: the file.
        subjects: its policies.
        offers: the fixes that edit the file itself.
        elsewhere: the findings that have a fix, but whose text is not the file's own, such as a document in a string.
        errors: how many errors the file has of each code.
    """

    file: TextFile
    subjects: tuple[Subject, ...]
    offers: tuple[Offer, ...]
    elsewhere: tuple[Diagnostic, ...]
    errors: Counter[str]


def seen(file: TextFile, options: Options, catalogue: Catalogue, selected: Selected = by_default) -> Seen:
    """Read a file, and look for the selected findings that have a fix."""
    legible: list[Legible] = []
    reading = read_file(file, options, itself, legible.append)
    subjects = tuple(Subject(each.policy, each.source, each.node, catalogue) for each in legible)
    found = [(each, offer) for each in subjects for offer in _offers(each, reading, selected)]
    offers = [offer for _, offer in found]
    written = Written(file) if offers else None
    own = [offer for each, offer in found if offer.finding.source is file.source and written and written.allows(offer.fix, each.node)]
    elsewhere = tuple(each.finding for each in offers if each.finding.source is not file.source)
    return Seen(file, subjects, tuple(own), elsewhere, _errors(reading))


def errors(file: TextFile, options: Options) -> Counter[str]:
    """Return how many errors a file has of each code."""
    return _errors(read_file(file, options, itself))


def _errors(reading: Reading[Policy]) -> Counter[str]:
    return Counter(str(each.code) for each in (*reading.structure, *reading.findings) if each.level is Level.ERROR)


def meanings(file: TextFile, options: Options) -> Mapping[str, Policy]:
    """Return the policies of a file by name, also those that only IAM's form of a `Sid` or the like keeps from being built."""
    return {each.name: each for each in read_file(file, replace(options, lenient=True), itself).made}


def edited(file: TextFile, text: str) -> TextFile:
    """Return the file with another text, still with its byte order mark."""
    mark = UTF8_MARK if file.data.startswith(UTF8_MARK) else b""
    return TextFile(file.place, Source(file.source.name, text), mark + text.encode())


def _offers(subject: Subject, reading: Reading[Policy], selected: Selected) -> Iterator[Offer]:
    if not text_of(subject.source, subject.node.span).startswith("{"):
        return  # made from a text of another form than JSON
    found = [each for each in reading.findings if each.source is subject.source]
    for finding, fix in (*sids.fixes(subject.node, found), *of_rules(subject, selected)):
        yield Offer(subject.policy.name, finding, fix)
