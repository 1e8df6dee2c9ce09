"""IAM518: an `Allow` of an action without resources, on ARNs (R11)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.lint.worked_on import Fit, named_actions
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM518",
    name="action-without-resource",
    level=Level.NOTICE,
    summary="An action that works on no resource is allowed on ARNs only: its requests are for `*`, so it is never allowed.",
    why="Found for identity policies whose `Resource` lists ARNs of known types only.",
    remedy="Allow the action on `*`, in a statement of its own.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}}',
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each action that is allowed."""
    for each in named_actions(subject):
        if each.fit is Fit.NO_RESOURCE and each.statement.read.effect is Effect.ALLOW:
            message = f"{quote(each.entry.text)} works on no resource, so this statement never allows it"
            yield Occurrence(each.entry.span, message, "allow it on `*`, in a statement of its own")
