"""IAM307: a multivalued key with an operator for single values (C6, C26)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.service_keys import holds_list
from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM307",
    name="missing-set-operator",
    level=Level.WARNING,
    summary="The key holds a list, and an operator without `ForAnyValue:` or `ForAllValues:` is false for every list (C6, C26).",
    remedy="Put `ForAnyValue:` or `ForAllValues:` before the operator.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:TagKeys": "team"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", '
        '"Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}}}'
    ),
    aws=("MISSING_QUALIFIER",),
)


_ONE_OR_MORE: Final = frozenset({"events:detail-type"})
"""Folded keys that hold a list by the reference, and one value in the policies of the service's User Guide: there, EventBridge."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for keys that hold lists; `Null` only tests whether the key is present."""
    for test in subject.tests:
        if _lacks_a_set_operator(test, subject.catalogue):
            operator = test.condition.written_operator
            message = f"the key {quote(test.condition.key)} holds a list, and `{operator}` alone is false for every list"
            yield Occurrence(test.key.name_span, message, f"use `ForAnyValue:{operator}` or `ForAllValues:{operator}`")


def _lacks_a_set_operator(test: Tested, known: Catalogue) -> bool:
    condition, key = test.condition, fold_key(test.condition.key)
    is_list = holds_list(key, known) and key not in _ONE_OR_MORE
    return is_list and condition.qualifier is None and condition.operator is not Operator.NULL
