"""IAM319: a value that is not the ARN of a KMS key."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import ArnValue, TextValue
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

_KEYS: Final = re.compile("s3:x-amz-server-side-encryption-aws-kms-key-id|[^/]+kmskeyarn")
_KEY_ARN: Final = re.compile("arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+")
_FIELDS: Final = ("arn", "", "kms", "", "", "key/")
"""How an ARN of a key is written; the empty fields differ."""

_VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
_WILDCARD: Final = re.compile("[*?]")

FINDING: Final = Finding(
    code="IAM319",
    name="kms-key",
    level=Level.WARNING,
    summary="A value cannot be the ARN of a KMS key, which the condition key holds.",
    why="The condition key holds the ARN of a key, never an alias or a bare id.",
    remedy="Write the ARN of the key, such as `arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "alias/a"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", '
        '"Condition": {"ArnLike": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:*:111122223333:key/*"}}}}'
    ),
    aws=("INVALID_KMS_KEY_VALUE",),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the values of the keys with the form of such an ARN."""
    for test in subject.tests:
        for value in test.condition.values if _KEYS.fullmatch(fold_key(test.condition.key)) else ():
            if isinstance(value, TextValue | ArnValue) and not _may_be_a_key(value.text):
                message = f"{quote(value.text)} is not the ARN of a KMS key, which {quote(test.condition.key)} holds"
                yield Occurrence(value.span, message, "such an ARN has the form `arn:aws:kms:us-east-1:111122223333:key/<id>`")


def _may_be_a_key(text: str) -> bool:
    """Check the whole text, or what each field begins with; of a pattern that is no whole ARN, what comes before its first wildcard."""
    pattern = _VARIABLE.sub("*", text)
    wildcard = _WILDCARD.search(pattern)
    if not wildcard:
        return _KEY_ARN.fullmatch(pattern) is not None
    fields = pattern.split(":", 5)
    if len(fields) < len(_FIELDS):
        fields = pattern[: wildcard.end()].split(":")
    return all(_may_be(field, wanted) for field, wanted in zip(fields, _FIELDS, strict=False))


def _may_be(field: str, wanted: str) -> bool:
    head, *wild = _WILDCARD.split(field, maxsplit=1)
    return head.startswith(wanted) or (bool(wild) and wanted.startswith(head))
