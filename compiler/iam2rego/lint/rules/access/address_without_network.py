"""IAM811: a condition tests an address in a VPC, and none says which VPC (C3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM811",
    name="address-without-network",
    level=Level.WARNING,
    summary="A condition tests `aws:VpcSourceIp`, and no condition of the statement says which VPC the address is in.",
    why="Addresses in VPCs are private, so anybody can have a VPC with the same address.",
    remedy="Test `aws:SourceVpc`, `aws:SourceVpce` or `aws:SourceVpcArn` in the same statement.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.1.0.0/16"}, '
        '"StringEquals": {"aws:SourceVpc": "vpc-11223344"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("MISSING_PAIRED_CONDITION_KEYS",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip",
)

_NETWORKS: Final = frozenset({"aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn"})


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for addresses in statements that test no VPC and no endpoint."""
    for statement in subject.statements:
        if tested_keys(statement.read) & _NETWORKS:
            continue
        for test in statement.tests:
            if fold_key(test.condition.key) == "aws:vpcsourceip":
                message = f"{quote(test.condition.key)} is an address in any VPC, of any account"
                yield Occurrence(test.key.name_span, message, "test `aws:SourceVpc` or `aws:SourceVpce`, too")
