"""The condition operators, their qualifiers and IfExists (C2 to C27, V3 to V8)."""

import pytest

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Text, Variable
from iam2rego.native.conditions import condition_holds
from iam2rego.native.operators import COMPARISONS, EQUALITIES, NEGATED
from iam2rego.native.request import Context

STAR, ONE = (AnyRun(),), (AnyOne(),)
VARIABLE: Pattern = (Variable(key="K:W"),)
VARIABLE_OR_A: Pattern = (Variable(key="k:w", default="a"),)
TEN, BYTE, DAY, RANGE, TRUE = "10", "QQ==", "2020-01-01", "10.0.0.0/8", "true"


def text(*parts: str | Pattern) -> TextValue:
    return TextValue(text="", segments=segments(*parts))


def arn(*fields: str | Pattern) -> ArnValue:
    return ArnValue(text="", fields=tuple(segments(field) for field in fields))


def segments(*parts: str | Pattern) -> Pattern:
    patterns = [part if isinstance(part, tuple) else (Text(text=part),) for part in parts if part]
    return tuple(segment for pattern in patterns for segment in pattern)


def literal(value: str) -> LiteralValue:
    return LiteralValue(text=value)


ARN = arn("arn", "aws", "s3", "", "", "b")
A, AB = text("a"), text("AB")


def holds(operator: Operator, values: list[ConditionValue], context: Context, suffix: str = "", qualifier: str = "") -> bool:
    condition = Condition(
        operator=operator,
        qualifier=Qualifier(qualifier) if qualifier else None,
        if_exists=suffix == "IfExists",
        key="K:V",
        values=tuple(values),
    )
    return condition_holds(condition, context)


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


@pytest.mark.parametrize(
    ("values", "qualifier", "context", "want"),
    [
        pytest.param(["true"], "", {}, True, id="true/missing"),
        pytest.param(["true"], "", {"k:v": "a"}, False, id="true/present"),
        pytest.param(["true"], "", {"k:v": ""}, False, id="C5/an-empty-string-is-present"),
        pytest.param(["false"], "", {}, False, id="false/missing"),
        pytest.param(["FALSE"], "", {"k:v": "a"}, True, id="false/present-other-case"),
        pytest.param(["false"], "", {"k:v": ("a",)}, True, id="false/a-list-is-present"),
        pytest.param(["true", "false"], "", {}, True, id="both/missing"),
        pytest.param(["true", "false"], "", {"k:v": "a"}, True, id="both/present"),
        pytest.param([], "", {}, False, id="C27/no-values"),
        pytest.param(["maybe"], "", {}, False, id="C15/unreadable"),
        pytest.param(["true"], "", {"k:v": ("",)}, True, id="C5/a-list-of-an-empty-string-is-missing"),
        pytest.param(["false"], "", {"k:v": ("", "")}, False, id="C5/a-list-of-empty-strings-is-not-present"),
        pytest.param(["false"], "", {"k:v": ("", "a")}, True, id="C5/an-empty-string-beside-a-value"),
        pytest.param(["true"], "ForAllValues", {"k:v": "a"}, True, id="for-all-values-is-always-true"),
        pytest.param(["false"], "ForAnyValue", {"k:v": "a"}, False, id="for-any-value-is-always-false"),
    ],
)
def test_c11_null(values: list[str], qualifier: str, context: Context, want: bool) -> None:
    assert holds(Operator.NULL, [literal(value) for value in values], context, qualifier=qualifier) is want


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        pytest.param("aws:TagKeys", True, id="C26/tag-keys"),
        pytest.param("AWS:calledvia", True, id="C26/called-via-in-another-case"),
        pytest.param("aws:PrincipalOrgPaths", True, id="C26/principal-org-paths"),
        pytest.param("aws:ResourceOrgPaths", True, id="C26/resource-org-paths"),
        pytest.param("aws:PrincipalServiceNamesList", True, id="C26/principal-service-names"),
        pytest.param("aws:SourceOrgPaths", True, id="C26/source-org-paths"),
        pytest.param("aws:VpceOrgPaths", True, id="C26/vpce-org-paths"),
        pytest.param("aws:PrincipalTag/TagKeys", False, id="C26/tag"),
        pytest.param("aws:username", False, id="C26/single-valued"),
        pytest.param("s3:TagKeys", False, id="C26/of-a-service"),
    ],
)
def test_c5_null_takes_an_empty_multivalued_key_for_missing(key: str, missing: bool) -> None:
    def null(wanted: str, actual: str) -> bool:
        return condition_holds(Condition(operator=Operator.NULL, key=key, values=(literal(wanted),)), {key.lower(): actual})

    assert [null("true", ""), null("false", "")] == [missing, not missing]
    assert [null("true", "a"), null("false", "a")] == [False, True]


@pytest.mark.parametrize(
    ("operator", "values", "context", "want"),
    [
        pytest.param(Operator.STRING_EQUALS_IGNORE_CASE, [text(VARIABLE), AB], {"k:v": "ab"}, True, id="V7/folded-other-value"),
        pytest.param(Operator.STRING_NOT_EQUALS_IGNORE_CASE, [text(VARIABLE)], {"k:v": "a"}, True, id="V7/folded-negated-missing"),
        pytest.param(Operator.STRING_LIKE, [text(VARIABLE), A], {"k:v": "a"}, True, id="V7/like-other-value"),
        pytest.param(Operator.STRING_NOT_LIKE, [text(VARIABLE), A], {"k:v": "b"}, True, id="V7/like-negated-missing"),
        pytest.param(Operator.STRING_LIKE, [text(STAR, VARIABLE)], {"k:v": "a"}, False, id="V7/like-missing-after-a-wildcard"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE)], {"k:v": "a", "k:w": "a"}, True, id="V3/equal"),
        pytest.param(Operator.STRING_EQUALS, [text("x", VARIABLE, "z")], {"k:v": "xyz", "k:w": "y"}, True, id="V3/within"),
        pytest.param(Operator.STRING_EQUALS_IGNORE_CASE, [text(VARIABLE)], {"k:v": "a", "k:w": "A"}, True, id="C12/folded"),
        pytest.param(Operator.STRING_LIKE, [text(VARIABLE)], {"k:v": "ab", "k:w": "a*"}, False, id="V6/no-wildcard-in-a-value"),
        pytest.param(Operator.STRING_LIKE, [text(VARIABLE, STAR)], {"k:v": "ab", "k:w": "a"}, True, id="V3/before-a-wildcard"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE)], {"k:v": ""}, False, id="V7/positive-missing"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE), A], {"k:v": "a"}, True, id="V7/positive-other-value"),
        pytest.param(Operator.STRING_NOT_EQUALS, [text(VARIABLE)], {"k:v": "a"}, True, id="V7/negated-missing"),
        pytest.param(Operator.STRING_NOT_EQUALS, [text(VARIABLE)], {"k:v": "", "k:w": ""}, True, id="V7/negated-empty"),
        pytest.param(Operator.STRING_NOT_EQUALS, [text(VARIABLE), A], {"k:v": "a"}, False, id="V7/negated-other-value"),
        pytest.param(Operator.STRING_NOT_EQUALS, [text(VARIABLE)], {}, True, id="V7/both-missing-negated"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE)], {}, False, id="V7/both-missing-positive"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE)], {"k:v": "a", "k:w": ("a",)}, False, id="V8/list"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE_OR_A)], {"k:v": "a", "k:w": ("b",)}, True, id="V8/default"),
        pytest.param(Operator.STRING_EQUALS, [text(VARIABLE_OR_A)], {"k:v": "a"}, True, id="V4/default"),
        pytest.param(
            Operator.ARN_EQUALS,
            [arn("arn", "aws", "s3", "", "", VARIABLE)],
            {"k:v": "arn:aws:s3:::b", "k:w": "b"},
            True,
            id="V2/arn",
        ),
        pytest.param(
            Operator.ARN_EQUALS,
            [arn("arn", "aws", VARIABLE, "", "b")],
            {"k:v": "arn:aws:s3:::b", "k:w": "s3:"},
            False,
            id="V9/five-fields-stay-five",
        ),
        pytest.param(
            Operator.ARN_LIKE,
            [arn("arn", "aws", VARIABLE, STAR, STAR, STAR)],
            {"k:v": "arn:aws:s3:::b", "k:w": "s3:"},
            False,
            id="V9/colon-in-a-value",
        ),
        pytest.param(
            Operator.ARN_NOT_LIKE,
            [arn("arn", "aws", VARIABLE, STAR, STAR, STAR)],
            {"k:v": "arn:aws:s3:::b", "k:w": "s3:"},
            True,
            id="V9/colon-in-a-value-negated",
        ),
        pytest.param(
            Operator.ARN_NOT_LIKE,
            [arn("arn", "aws", "s3", "", "", VARIABLE)],
            {"k:v": "no-arn"},
            False,
            id="C15/unreadable-although-unresolvable",
        ),
    ],
)
def test_variable(operator: Operator, values: list[ConditionValue], context: Context, want: bool) -> None:
    assert holds(operator, values, context) is want
