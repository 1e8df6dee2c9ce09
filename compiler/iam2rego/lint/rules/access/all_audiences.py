"""IAM809: a trust policy tests an audience with ``ForAllValues:`` (C7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Qualifier
from iam2rego.ir.policy import Kind
from iam2rego.lint.federation import audiences
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM809",
    name="all-audiences",
    level=Level.NOTICE,
    summary="A trust policy tests an audience with `ForAllValues:`, which is true without any value (C7).",
    why="A token without the claim passes, too.",
    remedy="Remove `ForAllValues:`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/accounts.example.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"ForAllValues:StringEquals": {"accounts.example.com:aud": "app"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/accounts.example.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"accounts.example.com:aud": "app"}}}}'
    ),
    kind=Kind.TRUST,
    aws=("CONFIRM_AUDIENCE_CLAIM_TYPE",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the keys of trust policies that end in ``:aud``."""
    for test in audiences(subject, Qualifier.FOR_ALL_VALUES):
        message = f"a token without {quote(test.condition.key)} passes this condition, too"
        yield Occurrence(test.key.name_span, message, f"use {quote(str(test.condition.operator))}")
