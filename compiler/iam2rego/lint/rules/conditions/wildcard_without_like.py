"""IAM313: a wildcard under an operator that reads none (C12, C13)."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator
from iam2rego.lint.conditions import spell_operator
from iam2rego.lint.edits import spell, under
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety, unsafe
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.source import Span
from iam2rego.syntax.report import quote

_VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
_LIKE: Final[Mapping[Operator, Operator]] = MappingProxyType(
    {
        Operator.STRING_EQUALS: Operator.STRING_LIKE,
        Operator.STRING_EQUALS_IGNORE_CASE: Operator.STRING_LIKE,
        Operator.STRING_NOT_EQUALS: Operator.STRING_NOT_LIKE,
        Operator.STRING_NOT_EQUALS_IGNORE_CASE: Operator.STRING_NOT_LIKE,
    }
)

FINDING: Final = Finding(
    code="IAM313",
    name="wildcard-without-like",
    level=Level.WARNING,
    summary="A value has `*` or `?`, but its operator compares letter by letter.",
    why="Only `StringLike`, `StringNotLike` and the Arn operators read wildcards. Others compare with the characters themselves.",
    remedy="Use `StringLike` or `StringNotLike`. If you mean the character itself, use them with `${*}` or `${?}`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:PrincipalTag/job-category": "admin-*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringLike": {"aws:PrincipalTag/job-category": "admin-*"}}}}'
    ),
    aws=("WILDCARD_WITHOUT_LIKE_OPERATOR",),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for wildcards outside variables."""
    for statement in subject.statements:
        for test in statement.tests:
            if like := _LIKE.get(test.condition.operator):
                fix = unsafe(f"use `{like}`", _with_like, subject, statement, test, like)
                yield from (Occurrence(*found, fix=fix) for found in _of_values(test.condition, like))


def _with_like(subject: Subject, statement: Written, test: Tested, like: Operator) -> tuple[Edit, ...]:
    return under(subject.source, statement, test, spell(test.condition, like))


def _of_values(condition: Condition, like: Operator) -> Iterator[tuple[Span | None, str, str]]:
    for value in condition.values:
        outside = _VARIABLE.sub("", value.text)
        if "*" in outside or "?" in outside:
            message = f"{spell_operator(condition)} reads no wildcards, so {quote(value.text)} is compared letter by letter"
            yield value.span, message, f"did you mean `{like}`?"
