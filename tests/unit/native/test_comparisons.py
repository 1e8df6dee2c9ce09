"""What each condition operator compares, and how (C10 to C26)."""

import pytest

from iam2rego.ir.condition import ConditionValue, Operator
from iam2rego.native.operators import COMPARISONS, EQUALITIES, NEGATED
from tests.unit.native.conditions import AB, ARN, ONE, STAR, VARIABLE, A, arn, holds, literal, text

TEN, BYTE, DAY, RANGE, TRUE = "10", "QQ==", "2020-01-01", "10.0.0.0/8", "true"


def test_every_operator_but_null_has_a_comparison() -> None:
    assert sorted([*COMPARISONS, *EQUALITIES]) == sorted(set(Operator) - {Operator.NULL})


def test_the_negated_operators_are_those_that_say_not() -> None:
    assert {operator for operator in Operator if "Not" in operator} == NEGATED


TABLE: list[tuple[Operator, ConditionValue, str, bool]] = [
    (Operator.STRING_EQUALS, A, "a", True),
    (Operator.STRING_EQUALS, A, "A", False),
    (Operator.STRING_EQUALS, A, "ab", False),
    (Operator.STRING_EQUALS, text(), "", True),
    (Operator.STRING_EQUALS, text("a*"), "a*", True),
    (Operator.STRING_EQUALS, text("a*"), "ab", False),
    (Operator.STRING_NOT_EQUALS, A, "a", False),
    (Operator.STRING_NOT_EQUALS, A, "A", True),
    (Operator.STRING_EQUALS_IGNORE_CASE, AB, "aB", True),
    (Operator.STRING_EQUALS_IGNORE_CASE, AB, "a", False),
    (Operator.STRING_EQUALS_IGNORE_CASE, text("ΑΣ"), "ας", False),
    (Operator.STRING_EQUALS_IGNORE_CASE, text("ΑΣ"), "ασ", True),
    (Operator.STRING_NOT_EQUALS_IGNORE_CASE, AB, "ab", False),
    (Operator.STRING_NOT_EQUALS_IGNORE_CASE, AB, "a", True),
    (Operator.STRING_LIKE, text("a", STAR), "a\nb:c", True),
    (Operator.STRING_LIKE, text("a", STAR), "Ab", False),
    (Operator.STRING_LIKE, text("a", ONE, "c"), "ac", False),
    (Operator.STRING_LIKE, text("a", ONE, "c"), "a:c", True),
    (Operator.STRING_NOT_LIKE, text("a", STAR), "ab", False),
    (Operator.STRING_NOT_LIKE, text("a", STAR), "ba", True),
    (Operator.NUMERIC_EQUALS, literal(TEN), "10.0", True),
    (Operator.NUMERIC_EQUALS, literal(TEN), "11", False),
    (Operator.NUMERIC_EQUALS, literal("0.1"), "0.1000000000000000000000000000001", False),
    (Operator.NUMERIC_NOT_EQUALS, literal(TEN), "1e1", False),
    (Operator.NUMERIC_NOT_EQUALS, literal(TEN), "11", True),
    (Operator.NUMERIC_LESS_THAN, literal(TEN), "9", True),
    (Operator.NUMERIC_LESS_THAN, literal(TEN), "10", False),
    (Operator.NUMERIC_LESS_THAN_EQUALS, literal(TEN), "10", True),
    (Operator.NUMERIC_LESS_THAN_EQUALS, literal(TEN), "10.1", False),
    (Operator.NUMERIC_GREATER_THAN, literal(TEN), "10", False),
    (Operator.NUMERIC_GREATER_THAN, literal(TEN), "11", True),
    (Operator.NUMERIC_GREATER_THAN_EQUALS, literal(TEN), "10", True),
    (Operator.NUMERIC_GREATER_THAN_EQUALS, literal(TEN), "9", False),
    (Operator.DATE_EQUALS, literal(DAY), "1577836800", True),
    (Operator.DATE_EQUALS, literal(DAY), "2020-01-01T01:00+01:00", True),
    (Operator.DATE_EQUALS, literal(DAY), "2020-01-02", False),
    (Operator.DATE_NOT_EQUALS, literal(DAY), "2020-01-01T00:00Z", False),
    (Operator.DATE_NOT_EQUALS, literal(DAY), "2020-01-02", True),
    (Operator.DATE_LESS_THAN, literal(DAY), "2019-12-31", True),
    (Operator.DATE_LESS_THAN, literal(DAY), "2020-01-01", False),
    (Operator.DATE_LESS_THAN_EQUALS, literal(DAY), "2020-01-01", True),
    (Operator.DATE_LESS_THAN_EQUALS, literal(DAY), "2020-01-01T00:00:00.000000001Z", False),
    (Operator.DATE_GREATER_THAN, literal(DAY), "2020-01-01T00:00:00.000000001Z", True),
    (Operator.DATE_GREATER_THAN, literal(DAY), "2020-01-01", False),
    (Operator.DATE_GREATER_THAN_EQUALS, literal(DAY), "2020-01-01", True),
    (Operator.DATE_GREATER_THAN_EQUALS, literal(DAY), "2019-12-31", False),
    (Operator.BOOL, literal("TRUE"), "true", True),
    (Operator.BOOL, literal("TRUE"), "False", False),
    (Operator.BINARY_EQUALS, literal(BYTE), "QR==", True),
    (Operator.BINARY_EQUALS, literal(BYTE), "Qg==", False),
    (Operator.IP_ADDRESS, literal(RANGE), "10.1.2.3", True),
    (Operator.IP_ADDRESS, literal(RANGE), "11.1.2.3", False),
    (Operator.IP_ADDRESS, literal("::/0"), "10.1.2.3", False),
    (Operator.IP_ADDRESS, literal("::/0"), "::ffff:10.1.2.3", False),
    (Operator.NOT_IP_ADDRESS, literal(RANGE), "10.1.2.3", False),
    (Operator.NOT_IP_ADDRESS, literal(RANGE), "2001:db8::1", True),
    (Operator.ARN_EQUALS, ARN, "arn:aws:s3:::b", True),
    (Operator.ARN_EQUALS, ARN, "arn:aws:S3:::b", False),
    (Operator.ARN_EQUALS, arn("arn", "aws", "s3", "", "", STAR), "arn:aws:s3:::b:c", True),
    (Operator.ARN_LIKE, arn("arn", "aws", "s3", STAR, STAR, "b"), "arn:aws:s3:::b", True),
    (Operator.ARN_LIKE, arn("arn", "aws", "sns", STAR, "1", "t"), "arn:aws:sns:r:2:x:1:t", False),
    (Operator.ARN_LIKE, arn("arn", "aws", "s3", "", "", ONE), "arn:aws:s3:::bc", False),
    (Operator.ARN_NOT_EQUALS, ARN, "arn:aws:s3:::b", False),
    (Operator.ARN_NOT_EQUALS, ARN, "arn:aws:s3:::c", True),
    (Operator.ARN_NOT_LIKE, arn("arn", "aws", "s3", "", "", STAR), "arn:aws:s3:::b", False),
    (Operator.ARN_NOT_LIKE, arn("arn", "aws", "s3", "", "", STAR), "arn:aws:sqs:::b", True),
]


@pytest.mark.parametrize(
    ("operator", "value", "actual", "want"),
    [pytest.param(*row, id=f"{row[0]}/{row[1].text or 'pattern'}/{row[2]}/{row[3]}") for row in TABLE],
)
def test_present(operator: Operator, value: ConditionValue, actual: str, want: bool) -> None:
    assert holds(operator, [value], {"k:v": actual}) is want


@pytest.mark.parametrize(
    ("operator", "values", "actual", "want"),
    [
        pytest.param(Operator.STRING_EQUALS, [A, AB], "AB", True, id="C3/positive-some"),
        pytest.param(Operator.STRING_EQUALS, [A, AB], "b", False, id="C3/positive-none"),
        pytest.param(Operator.STRING_NOT_EQUALS, [A, AB], "AB", False, id="C3/negated-some"),
        pytest.param(Operator.STRING_NOT_EQUALS, [A, AB], "b", True, id="C3/negated-none"),
        pytest.param(Operator.NUMERIC_LESS_THAN, [literal("5"), literal(TEN)], "7", True, id="C16/orderings-some"),
        pytest.param(Operator.NUMERIC_EQUALS, [literal("x"), literal(TEN)], "10", True, id="C15/positive-one-unreadable"),
        pytest.param(Operator.NUMERIC_NOT_EQUALS, [literal("x"), literal(TEN)], "11", False, id="C15/negated-one-unreadable"),
        pytest.param(Operator.NOT_IP_ADDRESS, [literal("10.0.0")], "10.0.0.1", False, id="C15/address"),
        pytest.param(Operator.ARN_NOT_LIKE, [arn("arn", "aws", "s3", "", "b")], "arn:aws:s3:::b", False, id="C22/five-fields"),
        pytest.param(Operator.ARN_NOT_LIKE, [arn(STAR, "aws", "s3", "", "", "b")], "arn:aws:s3:::c", False, id="C22/first-not-arn"),
        pytest.param(Operator.ARN_NOT_EQUALS, [arn(VARIABLE)], "arn:aws:s3:::b", False, id="L6/no-literal-arn"),
        pytest.param(Operator.BOOL, [literal("true"), literal("false")], "false", True, id="C19/both"),
        pytest.param(Operator.BOOL, [literal("${k:w}")], "true", False, id="V2/no-variable"),
    ],
)
def test_values(operator: Operator, values: list[ConditionValue], actual: str, want: bool) -> None:
    assert holds(operator, values, {"k:v": actual}) is want
