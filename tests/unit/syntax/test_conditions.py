"""Conditions (G10 to G14, C2, C11 to C27, N2): what they say."""

from collections.abc import Callable

import pytest

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Text
from iam2rego.ir.policy import Document
from tests.unit.syntax.conditions import condition_on, policy

Read = Callable[..., Document]


@pytest.mark.parametrize("operator", [pytest.param(each, id=f"C23/{each}") for each in Operator if each is not Operator.NULL])
def test_every_other_operator_takes_if_exists(operator: Operator, read: Read) -> None:
    (statement,) = read(condition_on(f'"{operator}IfExists"', "[]"), lenient=True).statements
    assert statement.conditions == (Condition(operator=operator, if_exists=True, key="k:v", values=()),)


def pattern(*parts: str | AnyRun | AnyOne) -> Pattern:
    return tuple(Text(text=part) if isinstance(part, str) else part for part in parts)


@pytest.mark.parametrize(
    ("name", "operator", "qualifier", "if_exists"),
    [
        pytest.param("StringLike", Operator.STRING_LIKE, None, False, id="G13/plain"),
        pytest.param("STRINGlike", Operator.STRING_LIKE, None, False, id="G13/other-case"),
        pytest.param("StringLikeIfExists", Operator.STRING_LIKE, None, True, id="C23/if-exists"),
        pytest.param("ForAllValues:StringLike", Operator.STRING_LIKE, Qualifier.FOR_ALL_VALUES, False, id="C8/for-all-values"),
        pytest.param("ForAnyValue:StringLikeIfExists", Operator.STRING_LIKE, Qualifier.FOR_ANY_VALUE, True, id="C10/all-three"),
        pytest.param("foranyvalue:stringlikeifexists", Operator.STRING_LIKE, Qualifier.FOR_ANY_VALUE, True, id="G13/all-in-lower-case"),
    ],
)
def test_name_of_an_operator(name: str, operator: Operator, qualifier: Qualifier | None, if_exists: bool, read: Read) -> None:
    (statement,) = read(condition_on(f'"{name}"', '"a"')).statements
    (condition,) = statement.conditions
    assert (condition.operator, condition.qualifier, condition.if_exists) == (operator, qualifier, if_exists)


@pytest.mark.parametrize(
    ("operator", "value", "want"),
    [
        pytest.param("StringEquals", '"a*?"', TextValue(text="a*?", segments=pattern("a*?")), id="C12/wildcards-are-text"),
        pytest.param("StringEqualsIgnoreCase", '"A*"', TextValue(text="A*", segments=pattern("A*")), id="C12/ignoring-case"),
        pytest.param("StringLike", '"a*?"', TextValue(text="a*?", segments=pattern("a", AnyRun(), AnyOne())), id="C13/wildcards"),
        pytest.param("StringNotLike", '"*"', TextValue(text="*", segments=(AnyRun(),)), id="C13/negated"),
        pytest.param("StringEquals", '""', TextValue(text="", segments=()), id="C12/empty"),
        pytest.param("StringEquals", '"\\u0061\\n\\""', TextValue(text='a\n"', segments=pattern('a\n"')), id="G1/escapes"),
        pytest.param("StringEquals", "true", TextValue(text="true", segments=pattern("true")), id="G11/boolean"),
        pytest.param("StringEquals", "10", TextValue(text="10", segments=pattern("10")), id="N2/integer"),
        pytest.param("StringEquals", "10.0", TextValue(text="10", segments=pattern("10")), id="N2/superfluous-zero"),
        pytest.param("StringEquals", "1e2", TextValue(text="100", segments=pattern("100")), id="N2/exponent"),
        pytest.param("StringEquals", "-0", TextValue(text="0", segments=pattern("0")), id="N2/signed-zero"),
        pytest.param("StringEquals", "-0.0e5", TextValue(text="0", segments=pattern("0")), id="N2/zero-in-another-spelling"),
        pytest.param("StringEquals", "-12.50", TextValue(text="-12.5", segments=pattern("-12.5")), id="N2/fraction"),
        pytest.param("StringEquals", "125e-2", TextValue(text="1.25", segments=pattern("1.25")), id="N2/negative-exponent"),
        pytest.param("StringEquals", "5e-3", TextValue(text="0.005", segments=pattern("0.005")), id="N2/small"),
        pytest.param("NumericEquals", '"1e2"', LiteralValue(text="1e2"), id="C16/string-is-kept"),
        pytest.param("NumericEquals", "1e2", LiteralValue(text="100"), id="C16/number-becomes-text"),
        pytest.param("Bool", "false", LiteralValue(text="false"), id="C19/boolean"),
        pytest.param("Null", '"TRUE"', LiteralValue(text="TRUE"), id="C11/string"),
        pytest.param("DateEquals", '"2020-01-01"', LiteralValue(text="2020-01-01"), id="C18/date"),
        pytest.param("IpAddress", '"10.0.0.1/8"', LiteralValue(text="10.0.0.1/8"), id="C21/range"),
        pytest.param("BinaryEquals", '"QR=="', LiteralValue(text="QR=="), id="C20/bytes"),
        pytest.param("NumericEquals", '"x*"', LiteralValue(text="x*"), id="L6/unreadable"),
        pytest.param(
            "ArnEquals",
            '"arn:aws:s3:::b/*"',
            ArnValue(text="arn:aws:s3:::b/*", fields=(pattern("arn"), pattern("aws"), pattern("s3"), (), (), pattern("b/", AnyRun()))),
            id="C22/arn",
        ),
        pytest.param("ArnLike", '"*"', ArnValue(text="*", fields=(pattern(AnyRun()),)), id="L6/arn-of-one-field"),
    ],
)
def test_value(operator: str, value: str, want: ConditionValue, read: Read) -> None:
    (statement,) = read(condition_on(f'"{operator}"', value), lenient=True).statements
    assert statement.conditions[0].values == (want,)


def test_each_operator_and_key_is_one_condition_in_order(read: Read) -> None:
    (statement,) = read(policy('{"StringEquals": {"k:b": "x", "k:a": "x"}, "Bool": {"K:B": true}}')).statements
    found = [(each.operator, each.key) for each in statement.conditions]
    assert found == [(Operator.STRING_EQUALS, "k:b"), (Operator.STRING_EQUALS, "k:a"), (Operator.BOOL, "K:B")]


def test_an_empty_block_holds_no_condition(read: Read) -> None:
    (statement,) = read(policy('{"StringEquals": {}, "NoSuchOperator": {}}')).statements
    assert statement.conditions == ()


def test_a_condition_stands_from_its_operator_to_its_values(read: Read) -> None:
    (statement,) = read(
        '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*",\n"Condition": {"Bool": {\n"k:v": "true"}}}}'
    ).statements
    (span,) = [each.span for each in statement.conditions if each.span]
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 15, 3, 14)
