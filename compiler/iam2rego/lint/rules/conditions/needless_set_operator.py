"""IAM308: a set operator for a single value (C8, C11, C26)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.catalogue.global_keys import HOLDS, TAG
from iam2rego.catalogue.service_keys import holds_list, type_of
from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.lint.edits import spell, under
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, unsafe
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM308",
    name="needless-set-operator",
    level=Level.SECURITY,
    score=5.0,
    summary="A set operator is used with a key that has one value, or with `Null` (C8, C11).",
    why=(
        "`ForAllValues:` is true when the key is missing, so an `Allow` with it lets requests without the key through. "
        "With `Null`, `ForAllValues:` is always true and `ForAnyValue:` always false. `ForAnyValue:` with a key of a service is let pass."
    ),
    remedy="Remove the set operator.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"ForAllValues:StringEquals": {"aws:username": "ann"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"StringEquals": {"aws:username": "ann"}}}}'
    ),
    aws=("FORALLVALUES_WITH_SINGLE_VALUED_KEY", "NULL_WITH_QUALIFIER"),
    fix=Safety.UNSAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at conditions with a set operator."""
    for statement in subject.statements:
        for test in statement.tests:
            condition = test.condition
            if condition.qualifier and (found := _finding(condition, condition.qualifier, subject.catalogue)):
                bare = spell(condition.model_copy(update={"qualifier": None}), condition.operator)
                fix = unsafe("remove the set operator", under, subject.source, statement, test, bare)
                yield Occurrence(test.key.name_span, *found, fix=fix)


def _finding(condition: Condition, qualifier: Qualifier, known: Catalogue) -> tuple[str, str, str] | None:
    """Return a message, a hint and AWS's issue code, if it has one."""
    if condition.operator is Operator.NULL:
        message = f"`{condition.written_operator}` is always {'true' if qualifier is Qualifier.FOR_ALL_VALUES else 'false'}"
        return message, "`Null` tests whether the key is present: remove the set operator", "NULL_WITH_QUALIFIER"
    key = fold_key(condition.key)
    is_one_value = type_of(key, known) and not holds_list(key, known)
    if not is_one_value or not (qualifier is Qualifier.FOR_ALL_VALUES or key in HOLDS or TAG.fullmatch(key)):
        return None
    message = f"the key {quote(condition.key)} has one value, so `{qualifier}` does not belong here"
    return message, "remove the set operator", "FORALLVALUES_WITH_SINGLE_VALUED_KEY" if qualifier is Qualifier.FOR_ALL_VALUES else ""
