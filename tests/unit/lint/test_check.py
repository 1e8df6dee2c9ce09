"""Moot statements (E3), statements with errors, and what widens an Allow (R10)."""

import json
from typing import Any

import pytest

from iam2rego.ir.policy import Kind
from tests.support.marked_policies import findings
from tests.unit.lint.checked_statements import Statement, allow, deny, deny_not_action, found, text

BUCKET = "arn:aws:s3:::b"
HOME = "arn:aws:s3:::${aws:username}"
TAGGED = {"Null": {"aws:RequestTag/a": ["true", "false"]}}
TAGGED_ALSO = {"Null": {"AWS:requesttag/A": ["false", "true"]}}
UNTAGGED = {"Null": {"aws:RequestTag/a": "true"}}
SECURE = {"Bool": {"aws:SecureTransport": "true"}}


def deny_not_resource(*texts: str) -> Statement:
    return {"Effect": "Deny", "Action": "s3:*", "NotResource": texts}


def messages(*statements: Statement) -> list[str]:
    return [each.message for each in found(*statements) if each.code == "IAM501"]


SECOND = ["statement 1 can never change a decision: statement 0 already allows all of it"]
FIRST = ["statement 0 can never change a decision: statement 1 already allows all of it"]
FIRST_DENY = ["statement 0 can never change a decision: statement 1 already denies all of it"]
SECOND_DENY = ["statement 1 can never change a decision: statement 0 already denies all of it"]


@pytest.mark.parametrize(
    ("first", "second", "want"),
    [
        pytest.param(allow("s3:GetObject"), allow("s3:GetObject"), SECOND, id="equal/the-later"),
        pytest.param(allow("s3:*"), allow("s3:Get*"), SECOND, id="action/wider-first"),
        pytest.param(allow("s3:Get*"), allow("s3:*"), FIRST, id="action/wider-second"),
        pytest.param(allow("s3:Get*"), allow("s3:Put*"), [], id="action/other"),
        pytest.param(allow("s3:*"), deny("s3:*"), [], id="effect/other"),
        pytest.param(deny("s3:*"), deny("s3:Get*"), SECOND_DENY, id="effect/deny"),
        pytest.param(allow("s3:*"), allow("s3:*", when=TAGGED), SECOND, id="E3/unconditional-first"),
        pytest.param(allow("s3:*", when=TAGGED), allow("s3:*"), FIRST, id="E3/unconditional-second"),
        pytest.param(allow("s3:*", when=UNTAGGED), allow("s3:*", when=SECURE), [], id="condition/other"),
        pytest.param(allow("s3:*", when=TAGGED), allow("s3:*", when=SECURE), SECOND, id="condition/that-is-always-true"),
        pytest.param(allow("s3:*", when=TAGGED), allow("s3:*", when=SECURE | TAGGED), SECOND, id="condition/more"),
        pytest.param(allow("s3:*", when=TAGGED), allow("s3:*", when=TAGGED_ALSO), SECOND, id="condition/spelled-otherwise"),
        pytest.param(allow("s3:*"), allow("s3:*", on=(BUCKET,)), SECOND, id="resource/star"),
        pytest.param(allow("s3:*", on=(BUCKET,)), allow("s3:*"), FIRST, id="resource/star-second"),
        pytest.param(allow("s3:*", on=("arn:*",)), allow("s3:*"), FIRST, id="R11/no-arn-covers-a-star"),
        pytest.param(allow("s3:*", on=(HOME,)), allow("s3:*", on=(HOME,)), SECOND, id="resource/variable"),
        pytest.param(allow("s3:*", on=(HOME,)), allow("s3:*", on=(BUCKET,)), [], id="resource/variable-is-no-text"),
        pytest.param(allow("s3:*", on=(BUCKET,)), allow("s3:*", on=(BUCKET, HOME)), FIRST, id="resource/more-in-the-second"),
        pytest.param(deny_not_action("*:Get*"), deny("s3:Put*"), [], id="not-action/a-pattern-may-overlap"),
        pytest.param(deny_not_action("iam:*"), deny("s3:Get*"), SECOND_DENY, id="not-action/other-service"),
        pytest.param(deny_not_action("*:Put*"), deny("s3:GetObject"), SECOND_DENY, id="not-action/a-name-does-not"),
        pytest.param(deny_not_action("s3:Get*"), deny("s3:GetObject"), [], id="not-action/a-name-that-is-excluded"),
        pytest.param(deny_not_action("s3:*"), deny_not_action("s3:*", "iam:*"), SECOND_DENY, id="not-action/excludes-more"),
        pytest.param(deny("*"), deny_not_action("s3:*"), SECOND_DENY, id="not-action/of-everything"),
        pytest.param(deny_not_resource(BUCKET), deny("s3:*", on=("arn:aws:s3:::c",)), SECOND_DENY, id="not-resource/one-apart"),
        pytest.param(deny_not_resource(HOME), deny("s3:*", on=("arn:aws:s3:::c",)), [], id="not-resource/a-variable-may-be-it"),
        pytest.param(deny_not_resource(BUCKET), deny("s3:*", on=("*",)), FIRST_DENY, id="not-resource/star"),
        pytest.param(deny("s3:*"), deny_not_resource(BUCKET), SECOND_DENY, id="not-resource/of-everything"),
    ],
)
def test_moot_statement(first: Statement, second: Statement, want: list[str]) -> None:
    assert messages(first, second) == want


@pytest.mark.parametrize(
    ("statements", "want"),
    [
        pytest.param(
            [allow("ecs:Describe*", "ecs:List*"), allow("ecs:DescribeTasks", "ecs:RunTask", "ecs:ListTasks", Sid="S")],
            ["statement 1 `S` never decides about `ecs:DescribeTasks`, `ecs:ListTasks`: statement 0 already allows all of that"],
            id="some-actions",
        ),
        pytest.param(
            [allow("s3:Get*"), allow("s3:Put*", Sid="P"), allow("s3:GetObject", "s3:PutObject")],
            ["statement 2 can never change a decision: statement 0 and statement 1 `P` already allow all of it"],
            id="two-share-the-actions",
        ),
        pytest.param(
            [allow("s3:*", on=(BUCKET,)), allow("s3:*", on=(HOME,)), allow("s3:GetObject", on=(BUCKET, HOME))],
            ["statement 2 can never change a decision: statement 0 and statement 1 already allow all of it"],
            id="two-share-the-resources",
        ),
        pytest.param(
            [allow("s3:GetObject", "s3:PutObject"), allow("s3:GetObject"), allow("s3:PutObject")],
            [
                "statement 1 can never change a decision: statement 0 already allows all of it",
                "statement 2 can never change a decision: statement 0 already allows all of it",
            ],
            id="findings-hold-together",
        ),
        pytest.param(
            [allow("s3:GetObject", "s3:PutObject"), allow("s3:GetObject", "s3:ListBucket")],
            ["statement 1 never decides about `s3:GetObject`: statement 0 already allows all of that"],
            id="an-action-of-both-is-told-once",
        ),
        pytest.param([allow("s3:Get*", "s3:GetObject")], [], id="within-one-statement-is-another-matter"),
        pytest.param([allow("s3:*"), allow(), allow("s3:GetObject", on=())], [], id="G10/what-matches-nothing-is-another-matter"),
        pytest.param(
            [
                allow("s3:*"),
                allow("x", "s3:GetObject"),
            ],
            ["statement 1 can never change a decision: statement 0 already allows all of it"],
            id="L9/unmatchable",
        ),
    ],
)
def test_moot_parts(statements: list[Statement], want: list[str]) -> None:
    assert messages(*statements) == want


def test_a_moot_action_is_shown_where_it_is() -> None:
    (finding,) = found(allow("s3:Get*"), allow("s3:PutObject", "s3:GetObject"))
    assert (finding.code, finding.level) == ("IAM501", "notice")
    assert finding.span
    assert finding.source.cut(finding.span) == '"s3:GetObject"'


@pytest.mark.parametrize(
    ("covering", "level"),
    [
        pytest.param(allow("s3:Get*"), "warning", id="without-the-condition"),
        pytest.param(allow("s3:Get*", when=SECURE), "notice", id="with-the-condition"),
        pytest.param(allow("s3:*", when=SECURE), "warning", id="all-of-it"),
    ],
)
def test_a_moot_action_is_a_warning_where_a_condition_has_no_effect(covering: Statement, level: str) -> None:
    (finding,) = found(covering, allow("s3:PutObject", "s3:GetObject", when=SECURE))
    assert (finding.code, finding.level) == ("IAM501", level)


ALLOW_NOT_ACTION = {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}
ALLOW_NOT_RESOURCE = {"Effect": "Allow", "Action": "s3:*", "NotResource": BUCKET}
ALLOW_NOT_HOME = {"Effect": "Allow", "Action": "s3:*", "NotResource": HOME}


@pytest.mark.parametrize(
    ("tested", "want"),
    [
        pytest.param(ALLOW_NOT_ACTION, "`NotAction`: it allows every action that it does not name", id="not-action"),
        pytest.param(ALLOW_NOT_RESOURCE, "`NotResource`: it allows its actions on every resource that it does not name", id="not-resource"),
        pytest.param(ALLOW_NOT_HOME, "it does not apply to a request without values for its variables", id="R10/variable"),
    ],
)
def test_widening_allow(tested: Statement, want: str) -> None:
    (finding,) = found(tested)
    assert finding.code == "IAM503"
    assert want in finding.message


@pytest.mark.parametrize(
    ("second", "want"),
    [
        pytest.param(allow("s3:*", on=("arn:aws:sqs:*:*:q",)), [], id="without-a-value-only-the-other-applies"),
        pytest.param(ALLOW_NOT_HOME, SECOND, id="the-same"),
    ],
)
def test_an_allow_that_needs_a_value_makes_little_moot(second: Statement, want: list[str]) -> None:
    """R10."""
    assert [each.message for each in found(ALLOW_NOT_HOME, second) if each.code == "IAM501"] == want


@pytest.mark.parametrize(
    "tested", [pytest.param(deny_not_action("iam:*"), id="action"), pytest.param(deny_not_resource(BUCKET), id="resource")]
)
def test_a_deny_does_not_widen(tested: Statement) -> None:
    assert found(tested) == []


GOOD = {"Sid": "", **allow("s3:GetObject")}


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({**allow("s3:PutObject"), "Sid": "a b"}, id="G6/sid"),
        pytest.param({"Action": "s3:PutObject", "Resource": "*"}, id="G7/no-effect"),
        pytest.param({**allow("s3:PutObject"), "Resources": ""}, id="G2/unknown-member"),
        pytest.param(1, id="G5/no-object"),
        pytest.param(allow("s3:PutObject", on=("arn:aws:s3:::<bucket>",)), id="T1/placeholder"),
    ],
)
def test_an_error_hides_only_its_statement(broken: Any) -> None:
    policy = text(GOOD, broken, GOOD)
    assert [(each.code, each.message.partition(":")[0]) for each in findings(policy, Kind.IDENTITY, False, {})] == [
        ("IAM110", "the `Sid` is empty"),
        ("IAM501", "statement 2 can never change a decision"),
        ("IAM110", "the `Sid` is empty"),
    ]


@pytest.mark.parametrize(
    "policy",
    [
        pytest.param({"version": "2012-10-17", "Statement": GOOD}, id="unknown-member"),
        pytest.param({"Version": "2012", "Statement": GOOD}, id="version"),
        pytest.param({"Version": "2012-10-17", "Statement": {**GOOD, "Sid": "\ud800"}}, id="half-a-character"),
    ],
)
def test_an_error_beside_the_statements_leaves_nothing_sure(policy: Any) -> None:
    assert findings(json.dumps(policy), Kind.IDENTITY, False, {}) == []
