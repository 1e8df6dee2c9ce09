"""IAM820: a guardrail on resources that does not tell AWS's services from other callers (E12)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.global_keys import OF_CALLERS
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.ir.policy import Effect, Kind
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM820",
    name="guardrail-on-services",
    level=Level.WARNING,
    summary="A resource control policy denies by the caller's or the source's account, and does not say whether it means AWS's services.",
    why=(
        "AWS's services call for their customers, and these requests have other keys. A service has no `aws:PrincipalOrgID`, so a "
        "`Deny` for strangers hits it, too, unless it tests that `aws:PrincipalIsAWSService` is `false`. `aws:SourceOrgID` and its like "
        "are only there when a service calls for a resource: test that `aws:PrincipalIsAWSService` is `true`, and with `Null` that "
        "`aws:SourceAccount` or `aws:SourceArn` is there."
    ),
    remedy="Add the condition that the hint names.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", '
        '"Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", '
        '"Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, '
        '"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}}'
    ),
    kind=Kind.RESOURCE_CONTROL,
    aws=(
        "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
        "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
        "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
    ),
    reference="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html",
)

_OF_SOURCES: Final = frozenset({"aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"})
_IS_SERVICE: Final = frozenset({"aws:principalisawsservice"})
_PRESENT: Final = frozenset({"aws:sourceaccount", "aws:sourcearn"})
_EQUALS: Final = frozenset({Operator.BOOL, Operator.STRING_EQUALS, Operator.STRING_EQUALS_IGNORE_CASE, Operator.STRING_LIKE})


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at what resource control policies deny."""
    if subject.policy.kind is Kind.RESOURCE_CONTROL:
        for statement in subject.statements:
            if statement.read.effect is Effect.DENY:
                yield from _of_statement(statement)


def _of_statement(statement: Written) -> Iterator[Occurrence]:
    of_principals, of_sources = _first(statement, OF_CALLERS), _first(statement, _OF_SOURCES)
    if of_principals and not _demands(statement, _IS_SERVICE, _EQUALS, "false"):
        message = f"services of AWS do not have {quote(of_principals.condition.key)}, and this may deny their requests"
        hint = 'add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}`'
        yield Occurrence(of_principals.key.name_span, message, hint, "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY")
    if of_sources and not _demands(statement, _IS_SERVICE, _EQUALS, "true"):
        message = f"only services of AWS have {quote(of_sources.condition.key)}, and this may deny the requests of others"
        hint = 'add `"Bool": {"aws:PrincipalIsAWSService": "true"}`'
        yield Occurrence(of_sources.key.name_span, message, hint, "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY")
    if of_sources and not _demands(statement, _PRESENT, frozenset({Operator.NULL}), "false"):
        message = f"a service of AWS may call without {quote(of_sources.condition.key)}, and this may deny its requests"
        hint = 'add `"Null": {"aws:SourceAccount": "false"}`'
        yield Occurrence(of_sources.key.name_span, message, hint, "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK")


def _first(statement: Written, keys: frozenset[str]) -> Tested | None:
    """Return the first condition on one of the folded ``keys`` that looks at its value."""
    tests = (test for test in statement.tests if test.condition.operator is not Operator.NULL)
    return next((test for test in tests if fold_key(test.condition.key) in keys), None)


def _demands(statement: Written, keys: frozenset[str], operators: frozenset[Operator], wanted: str) -> bool:
    """Return whether a condition is true for no other value than ``wanted`` of one of the folded ``keys``."""
    return any(
        fold_key(each.key) in keys and each.operator in operators and {value.text.lower() for value in each.values} == {wanted}
        for each in statement.read.conditions
    )
