"""IAM908: an identity policy allows changes under no condition."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.access import Access, AccessLevel
from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.grants import grants, matching
from iam2rego.lint.narrower import limiting_key
from iam2rego.lint.subject import Subject, Written
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM908",
    name="change-without-condition",
    level=Level.NOTICE,
    summary="A statement of an identity policy allows changes, and has no condition.",
    why=(
        "AWS advises to say, as far as it is practical, from which addresses, until when or with which encryption a request is "
        "allowed. Found once for each statement with actions that write or manage permissions."
    ),
    remedy="Add a condition: a key of the action, `aws:SourceIp`, `aws:SourceVpce`, `aws:CurrentTime` or `aws:SecureTransport`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": '
        '"arn:aws:ecs:us-east-1:111122223333:task-definition/web:*"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecs:RunTask", "Resource": '
        '"arn:aws:ecs:us-east-1:111122223333:task-definition/web:*", "Condition": {"ArnEquals": {"ecs:cluster": '
        '"arn:aws:ecs:us-east-1:111122223333:cluster/default"}}}}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
    default=False,
    practice="Use policy conditions for extra security",
)

_READING: Final = (AccessLevel.LIST, AccessLevel.READ)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each statement without condition."""
    if not (known := subject.catalogue):
        return
    found: dict[int, tuple[Written, Access]] = {}
    bare = (grant for grant in grants(subject) if not grant.statement.read.conditions)
    for grant, actions in matching(bare, known, lambda action: action.level not in _READING):
        found.setdefault(grant.statement.index, (grant.statement, actions[0]))
    for statement, action in found.values():
        key = limiting_key(action, known)
        hint = f"test {quote(key)}, or `aws:SourceIp`" if key else "test where the request comes from, for example with `aws:SourceIp`"
        yield Occurrence(statement.read.span, f"{quote(action.name)} is allowed from everywhere, at any time: no condition limits it", hint)
