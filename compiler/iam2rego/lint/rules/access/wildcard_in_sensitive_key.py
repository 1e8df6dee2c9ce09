"""IAM812: a wildcard in the value of a key that says whose something is (C13)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import AnyOne, AnyRun
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.sensitive import sensitive_values
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM812",
    name="wildcard-in-sensitive-key",
    level=Level.WARNING,
    summary="A value for the id of an account, an organization, a VPC or a caller has a wildcard (C13).",
    why=(
        "Such ids are given out at random, so the wildcard matches ids of strangers. In `aws:userid` the id of a user or role must be "
        "whole; the name of the session after the colon may have wildcards."
    ),
    remedy="List the whole ids. To test that the key is present, use `Null`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:SourceVpce": "vpce-1a2b*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("WILDCARD_USAGE_TOO_PERMISSIVE",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the values that String operators match with wildcards."""
    for test, value, segments in sensitive_values(subject):
        if any(isinstance(segment, AnyRun | AnyOne) for segment in segments):
            message = f"{quote(value.text)} has a wildcard, so it also matches values of {quote(test.condition.key)} that strangers have"
            yield Occurrence(value.span, message, "write the whole id")
