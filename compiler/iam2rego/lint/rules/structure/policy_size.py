"""IAM113: a policy that is too large for AWS (G18)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.places import text_of

_TEXT: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*"}}'

FINDING: Final = Finding(
    code="IAM113",
    name="policy-size",
    level=Level.NOTICE,
    summary="The policy has more characters than AWS stores in a policy of its kind (G18).",
    why=(
        "AWS counts white space in policies of organizations, endpoints and tables, but not in those of IAM. "
        "This is only a notice, since AWS's own policies exceed the quota."
    ),
    remedy="Split the policy if you want to create it in AWS.",
    bad=_TEXT % ("b" * 6_144),
    good=_TEXT % "b",
    aws=(
        "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
        "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
        "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
        "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
        "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
    ),
)


@dataclass(frozen=True, slots=True)
class _Size:
    """The maximum size in characters of a type of policy, and AWS's issue code for more, if there is one."""

    most: int
    noun: str
    aws: str = ""
    white_space_counts: bool = False


_OF_A_RESOURCE: Final = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"
_MANAGED: Final = _Size(6_144, "a managed policy", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA")
_SIZES: Final[Mapping[Kind, _Size]] = MappingProxyType(
    {
        Kind.IDENTITY: _MANAGED,
        Kind.PERMISSIONS_BOUNDARY: _MANAGED,
        Kind.SESSION: _Size(2_048, "a session policy"),
        Kind.TRUST: _Size(2_048, "a trust policy", "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"),
        Kind.SERVICE_CONTROL: _Size(5_120, "a service control policy", "POLICY_SIZE_EXCEEDS_SCP_QUOTA", white_space_counts=True),
        Kind.RESOURCE_CONTROL: _Size(5_120, "a resource control policy", "POLICY_SIZE_EXCEEDS_RCP_QUOTA", white_space_counts=True),
        Kind.VPC_ENDPOINT: _Size(20_480, "a VPC endpoint policy", white_space_counts=True),
        Kind.BUCKET: _Size(20_480, "a bucket policy", _OF_A_RESOURCE),
        Kind.ACCESS_POINT: _Size(20_480, "an access point policy", _OF_A_RESOURCE),
        Kind.MULTI_REGION_ACCESS_POINT: _Size(20_480, "a Multi-Region Access Point policy", _OF_A_RESOURCE),
        Kind.OBJECT_LAMBDA_ACCESS_POINT: _Size(20_480, "an Object Lambda Access Point policy", _OF_A_RESOURCE),
        Kind.KEY: _Size(32_768, "a key policy", _OF_A_RESOURCE),
        Kind.QUEUE: _Size(8_192, "a queue policy", _OF_A_RESOURCE),
        Kind.TOPIC: _Size(30_720, "a topic policy", _OF_A_RESOURCE),
        Kind.TABLE: _Size(20_480, "the policy of a table", _OF_A_RESOURCE, white_space_counts=True),
    }
)
"""AWS's quotas; each service has its own for the policies of its resources, in bytes.

Amazon SQS Developer Guide, "Amazon SQS policy quotas": 8,192 bytes. Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and
resources reference": 30 KB. AWS KMS Developer Guide, "Resource quotas": 32 KB (32,768 bytes). All as of November 2026.
"""

_COUNTED: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^\t\n\r "]+')


def check(subject: Subject) -> Iterator[Occurrence]:
    """Count the characters of the document, but only if it may be too large."""
    text, size = text_of(subject.source, subject.node.span), _SIZES.get(subject.policy.kind)
    if size is None or len(text) <= size.most:
        return
    count = len(text) if size.white_space_counts else sum(map(len, _COUNTED.findall(text)))
    if count > size.most:
        counted = "characters" if size.white_space_counts else "characters without white space"
        message = f"the policy has {count:,} {counted}; {size.noun} may have {size.most:,}"
        yield Occurrence(subject.node.span, message, aws=size.aws)
