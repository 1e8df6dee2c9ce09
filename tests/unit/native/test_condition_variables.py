"""Variables in the values of conditions (V2 to V9)."""

import pytest

from iam2rego.ir.condition import ConditionValue, Operator
from iam2rego.ir.pattern import Pattern, Variable
from iam2rego.native.request import Context
from tests.unit.native.conditions import AB, STAR, VARIABLE, A, arn, holds, text

VARIABLE_OR_A: Pattern = (Variable(key="k:w", default="a"),)


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
