"""IAM814: a condition that excludes prefixes of S3 keys, although a request may leave its prefix out or choose a shorter one (C4)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.ir.policy import Effect
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM814",
    name="excluded-prefix",
    level=Level.SECURITY,
    score=5.0,
    summary="`s3:prefix` is used to exclude prefixes: in a `Deny`, or with a negated operator in an `Allow`.",
    why=(
        "The caller chooses the prefix. A caller who may not list `private*` asks for `priv`, or for no prefix, and gets the names of "
        "the same objects."
    ),
    remedy="Allow the prefixes that may be listed, or deny all but these with `StringNotLike`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", '
        '"Condition": {"StringLike": {"s3:prefix": "private/*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", '
        '"Condition": {"StringNotLike": {"s3:prefix": "public/*"}}}}'
    ),
    aws=("S3_PREFIX_IN_NEGATIVE_CONTEXT",),
    reference="https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
)

_KEY: Final = "s3:prefix"
_EXCLUDING: Final = {
    Effect.DENY: {Operator.STRING_EQUALS, Operator.STRING_EQUALS_IGNORE_CASE, Operator.STRING_LIKE},
    Effect.ALLOW: {Operator.STRING_NOT_EQUALS, Operator.STRING_NOT_EQUALS_IGNORE_CASE, Operator.STRING_NOT_LIKE},
}


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at conditions on the prefix."""
    for statement in subject.statements:
        for test in statement.tests:
            if fold_key(test.condition.key) == _KEY and test.condition.operator in _EXCLUDING[statement.read.effect]:
                operator = quote(test.operator.name)
                message = f"{operator} with `{_KEY}` in {_EFFECT[statement.read.effect]} does not keep the objects secret"
                yield Occurrence(
                    test.key.name_span, f"{message}: a request may have a shorter prefix", "list the prefixes that are allowed"
                )


_EFFECT: Final = {Effect.DENY: "a `Deny`", Effect.ALLOW: "an `Allow`"}
