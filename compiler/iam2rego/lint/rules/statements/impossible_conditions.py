"""IAM507: two conditions on a key that exclude each other (C1)."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition
from iam2rego.lint.conditions import spell_operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM507",
    name="impossible-conditions",
    level=Level.WARNING,
    summary="Two conditions on the same key cannot both be true, so the statement never applies.",
    why=(
        "All conditions of a statement must be true. Proved for every value of the key, for a list and for a missing key; where "
        "conditions have variables, for every value of these."
    ),
    remedy="Correct one of them, or split the statement in two.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2027-01-01"}, '
        '"DateLessThan": {"aws:CurrentTime": "2026-01-01"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2026-01-01"}, '
        '"DateLessThan": {"aws:CurrentTime": "2027-01-01"}}}}'
    ),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the conditions on each key in pairs."""
    for statement in subject.statements:
        found = (pair for pair in combinations(statement.tests, 2) if _are_impossible(pair[0].condition, pair[1].condition))
        for one, other in found:
            names = f"{spell_operator(one.condition)} and {spell_operator(other.condition)} of {quote(other.condition.key)}"
            yield Occurrence(other.key.name_span, f"{names} are never both true, so this statement never applies", "correct one of them")


def _are_impossible(one: Condition, other: Condition) -> bool:
    if fold_key(one.key) != fold_key(other.key):
        return False
    from iam2rego.proofs.contradiction import exclude_each_other  # here, since few statements test a key twice

    return exclude_each_other(one, other)
