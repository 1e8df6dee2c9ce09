"""IAM526: the account of the bucket, in the policy of the bucket (C25)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ArnPattern, Text
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Written
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM526",
    name="irrelevant-resource-account",
    level=Level.NOTICE,
    summary="The policy of a bucket or an access point tests `s3:ResourceAccount`, which is the same for all its requests (C25).",
    why="The policy governs one resource, whose account never changes: the condition is always true, or never.",
    remedy="Remove the condition, or test the caller's account with `aws:PrincipalAccount`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"s3:ResourceAccount": "111122223333"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("IRRELEVANT_CONDITION_KEY_IN_POLICY",),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
)

_OF_S3: Final = frozenset({Kind.BUCKET, Kind.ACCESS_POINT, Kind.MULTI_REGION_ACCESS_POINT, Kind.OBJECT_LAMBDA_ACCESS_POINT})
_SERVICE: Final = 2
"""The field of an ARN that names the service."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the key; the resources tell whether a policy of no particular kind is that of a bucket or an access point."""
    for statement in subject.statements:
        for test in statement.tests if _is_of_s3(subject.policy.kind, statement) else ():
            if fold_key(test.condition.key) == "s3:resourceaccount":
                message = f"{quote(test.condition.key)} is the same in every request to this resource"
                yield Occurrence(test.key.name_span, message, "remove the condition, or test `aws:PrincipalAccount`")


def _is_of_s3(kind: Kind, statement: Written) -> bool:
    arns = (entry.fields for entry in statement.read.resources.entries if isinstance(entry, ArnPattern))
    names_s3 = any(
        len(fields) > _SERVICE and [each.text for each in fields[_SERVICE] if isinstance(each, Text)] == ["s3"] for fields in arns
    )
    return kind in _OF_S3 or (kind is Kind.RESOURCE and names_s3)
