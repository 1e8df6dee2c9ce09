"""IAM507: conditions on a key that exclude each other (C1)."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.conditions import spell_operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM507",
    name="impossible-conditions",
    level=Level.WARNING,
    summary="Conditions on the same key cannot all be true, so the statement never applies.",
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
    """Compare the conditions on each key in pairs and, where no pair is impossible, all together."""
    for statement in subject.statements:
        by_key: dict[str, list[Tested]] = {}
        for test in statement.tests:
            by_key.setdefault(fold_key(test.condition.key), []).append(test)
        for tests in by_key.values():
            yield from map(_occurrence, _impossible(tests))


def _impossible(tests: Sequence[Tested]) -> list[Sequence[Tested]]:
    """Return the pairs of tests of one key that are never both true, or else all tests if they are never all true."""
    if len(tests) == 1:
        return []
    from iam2rego.proofs.contradiction import exclude_each_other  # here, since few statements test a key twice

    def never_hold(group: Sequence[Tested]) -> bool:
        return exclude_each_other(*(each.condition for each in group))

    pairs: list[Sequence[Tested]] = [pair for pair in combinations(tests, 2) if never_hold(pair)]
    return pairs or ([tests] if len(tests) > 2 and never_hold(tests) else [])


def _occurrence(tests: Sequence[Tested]) -> Occurrence:
    *others, last = tests
    names = f"{', '.join(spell_operator(each.condition) for each in others)} and {spell_operator(last.condition)}"
    never = "never both true" if len(tests) == 2 else "never all true"
    message = f"{names} of {quote(last.condition.key)} are {never}, so this statement never applies"
    return Occurrence(last.key.name_span, message, "correct one of them")
