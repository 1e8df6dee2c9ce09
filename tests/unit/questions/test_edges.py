"""Where the requests aim that are made from a policy: at each statement, and at both sides of its edges."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from iam2rego.ir.decision import Outcome
from iam2rego.ir.pattern import ArnPattern
from iam2rego.ir.policy import Effect, identity_policies
from iam2rego.jsontext import Number
from iam2rego.native import authorize
from iam2rego.questions import actions, addresses, aims, base, conditions, dates, numbers, resources
from tests.unit.questions.generated import BUCKET, STAR, allowing, policy, statement, when

STATEMENTS = [
    pytest.param(allowing(Action="s3:GetObject"), id="A3/literal"),
    pytest.param(allowing(Action=["s3:Get*", "ec2:*"]), id="A5/run-for-the-name"),
    pytest.param(allowing(Action="*:Get?*"), id="A5/wildcard-service"),
    pytest.param({"Effect": "Allow", "NotAction": ["s3:*", "iam:Get*"], "Resource": "*"}, id="A8/not-action"),
    pytest.param(allowing(Resource="arn:aws:s3:::b"), id="R3/literal"),
    pytest.param(allowing(Resource="arn:*:s3:*:*:b?/*"), id="R6/wildcards"),
    pytest.param(allowing(Resource="arn:aws:s3"), id="R5/short"),
    pytest.param(allowing(Resource="arn:aws:s3:::b/${aws:username}/*"), id="V2/variable-in-resource"),
    pytest.param(allowing(Resource="arn:aws:s3:::b/${k:team, 'all'}/*"), id="V4/default-in-resource"),
    pytest.param({"Effect": "Allow", "Action": "*", "NotResource": ["arn:aws:s3:::b/*"]}, id="R10/not-resource"),
    pytest.param(when("StringEquals", ["a", "b"]), id="C12/string-equals"),
    pytest.param(when("StringNotEquals", ["a", "b"]), id="C12/string-not-equals"),
    pytest.param(when("StringEqualsIgnoreCase", "MiXed"), id="C12/ignore-case"),
    pytest.param(when("StringLike", "a*b?c"), id="C13/string-like"),
    pytest.param(when("StringNotLike", "a*"), id="C13/string-not-like"),
    pytest.param(when("StringEquals", "${aws:username}"), id="V2/variable-in-value"),
    pytest.param(when("NumericEquals", "10"), id="C16/numeric-equals"),
    pytest.param(when("NumericNotEquals", "10"), id="C16/numeric-not-equals"),
    pytest.param(when("NumericLessThan", "10"), id="C17/numeric-less-than"),
    pytest.param(when("NumericLessThanEquals", "10"), id="C17/numeric-less-than-equals"),
    pytest.param(when("NumericGreaterThan", "10.5"), id="C17/numeric-greater-than"),
    pytest.param(when("NumericGreaterThanEquals", "-1"), id="C17/numeric-greater-than-equals"),
    pytest.param(when("DateEquals", "2020-01-01T01:00:00+01:00"), id="C18/date-equals"),
    pytest.param(when("DateNotEquals", "1577836800"), id="C18/date-not-equals"),
    pytest.param(when("DateLessThan", "2020-01"), id="C18/date-less-than"),
    pytest.param(when("DateGreaterThan", "2020"), id="C18/date-greater-than-epoch"),
    pytest.param(when("DateGreaterThanEquals", "2020-01-01"), id="C18/date-greater-than-equals"),
    pytest.param(when("Bool", "true"), id="C19/bool"),
    pytest.param(when("BinaryEquals", "QQ=="), id="C20/binary"),
    pytest.param(when("IpAddress", ["10.0.0.0/8", "2001:db8::/32"]), id="C21/address"),
    pytest.param(when("NotIpAddress", "10.0.0.0/8"), id="C21/not-address"),
    pytest.param(when("ArnLike", "arn:aws:x:*:1:finance/*"), id="C22/arn-like"),
    pytest.param(when("ArnNotEquals", "arn:aws:x:*:1:finance/*"), id="C22/arn-not-equals"),
    pytest.param(when("Null", "false"), id="C11/null-false"),
    pytest.param(when("Null", "true"), id="C11/null-true"),
    pytest.param(when("StringEqualsIfExists", "a"), id="C4/if-exists"),
    pytest.param(when("ForAllValues:StringLike", ["a*", "b"]), id="C8/for-all-values"),
    pytest.param(when("ForAnyValue:StringEquals", ["a", "b"]), id="C9/for-any-value"),
    pytest.param(when("ForAnyValue:StringNotEquals", ["a", "b"]), id="C9/for-any-value-negated"),
    pytest.param(allowing(Condition={"StringEquals": {"k:a": ["x", "y"]}, "StringNotEquals": {"K:A": "x"}}), id="C1/second-value-only"),
    pytest.param(allowing(Condition={"StringEquals": {"k:a": "1", "k:b": "2"}, "Null": {"k:a": "false"}}), id="C1/two-keys"),
    pytest.param(
        allowing(Condition={"ForAllValues:StringEquals": {"k:a": ["x", "y"]}, "ForAnyValue:StringEquals": {"k:a": "y"}}),
        id="C8/two-sets-of-one-key",
    ),
]


@pytest.mark.parametrize("members", STATEMENTS)
def test_base_meets_the_whole_statement(members: Mapping[str, Any]) -> None:
    made = policy(members)
    request = base(made.document.statements[0]).request()
    assert authorize(identity_policies((made,)), request).decision is Outcome.ALLOWED


@pytest.mark.parametrize("members", STATEMENTS)
def test_edges_lie_on_both_sides(members: Mapping[str, Any]) -> None:
    made = policy(members)
    decided = {
        authorize(identity_policies((made,)), aim.request()).decision
        for aim in aims(made.document.statements[0], base(made.document.statements[0]), Random(1))
    }
    assert decided == {Outcome.ALLOWED, Outcome.IMPLICIT_DENY}


def test_a_deny_is_met_as_well() -> None:
    made = policy(STAR, {**BUCKET, "Effect": Effect.DENY})
    request = base(made.document.statements[1]).request()
    assert authorize(identity_policies((made,)), request).decision is Outcome.EXPLICIT_DENY


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        pytest.param("s3:Get*", {"s3:Get", "s3:Getx1", "S3:gETX1"}, id="met/empty-run-and-other-case"),
        pytest.param("s3:Get*", {"s3:Gex1", "s3:Gexx1", "x3:Getx1", "s3x:Getx1"}, id="missed/one-character-off-and-other-service"),
        pytest.param("s3:Get?", {"s3:Getx", "s3:Get0", "s3:Get-"}, id="met/one-character"),
        pytest.param("s3:*", {"s3:x1", "s3:Aa.-9"}, id="met/no-empty-name"),
        pytest.param("*", {"probe:Probe"}, id="met/everything"),
    ],
)
def test_action_edges(entry: str, wanted: set[str]) -> None:
    assert wanted <= set(actions.edges(statement(allowing(Action=entry)).actions.entries[0]))


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        pytest.param("arn:aws:s3:::b/*", {"arn:aws:s3:::b/", "arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b"}, id="met/empty-star-and-path"),
        pytest.param("arn:aws:s3:::b/*", {"*", "arn:aws:s3:::b", "arn:aws:s3:::x/x1", "arn:aws:s3:::B/x1"}, id="missed/near"),
        pytest.param("arn:aws:ecs:*:*:c/*", {"arn:aws:ecs:a:b:x1:c/x1", "arn:aws:ecs:x1:a:b:c/x1"}, id="R7/colon-in-a-run"),
        pytest.param("arn:aws:s3:::b", {"arn:aws:s3:::b/more", "arn:aws:s3:::more/b", "arn:aws:s3:::b:more"}, id="missed/segments"),
        pytest.param("arn:aws:s3:::b", {"arn:aws:s3:x1::b", "arn:aws:s3::x1:b"}, id="missed/field-not-empty"),
        pytest.param("arn:aws:s3:::b", {"arn:aws:probe:us-east-1:123456789012:probe/unlike/arn:aws:s3:::b"}, id="missed/inside-another"),
        pytest.param("arn:aws:s3", {"arn:aws:s3:x1:x1:x1"}, id="R5/short"),
        pytest.param("arn:aws:s3:::${aws:username}", {"arn:aws:s3:::u", "arn:aws:s3:::u/more", "arn:aws:s3:::"}, id="V2/filled"),
    ],
)
def test_resource_edges(entry: str, wanted: set[str]) -> None:
    parsed = statement(allowing(Resource=entry)).resources.entries[0]
    assert isinstance(parsed, ArnPattern)
    edges = {text for seed in range(20) for text in resources.edges(parsed, {"aws:username": "u"}, Random(seed))}
    assert wanted <= edges


@pytest.mark.parametrize(
    ("operator", "value", "wanted"),
    [
        pytest.param("StringEquals", "ab", ["ab", "a", "abx", "AB", "", "*", "${aws:username}", [], ["ab"], ["ab", "unlike"]], id="string"),
        pytest.param("StringEquals", "10", ["10", Number("10"), Number("10.0")], id="string-that-is-a-number"),
        pytest.param("StringLike", "a*", ["a", "ax1", "a*", "x1", "aa/b:c\n"], id="like"),
        pytest.param("NumericEquals", "10", ["9", "10", "11", "10.0", "+10", "0010", Number("10"), "10x", "ten"], id="number"),
        pytest.param("DateEquals", "2020-01-01", ["1577836800", "2019-12-31T23:59:59.999999999Z", "tomorrow"], id="date"),
        pytest.param("Bool", "true", [True, False, "TRUE", "yes"], id="boolean"),
        pytest.param("BinaryEquals", "QQ==", ["QQ==", "QR==", "QQ", "AQ=="], id="binary"),
        pytest.param(
            "IpAddress", "10.0.0.0/8", ["10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0", "::ffff:10.0.0.0"], id="address"
        ),
        pytest.param("ArnLike", "arn:aws:x:*:1:a/*", ["arn:aws:x:x1:1:a/x1", "arn:aws:x:x1:1", "arn:aws:x:x1:1:a/x1/more"], id="arn"),
        pytest.param("Null", "true", ["present", "", []], id="null"),
        pytest.param("ForAllValues:StringEquals", ["a", "b"], [["a"], ["a", "b"], ["a", "b", "unlike"], ["unlike"], [], "a"], id="set"),
    ],
)
def test_condition_edges(operator: str, value: Any, wanted: list[Any]) -> None:
    made = statement(when(operator, value))
    given = [aim.context.get("k:a") for aim in conditions.edges(made.conditions[0], base(made), Random(1))]
    assert [each for each in wanted if each not in given] == []


def test_each_key_is_left_out_alone_and_spelled_otherwise() -> None:
    made = statement(allowing(Condition={"StringEquals": {"k:a": "1", "k:b": "2"}}))
    contexts = [dict(aim.context) for aim in aims(made, base(made), Random(1))]
    wanted: list[Any] = [{"k:a": "1"}, {"k:b": "2"}, {"k:b": "2", "K:A": "1"}, {"k:a": "1", "K:B": "2"}]
    assert [each for each in wanted if each not in contexts] == []


def test_variables_are_followed_and_not_followed() -> None:
    made = statement(allowing(Resource="arn:aws:s3:::b/${k:team, 'all'}"))
    asked = [(aim.resource, aim.context.get("k:team")) for aim in aims(made, base(made), Random(1))]
    wanted: list[Any] = [
        ("arn:aws:s3:::b/probe", "probe"),
        ("arn:aws:s3:::b/probe", "*"),
        ("arn:aws:s3:::b/*", "*"),
        ("arn:aws:s3:::b/a:b", "a:b"),
        ("arn:aws:s3:::b/${aws:username}", "${aws:username}"),
        ("arn:aws:s3:::b/all", None),
        ("arn:aws:s3:::b/probe", ["probe"]),
    ]
    assert [each for each in wanted if each not in asked] == []


def test_a_variable_is_followed_to_every_pattern_that_has_it() -> None:
    texts: list[Any] = ["x", "a/${k:team}", "b/${k:team}"]
    resources = {"NotResource": ["arn:aws:s3:::b/x", "arn:aws:s3:::b/${k:team}/*"]}
    made = statement({"Effect": "Allow", "Action": "*", **resources, "Condition": {"StringNotEquals": {"k:owner": texts}}})
    asked = [(aim.resource, aim.context.get("k:owner"), aim.context.get("k:team")) for aim in aims(made, base(made), Random(1))]
    for team in (None, "", "*"):
        assert [each for each in asked if each[0].startswith(f"arn:aws:s3:::b/{team or ''}/") and each[2] == team]
        assert {f"a/{team or ''}", f"b/{team or ''}"} <= {owner for _, owner, told in asked if told == team}


@pytest.mark.parametrize(
    ("path", "short"),
    [
        pytest.param("b/*/x", "b/x", id="one"),
        pytest.param("ab*abc", "abc", id="the-longest"),
        pytest.param("b/*/", "b/", id="all"),
        pytest.param("b/*/${k:team}/x", "b/probe/x", id="before-a-variable"),
    ],
)
def test_texts_beside_a_star_overlap(path: str, short: str) -> None:
    made = statement(allowing(Resource=f"arn:aws:s3:::{path}"))
    assert f"arn:aws:s3:::{short}" in {aim.resource for aim in aims(made, base(made), Random(1))}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ten", id="words"),
        pytest.param("NaN", id="not-a-number"),
        pytest.param("9999999999999999", id="too-large-an-epoch"),
        pytest.param("0001-01-01", id="first-day"),
        pytest.param("9999-12-31T23:59:59Z", id="last-second"),
        pytest.param("300.0.0.1", id="no-address"),
        pytest.param("::/0", id="every-address"),
    ],
)
def test_any_text_has_edges(text: str) -> None:
    assert all([numbers.probes(text), dates.probes(text), addresses.probes(text)])
