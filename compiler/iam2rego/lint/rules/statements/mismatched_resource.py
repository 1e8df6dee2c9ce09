"""IAM517: an action on resources that it never works on (R12)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.narrower import arn_of
from iam2rego.lint.subject import Subject
from iam2rego.lint.worked_on import Fit, fits
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM517",
    name="mismatched-resource",
    level=Level.WARNING,
    summary="None of the resources is of a type that the action works on, so the entry matches nothing.",
    why=(
        "`s3:GetObject` works on objects, and `arn:aws:s3:::b` is a bucket. Found with the catalogue for identity policies whose "
        "`Resource` lists ARNs of known types only; an entry with a wildcard is found if all its actions are like that."
    ),
    remedy="Name the resources that the action works on, or move it to another statement.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each action; without a catalogue, nothing is found."""
    for entry, fit, actions in fits(subject):
        if fit is Fit.NEVER:
            first = next(each for each in actions if each.types)
            hint = f"{quote(first.name)} works on `{arn_of(first.types[0])}`"
            yield Occurrence(entry.span, f"{quote(entry.text)} never works on these resources", hint)
