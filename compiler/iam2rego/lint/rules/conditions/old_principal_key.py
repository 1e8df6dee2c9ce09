"""IAM325: `aws:ARN`, the old name of `aws:PrincipalArn`."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.edits import renamed_key
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM325",
    name="old-principal-key",
    level=Level.WARNING,
    summary="The condition key `aws:ARN` is an old name, which not every policy may use.",
    why="AWS deprecates the key in policies of identities, and does not support it in policies that name a principal.",
    remedy="Use `aws:PrincipalArn`, which holds the ARN of the role of a session, not that of the session.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/reader"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/reader"}}}}'
    ),
    aws=("DEPRECATED_GLOBAL_CONDITION_KEY", "UNSUPPORTED_GLOBAL_CONDITION_KEY"),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the key; what AWS calls it depends on the statement."""
    for statement in subject.statements:
        names_principal = statement.member("Principal", "NotPrincipal")
        aws = "UNSUPPORTED_GLOBAL_CONDITION_KEY" if names_principal else "DEPRECATED_GLOBAL_CONDITION_KEY"
        for test in statement.tests:
            if fold_key(test.condition.key) == "aws:arn":
                message = f"the key {quote(test.condition.key)} is {'not supported here' if names_principal else 'deprecated'}"
                fix = unsafe("use `aws:PrincipalArn`", renamed_key, test, "aws:PrincipalArn")
                yield Occurrence(test.key.name_span, message, "use `aws:PrincipalArn`", aws, fix=fix)
