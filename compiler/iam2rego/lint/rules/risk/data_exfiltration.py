"""IAM902: an identity policy allows taking all data of a kind away."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.risks import DATA
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import first_of, unrestricted
from iam2rego.lint.narrower import narrower_of
from iam2rego.lint.subject import Subject

FINDING: Final = Finding(
    code="IAM902",
    name="data-exfiltration",
    level=Level.SECURITY,
    summary="An identity policy allows reading or copying every object, secret, parameter or database, without condition.",
    why=(
        "One leaked key of such a user or role is enough to take the data away. Found for `s3:GetObject`, "
        "`secretsmanager:GetSecretValue`, `ssm:GetParameter`, `ssm:GetParameters`, `ssm:GetParametersByPath`, "
        "`rds:CopyDBSnapshot` and `rds:CreateDBSnapshot` on `*`."
    ),
    remedy="Name the resources that hold the data the task needs.",
    bad=('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}}'),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": '
        '"arn:aws:secretsmanager:us-east-1:111122223333:secret:app-*"}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    score=7.0,
    default=False,
    practice="Grant least privilege",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each entry for the first of its actions that answers with data."""
    for grant in unrestricted(subject):
        named = [action for action in DATA if grant.allows(action.lower())]
        if named:
            message = f"{first_of(named)} on every resource: {DATA[named[0]]} can be read or copied"
            yield Occurrence(grant.span, message, narrower_of(named[0], subject.catalogue))
