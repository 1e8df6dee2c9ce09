"""IAM321: several bounds for a number."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.edits import without_items
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety, safe
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.literals import is_number
from iam2rego.syntax.report import quote

_LOOSEST: Final[Mapping[Operator, Callable[[Iterable[Decimal]], Decimal]]] = MappingProxyType(
    {
        Operator.NUMERIC_LESS_THAN: max,
        Operator.NUMERIC_LESS_THAN_EQUALS: max,
        Operator.NUMERIC_GREATER_THAN: min,
        Operator.NUMERIC_GREATER_THAN_EQUALS: min,
    }
)

FINDING: Final = Finding(
    code="IAM321",
    name="needless-bound",
    level=Level.NOTICE,
    summary="A number is compared with several bounds, of which only one counts.",
    why="One value that fits is enough, so only the loosest bound counts.",
    remedy="Keep only that bound. For a range, use two operators.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": ["2700", "3600"]}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}}}'
    ),
    aws=("REDUNDANT_CONDITION_VALUE_NUM",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for several bounds under one operator."""
    for test in subject.tests:
        loosest = _LOOSEST.get(test.condition.operator)
        bounds = [Decimal(value.text) for value in test.condition.values if is_number(value.text)]
        if loosest and len(bounds) > 1:
            message = f"of several bounds under `{test.condition.operator}`, only {quote(f'{loosest(bounds):f}')} counts"
            fix = safe("keep only that bound", _without_others, test, loosest(bounds))
            yield Occurrence(test.key.value.span, message, "keep only that one", fix=fix)


def _without_others(test: Tested, bound: Decimal) -> tuple[Edit, ...]:
    """Remove all values but the first that is the bound; none if there is a value that is no number."""
    values = test.condition.values
    kept = next((value for value in values if is_number(value.text) and Decimal(value.text) == bound), None)
    others = {value.span for value in values if value is not kept and value.span}
    return without_items(test.key.value, others) if all(is_number(value.text) for value in values) else ()
