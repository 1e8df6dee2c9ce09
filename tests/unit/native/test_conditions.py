"""What all condition operators share: qualifiers, IfExists, keys that are missing, values that cannot be read (C2 to C9, C15, C27)."""

import pytest

from iam2rego.ir.condition import ConditionValue, Operator
from tests.unit.native.conditions import AB, ARN, A, holds, literal, text

TEN, BYTE, DAY, RANGE, TRUE = "10", "QQ==", "2020-01-01", "10.0.0.0/8", "true"


VALUES: list[tuple[Operator, ConditionValue, str]] = [
    (Operator.STRING_EQUALS, A, "a"),
    (Operator.STRING_NOT_EQUALS, A, "b"),
    (Operator.STRING_EQUALS_IGNORE_CASE, A, "A"),
    (Operator.STRING_NOT_EQUALS_IGNORE_CASE, A, "B"),
    (Operator.STRING_LIKE, A, "a"),
    (Operator.STRING_NOT_LIKE, A, "b"),
    (Operator.NUMERIC_EQUALS, literal(TEN), "10"),
    (Operator.NUMERIC_NOT_EQUALS, literal(TEN), "11"),
    (Operator.NUMERIC_LESS_THAN, literal(TEN), "9"),
    (Operator.NUMERIC_LESS_THAN_EQUALS, literal(TEN), "9"),
    (Operator.NUMERIC_GREATER_THAN, literal(TEN), "11"),
    (Operator.NUMERIC_GREATER_THAN_EQUALS, literal(TEN), "11"),
    (Operator.DATE_EQUALS, literal(DAY), DAY),
    (Operator.DATE_NOT_EQUALS, literal(DAY), "2021-01-01"),
    (Operator.DATE_LESS_THAN, literal(DAY), "2019-01-01"),
    (Operator.DATE_LESS_THAN_EQUALS, literal(DAY), "2019-01-01"),
    (Operator.DATE_GREATER_THAN, literal(DAY), "2021-01-01"),
    (Operator.DATE_GREATER_THAN_EQUALS, literal(DAY), "2021-01-01"),
    (Operator.BOOL, literal(TRUE), TRUE),
    (Operator.BINARY_EQUALS, literal(BYTE), BYTE),
    (Operator.IP_ADDRESS, literal(RANGE), "10.0.0.1"),
    (Operator.NOT_IP_ADDRESS, literal(RANGE), "11.0.0.1"),
    (Operator.ARN_EQUALS, ARN, "arn:aws:s3:::b"),
    (Operator.ARN_NOT_EQUALS, ARN, "arn:aws:s3:::c"),
    (Operator.ARN_LIKE, ARN, "arn:aws:s3:::b"),
    (Operator.ARN_NOT_LIKE, ARN, "arn:aws:s3:::c"),
]
EACH_OPERATOR = [pytest.param(*row, id=row[0]) for row in VALUES]


def test_the_rows_name_every_operator_but_null() -> None:
    assert {row[0] for row in VALUES} == set(Operator) - {Operator.NULL}


@pytest.mark.parametrize(("operator", "value", "actual"), EACH_OPERATOR)
def test_satisfied(operator: Operator, value: ConditionValue, actual: str) -> None:
    assert holds(operator, [value], {"k:v": actual})
    assert holds(operator, [value], {"k:v": actual}, "IfExists")
    assert holds(operator, [value], {"k:v": (actual, actual)}, qualifier="ForAllValues")
    assert holds(operator, [value], {"k:v": (actual,)}, qualifier="ForAnyValue")


@pytest.mark.parametrize(("operator", "value", "actual"), EACH_OPERATOR)
def test_c6_a_plain_operator_is_false_for_a_list(operator: Operator, value: ConditionValue, actual: str) -> None:
    assert not holds(operator, [value], {"k:v": (actual,)})
    assert not holds(operator, [value], {"k:v": (actual,)}, "IfExists")


@pytest.mark.parametrize(("operator", "value", "actual"), EACH_OPERATOR)
def test_c7_a_set_operator_takes_a_scalar_for_a_set_of_one(operator: Operator, value: ConditionValue, actual: str) -> None:
    assert holds(operator, [value], {"k:v": actual}, qualifier="ForAllValues")
    assert holds(operator, [value], {"k:v": actual}, qualifier="ForAnyValue")


@pytest.mark.parametrize(("operator", "value", "_actual"), EACH_OPERATOR)
def test_c4_missing(operator: Operator, value: ConditionValue, _actual: str) -> None:
    assert holds(operator, [value], {}) is ("Not" in operator)
    assert holds(operator, [value], {}, "IfExists")


@pytest.mark.parametrize("suffix", [pytest.param("", id="plain"), pytest.param("IfExists", id="C10/if-exists")])
@pytest.mark.parametrize(("operator", "value", "_actual"), EACH_OPERATOR)
def test_c8_c9_missing_under_a_set_operator(operator: Operator, value: ConditionValue, _actual: str, suffix: str) -> None:
    assert holds(operator, [value], {}, suffix, "ForAllValues")
    assert not holds(operator, [value], {}, suffix, "ForAnyValue")


@pytest.mark.parametrize("suffix", [pytest.param("", id="plain"), pytest.param("IfExists", id="C10/if-exists")])
@pytest.mark.parametrize("dataset", [pytest.param("", id="text"), pytest.param(("",), id="list"), pytest.param(("", ""), id="longer-list")])
@pytest.mark.parametrize(("operator", "value", "_actual"), EACH_OPERATOR)
def test_c5_a_null_dataset_is_true_under_for_all_values_only(
    operator: Operator, value: ConditionValue, _actual: str, dataset: str | tuple[str, ...], suffix: str
) -> None:
    # An empty string is a value elsewhere: negated texts are not equal to it, and no typed operator can read it (C15).
    differs = operator.startswith("StringNot")
    assert holds(operator, [value], {"k:v": dataset}, suffix, "ForAllValues")
    assert holds(operator, [value], {"k:v": dataset}, suffix, "ForAnyValue") is differs
    assert holds(operator, [value], {"k:v": dataset}, suffix) is (differs and dataset == "")


@pytest.mark.parametrize(("operator", "_value", "actual"), EACH_OPERATOR)
def test_c27_no_values(operator: Operator, _value: ConditionValue, actual: str) -> None:
    assert holds(operator, [], {"k:v": actual}) is ("Not" in operator)
    assert holds(operator, [], {"k:v": "unreadable"}) is ("Not" in operator)
    assert holds(operator, [], {"k:v": actual}, qualifier="ForAllValues") is ("Not" in operator)
    assert holds(operator, [], {"k:v": actual}, qualifier="ForAnyValue") is ("Not" in operator)
    assert holds(operator, [], {}, qualifier="ForAllValues")
    assert not holds(operator, [], {"k:v": (actual,)})


TYPED = [pytest.param(*row, id=row[0]) for row in VALUES if not row[0].startswith("String")]


@pytest.mark.parametrize(("operator", "value", "actual"), TYPED)
def test_c15_unreadable(operator: Operator, value: ConditionValue, actual: str) -> None:
    assert not holds(operator, [value], {"k:v": "unreadable"})
    assert not holds(operator, [value], {"k:v": "unreadable"}, "IfExists")
    assert not holds(operator, [value], {"k:v": "unreadable"}, qualifier="ForAnyValue")
    assert not holds(operator, [value], {"k:v": (actual, "unreadable")}, qualifier="ForAllValues")
    assert holds(operator, [value], {"k:v": (actual, "unreadable")}, qualifier="ForAnyValue")


@pytest.mark.parametrize(
    ("qualifier", "operator", "values", "actual", "want"),
    [
        pytest.param("ForAllValues", Operator.STRING_EQUALS, [A, AB], ("a", "AB"), True, id="C8/each-equals-some"),
        pytest.param("ForAllValues", Operator.STRING_EQUALS, [A], ("a", "b"), False, id="C8/one-equals-none"),
        pytest.param("ForAllValues", Operator.STRING_NOT_EQUALS, [A], ("b", "c"), True, id="C8/negated-none-equals"),
        pytest.param("ForAllValues", Operator.STRING_NOT_EQUALS, [A], ("a", "b"), False, id="C8/negated-one-equals"),
        pytest.param("ForAllValues", Operator.STRING_EQUALS, [A], ("", "a"), False, id="C5/an-empty-string-beside-a-value"),
        pytest.param("ForAllValues", Operator.STRING_EQUALS, [text()], ("", "a"), False, id="C5/a-value-beside-an-empty-string"),
        pytest.param("ForAnyValue", Operator.STRING_EQUALS, [text()], ("",), True, id="C5/an-empty-string-is-a-value"),
        pytest.param("ForAnyValue", Operator.STRING_EQUALS, [A], ("a", "b"), True, id="C9/one-equals"),
        pytest.param("ForAnyValue", Operator.STRING_EQUALS, [A], ("b", "c"), False, id="C9/none-equals"),
        pytest.param("ForAnyValue", Operator.STRING_NOT_EQUALS, [A, AB], ("a", "z"), True, id="C9/negated-one-equals-none"),
        pytest.param("ForAnyValue", Operator.STRING_NOT_EQUALS, [A, AB], ("a", "AB"), False, id="C9/negated-each-equals-some"),
        pytest.param("ForAnyValue", Operator.NUMERIC_NOT_EQUALS, [literal(TEN)], ("x", "11"), True, id="C15/negated-per-value"),
        pytest.param(
            "ForAnyValue", Operator.NUMERIC_NOT_EQUALS, [literal(TEN)], ("x", "10"), False, id="C15/negated-unreadable-is-no-value"
        ),
    ],
)
def test_set_operator(qualifier: str, operator: Operator, values: list[ConditionValue], actual: tuple[str, ...], want: bool) -> None:
    assert holds(operator, values, {"k:v": actual}, qualifier=qualifier) is want
