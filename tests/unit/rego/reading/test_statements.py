"""What a statement tests, before either layout prints it."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.ir.policy import Policy, PolicyType
from iam2rego.rego.reading.actions import ActionTest, Names
from iam2rego.rego.reading.conditions import KeyTest, Presence, Quantifier, ValueTest
from iam2rego.rego.reading.constants import Instant, Number
from iam2rego.rego.reading.operators import Reader
from iam2rego.rego.reading.pieces import Fixed, Hole
from iam2rego.rego.reading.principals import CallerTest, Question
from iam2rego.rego.reading.resources import ResourceTest
from iam2rego.rego.reading.statements import Reading, read_statement
from iam2rego.rego.reading.texts import AnyPattern, Equal, Like, LikeAny, OneOf, Ordering, Sign, StartsWith, StartsWithAny, Within
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS, Kind
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

KINDS = {PolicyType.IDENTITY: Kind.IDENTITY, PolicyType.RESOURCE: Kind.RESOURCE}
USER = "arn:aws:iam::111111111111:user/u"
HOLE = Hole("aws:username", None)


def reading(statement: Mapping[str, Any], of: PolicyType = PolicyType.IDENTITY) -> Reading:
    """Return what a statement tests; where it says nothing else, it allows `s3:GetObject` on `*`."""
    action = {} if "NotAction" in statement else {"Action": "s3:GetObject"}
    resource = {} if "NotResource" in statement else {"Resource": "*"}
    whole = {"Effect": "Allow", **action, **resource, **statement}
    source = Source("p.json", json.dumps({"Version": "2012-10-17", "Statement": whole}))
    document = read_policy(parse_json(source), source, FORMS[KINDS[of]], lenient=True).document
    assert document is not None
    return read_statement(Policy(name="p", type=of, file="p.json", document=document), document.statements[0])


def starts_with(text: str) -> StartsWith:
    return StartsWith((Fixed(text),))


def names(*whole: str, prefixes: tuple[str, ...] = (), globs: tuple[str, ...] = ()) -> Names:
    return Names(whole, prefixes, globs)


@pytest.mark.parametrize(
    ("statement", "test"),
    [
        pytest.param({"Action": "*"}, True, id="A3/any"),
        pytest.param({"NotAction": "*"}, False, id="A8/all-but-any"),
        pytest.param({"Action": []}, False, id="G10/none"),
        pytest.param({"NotAction": []}, True, id="G10/all-but-none"),
        pytest.param(
            {"Action": ["s3:GetObject", "s3:getobject"]},
            ActionTest(False, OneOf(("s3:getobject",)), (OneOf(("s3:getobject",)),), {"s3": names("getobject")}),
            id="A4/names-each-once",
        ),
        pytest.param(
            {"Action": ["s3:Get*", "sqs:*", "s3:?b"]},
            ActionTest(
                False,
                LikeAny(("s3:get*", "sqs:*", "s3:?b"), by_field=False),
                (StartsWithAny(("s3:get", "sqs:")), Like("s3:?b", by_field=False)),
                {"s3": names(prefixes=("get",), globs=("?b",)), "sqs": names(prefixes=("",))},
            ),
            id="A5/prefixes-and-globs",
        ),
        pytest.param(
            {"NotAction": "*:Get*"},
            ActionTest(True, Like("*:get*", by_field=False), (Like("*:get*", by_field=False),), None),
            id="A8/any-service",
        ),
    ],
)
def test_actions(statement: Mapping[str, Any], test: ActionTest | bool) -> None:
    assert reading(statement).actions == test


@pytest.mark.parametrize(
    ("statement", "test"),
    [
        pytest.param({}, ResourceTest(), id="R2/any"),
        pytest.param({"NotResource": "*"}, None, id="R10/all-but-any"),
        pytest.param({"Resource": []}, None, id="G10/none"),
        pytest.param({"NotResource": []}, ResourceTest(negated=True), id="G10/all-but-none"),
        pytest.param({"Resource": "arn:aws:s3:::b/*"}, ResourceTest(starts_with("arn:aws:s3:::b/")), id="R6/prefix"),
        pytest.param({"Resource": "arn:aws:sqs:*-1:1:q"}, ResourceTest(Like("arn:aws:sqs:*-1:1:q", by_field=True)), id="R7/field"),
        pytest.param(
            {"NotResource": ["arn:aws:s3:::${aws:UserName}", "arn:aws:s3:::b"]},
            ResourceTest(
                AnyPattern(
                    (Equal((Fixed("arn:aws:s3:::"), HOLE)), Equal((Fixed("arn:aws:s3:::b"),))),
                    OneOf(("arn:aws:s3:::b",)),
                    (Equal((Fixed("arn:aws:s3:::"), HOLE)),),
                ),
                negated=True,
                needed=("aws:username",),
            ),
            id="R10/variables-must-have-values",
        ),
    ],
)
def test_resources(statement: Mapping[str, Any], test: ResourceTest | None) -> None:
    assert reading(statement).resource == test


@pytest.mark.parametrize(
    ("operator", "values", "test"),
    [
        pytest.param("StringLike", "a*", ValueTest("k:v", Quantifier.IS, Reader.TEXT, starts_with("a")), id="C13"),
        pytest.param(
            "NumericLessThanIfExists",
            ["1", "2"],
            ValueTest("k:v", Quantifier.IS_IF_EXISTS, Reader.DECIMAL, Ordering(Sign.LESS, Number("2"))),
            id="C4/if-exists",
        ),
        pytest.param("DateNotEquals", "1", ValueTest("k:v", Quantifier.IS_NOT, Reader.DATE, OneOf((Instant(1, 0),))), id="C4/negated"),
        pytest.param(
            "ForAnyValue:IpAddress",
            ["10.0.0.1/8", "10.0.0.0/8"],
            ValueTest("k:v", Quantifier.ANY, Reader.ADDRESS, Within(("10.0.0.0/8",))),
            id="C21",
        ),
        pytest.param("Null", "true", KeyTest("k:v", Presence.NULL), id="C11"),
        pytest.param("NumericNotEquals", "x", KeyTest("k:v", Presence.ABSENT), id="C15/unreadable"),
        pytest.param("StringEquals", [], False, id="C27/never"),
        pytest.param("ForAllValues:StringNotEquals", [], True, id="C27/always"),
    ],
)
def test_conditions(operator: str, values: str | list[str], test: KeyTest | ValueTest | bool) -> None:
    assert reading({"Condition": {operator: {"K:V": values}}}).conditions == (test,)


def test_an_arn_is_read_only_under_a_negation() -> None:
    """C22: what is no ARN passes no test, so without a negation the text itself may be compared."""
    compared = (reading({"Condition": {each: {"k": "arn:a:b:c:d:e"}}}).conditions for each in ("ArnLike", "ArnNotLike"))
    assert [isinstance(test, ValueTest) and test.needs_reader for (test,) in compared] == [False, True]


@pytest.mark.parametrize(
    ("statement", "of", "callers", "concerned"),
    [
        pytest.param({}, PolicyType.IDENTITY, True, True, id="P12/no-principal"),
        pytest.param(
            {"Principal": {"AWS": USER}},
            PolicyType.RESOURCE,
            CallerTest(Question.KIND, {"arn": (USER,)}),
            CallerTest(Question.INCLUDE, {"arn": (USER,)}),
            id="P1/an-allow-tells-how-it-names-the-caller",
        ),
        pytest.param({"Principal": {"AWS": [USER, "*"]}, "Effect": "Deny"}, PolicyType.RESOURCE, True, True, id="P2/everybody"),
        pytest.param({"NotPrincipal": "*"}, PolicyType.RESOURCE, False, False, id="L2/nobody"),
    ],
)
def test_callers(statement: Mapping[str, Any], of: PolicyType, callers: CallerTest | bool, concerned: CallerTest | bool) -> None:
    found = reading(statement, of)
    assert (found.callers, found.concerned) == (callers, concerned)


def test_a_statement_of_which_one_part_cannot_hold_never_applies() -> None:
    """E3."""
    assert [reading(each).never_applies for each in ({}, {"Resource": []}, {"Condition": {"Bool": {"k": "x"}}})] == [False, True, True]
