"""IAM408: an existing variable that can never match where it is used (V8, C26)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, Holds
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import ConditionValue, TextValue
from iam2rego.ir.pattern import Variable
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.lint.variables import Used, used_variables
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM408",
    name="impossible-variable",
    level=Level.WARNING,
    summary="The variable is a list, or is compared with a key of another kind (V8, C26).",
    why=(
        "A list cannot be the value of a variable. By AWS's table of global keys, an account id is never a user name, and an "
        "address is never a VPC id. The kinds are account ids, addresses, ARNs, booleans, dates, numbers, Regions, user names, and names "
        "or ids of services, organizations, VPCs and their endpoints. Tags, other text and the keys of services can have any value."
    ),
    remedy="Compare the key with one of its own kind. Test a list under `Condition`, with `ForAnyValue:` or `ForAllValues:`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:PrincipalAccount": "${aws:username}"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}}}}'
    ),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Check every variable, and values that consist of a single variable."""
    for each in used_variables(subject):
        if HOLDS.get(fold_key(each.variable.key)) is Holds.LIST:
            yield _list(each)
    for statement in subject.statements:
        for condition in statement.read.conditions:
            yield from (found for value in condition.values if (found := _comparison(condition.key, value)))


def _list(used: Used) -> Occurrence:
    effect = f"so this {used.of} matches nothing" if used.variable.default is None else "so it always has its default"
    message = f"{quote(used.spelling)} is a list, which cannot be the value of a variable, {effect}"
    return Occurrence(used.span, message, "test the list under `Condition`, with `ForAnyValue` or `ForAllValues`")


def _comparison(key: str, value: ConditionValue) -> Occurrence | None:
    match value:
        case TextValue(segments=(Variable(key=other, default=None),), span=span):
            one, two = HOLDS.get(fold_key(key), Holds.TEXT), HOLDS.get(fold_key(other), Holds.TEXT)
            if one is not two and not {one, two} & {Holds.TEXT, Holds.LIST}:
                message = f"{quote(key)} is {one} and `${{{other}}}` is {two}, so the two are hardly ever equal"
                return Occurrence(span, message, f"compare {quote(key)} with {one}")
    return None
