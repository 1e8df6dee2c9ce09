"""IAM813: a variable in the value of a key that says whose something is (V7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import Segment, Variable
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.sensitive import sensitive_values
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM813",
    name="variable-in-sensitive-key",
    level=Level.WARNING,
    summary="A value for the id of an account, an organization, a VPC or a caller has a variable (V7).",
    why=(
        "Whoever can set the value of the variable, such as a tag, decides what the condition matches, and with a `Like` operator a tag "
        "may have wildcards. "
        "The accounts and organizations of the principal, the resource and the source, and `aws:Ec2InstanceSourceVpc`, are let pass: AWS "
        "sets them, and to compare them is a common way of keeping access within an organization."
    ),
    remedy="List the ids.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:SourceVpce": "${aws:PrincipalTag/endpoint}"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", '
        '"Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}}'
    ),
    kind=Kind.RESOURCE,
    aws=("VARIABLE_USAGE_TOO_PERMISSIVE",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
)

_SAFE: Final = frozenset(
    {
        "aws:ec2instancesourcevpc",
        *(f"aws:{whose}{what}" for whose in ("principal", "resource", "source") for what in ("account", "orgid")),
    }
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the values of String operators."""
    for test, value, segments in sensitive_values(subject):
        variable = next(filter(_is_unsafe, segments), None)
        if isinstance(variable, Variable):
            name = quote(f"${{{variable.key}}}")
            message = f"the value of {name} decides which {quote(test.condition.key)} the condition matches"
            yield Occurrence(value.span, message, "write the id, unless nobody else can set the value")


def _is_unsafe(segment: Segment) -> bool:
    return isinstance(segment, Variable) and fold_key(segment.key) not in _SAFE
