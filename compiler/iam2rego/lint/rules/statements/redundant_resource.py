"""IAM505: a resource entry that another entry of the same list covers (R6)."""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ResourceEntry, Unmatchable
from iam2rego.ir.policy import Resources
from iam2rego.lint.edits import without_entry
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.inclusion import Symbols, Value
from iam2rego.lint.redundancy import redundant
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM505",
    name="redundant-resource",
    level=Level.NOTICE,
    summary="Another entry of the same list matches every resource that the entry matches (R6).",
    why=(
        "The policy means the same without it. A `*` at the end of an ARN matches slashes and colons, too: `arn:aws:s3:::logs-*` covers "
        "`arn:aws:s3:::logs-*/*`."
    ),
    remedy="Remove the entry or, if the other one is wider than intended, that one.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetRole", "Resource": '
        '["arn:aws:iam::111122223333:role/jane*", "arn:aws:iam::111122223333:role/jane-admin"]}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetRole", "Resource": '
        '["arn:aws:iam::111122223333:role/jane*", "arn:aws:iam::111122223333:role/ann"]}}'
    ),
    aws=("REDUNDANT_RESOURCE",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the entries of each list with one another."""
    for statement in subject.statements:
        written = statement.member("Resource", "NotResource")
        for entry, other in redundant([*_entries(statement.read.resources, statement.reach.resources.patterns)]):
            message = f"{quote(entry.text)} is redundant: {quote(other.text)} in the same list matches all of it"
            hint = "remove it or, if the other is wider than intended, the other"
            fix = safe("remove the entry", without_entry, written.value, entry.span) if written else None
            yield Occurrence(entry.span, message, hint, covered_by=(other.span,), fix=fix)


def _entries(resources: Resources, patterns: Sequence[Symbols]) -> Iterator[tuple[ResourceEntry, Symbols]]:
    """Yield the entries; without those of ``NotResource`` that have variables, which count even where another covers them (R10)."""
    entries = (each for each in resources.entries if not isinstance(each, Unmatchable))
    for entry, symbols in zip(entries, patterns, strict=True):
        if not (resources.negated and any(isinstance(symbol, Value) for symbol in symbols)):
            yield entry, symbols
