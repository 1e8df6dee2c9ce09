"""IAM506: an `Allow` that a `Deny` of the same policy takes back (E3)."""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect
from iam2rego.ir.principal import AnyPrincipal, Principals
from iam2rego.lint.edits import without_statement
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.reach import Reach
from iam2rego.lint.subject import Subject, Written
from iam2rego.lint.together import covering

FINDING: Final = Finding(
    code="IAM506",
    name="denied-allow",
    level=Level.WARNING,
    summary="A `Deny` of the same policy applies whenever an `Allow` does, so the `Allow` allows nothing.",
    why=(
        "An explicit `Deny` always wins. Found if one `Deny` covers the actions, resources, principals and conditions of the `Allow`, "
        "or if several are proved to cover them together."
    ),
    remedy="Remove the `Allow`, or narrow the `Deny`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:DeleteBucket", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket"}, {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}]}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:DeleteBucket", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket"}, {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"}]}'
    ),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare each ``Allow`` with each ``Deny``, and with all of them together."""
    denies = [each for each in subject.statements if each.read.effect is Effect.DENY]
    for statement in subject.statements if denies else ():
        if statement.read.effect is Effect.ALLOW and (by := _denying(subject, statement, denies)):
            verb = "denies" if len(by) == 1 else "deny"
            message = f"this `Allow` allows nothing: {' and '.join(map(_name, by))} {verb} all of it"
            fix = unsafe("remove the statement", without_statement, subject, statement)
            places = tuple(each.read.span for each in by)
            yield Occurrence(statement.read.span, message, "remove it, or narrow the `Deny`", covered_by=places, fix=fix)


def _denying(subject: Subject, allow: Written, denies: Sequence[Written]) -> Sequence[Written]:
    """Return the Denies that apply whenever an Allow does, one or another; none if none are known."""
    alone = next((each for each in denies if _covers(each.reach, allow.reach)), None)
    about = [each for each in denies if _is_about(each.read.principals, allow.read.principals)]
    return [alone] if alone else covering(allow, about, subject.policy.type)


def _covers(deny: Reach, allow: Reach) -> bool:
    is_sure = deny.conditions <= allow.conditions and not deny.resources.excludes_by_value and _is_about(deny.principals, allow.principals)
    return is_sure and bool(allow.actions.patterns) and deny.actions.reaches(allow.actions) and deny.resources.reaches(allow.resources)


def _is_about(denied: Principals | None, allowed: Principals | None) -> bool:
    everybody = denied is None or (not denied.negated and any(isinstance(each, AnyPrincipal) for each in denied.entries))
    return everybody or denied == allowed


def _name(statement: Written) -> str:
    return f"statement {statement.index} `{statement.read.sid}`" if statement.read.sid else f"statement {statement.index}"
