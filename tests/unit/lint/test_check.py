"""The findings of `check`: moot statements (E3), actions and variables that do not exist (A9, V7), Allows that widen (R10), RCPs (E12)."""

import pytest

from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, TextValue
from iam2rego.ir.pattern import (
    ActionPattern,
    AnyOne,
    AnyResource,
    AnyRun,
    ArnPattern,
    Pattern,
    ResourceEntry,
    Segment,
    Text,
    Unmatchable,
    Variable,
)
from iam2rego.ir.policy import Actions, Document, Effect, Policy, PolicySet, PolicyType, Resources, Statement, identity_policies
from iam2rego.lint import check
from iam2rego.lint.rules import unknown_action, unknown_variable
from iam2rego.source import Source, Span

SOURCE = Source("p.json", "{}")
BUCKET = "arn:aws:s3:::b"
HOME = "arn:aws:s3:::${aws:username}"
TAGGED = Condition(operator=Operator.NULL, key="aws:RequestTag/a", values=(LiteralValue(text="true"), LiteralValue(text="false")))
TAGGED_ALSO = Condition(operator=Operator.NULL, key="AWS:requesttag/A", values=(LiteralValue(text="false"), LiteralValue(text="true")))
SECURE = Condition(operator=Operator.BOOL, key="aws:SecureTransport", values=(LiteralValue(text="true"),))

KNOWN = Catalogue(
    "names 1.0",
    ("ecs", "s3"),
    {"ecs": {"describeclusters": "DescribeClusters", "describetasks": "DescribeTasks"}, "s3": {"getobject": "GetObject"}}.__getitem__,
    {"ecs": ("ecs:cluster",), "s3": ("s3:prefix", "s3:BucketTag/${TagKey}", "s3:ExistingObjectTag/<key>")}.__getitem__,
)


def pattern(text: str) -> Pattern:
    symbols: dict[str, Segment] = {"*": AnyRun(), "?": AnyOne(), "$": Variable(key="aws:username")}
    return tuple(symbols.get(each, Text(text=each)) for each in text.replace("${aws:username}", "$"))


def entries(*texts: str) -> tuple[ActionPattern, ...]:
    return tuple(
        ActionPattern(text=text, segments=pattern(text), span=Span(10 + place, 1, 10 + place, 2)) for place, text in enumerate(texts)
    )


def resource(text: str) -> ResourceEntry:
    fields = tuple(map(pattern, text.replace("${aws:username}", "$").split(":", 5)))
    return AnyResource(text=text) if text == "*" else ArnPattern(text=text, fields=fields)


def resources(*texts: str) -> Resources:
    return Resources(entries=tuple(map(resource, texts)))


def statement(effect: Effect, actions: Actions, on: Resources, conditions: tuple[Condition, ...], sid: str) -> Statement:
    return Statement(sid=sid, effect=effect, actions=actions, resources=on, conditions=conditions, span=Span(1, 1, 1, 2))


def allow(*actions: str, on: tuple[str, ...] = ("*",), when: tuple[Condition, ...] = (), sid: str = "") -> Statement:
    return statement(Effect.ALLOW, Actions(entries=entries(*actions)), resources(*on), when, sid)


def deny(*actions: str, on: tuple[str, ...] = ("*",), when: tuple[Condition, ...] = ()) -> Statement:
    return statement(Effect.DENY, Actions(entries=entries(*actions)), resources(*on), when, "")


def deny_not_action(*actions: str) -> Statement:
    return statement(Effect.DENY, Actions(negated=True, entries=entries(*actions)), resources("*"), (), "")


def deny_not_resource(*texts: str) -> Statement:
    return statement(Effect.DENY, Actions(entries=entries("s3:*")), Resources(negated=True, entries=tuple(map(resource, texts))), (), "")


def found(*statements: Statement) -> tuple[Diagnostic, ...]:
    policy = Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=Document(statements=statements))
    return check(identity_policies((policy,)), {"p": SOURCE})


def messages(*statements: Statement) -> list[str]:
    return [each.message for each in found(*statements)]


@pytest.fixture(autouse=True)
def _no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown_action, "catalogue", lambda: None)
    monkeypatch.setattr(unknown_variable, "catalogue", lambda: None)


@pytest.fixture
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown_action, "catalogue", lambda: KNOWN)
    monkeypatch.setattr(unknown_variable, "catalogue", lambda: KNOWN)


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
        pytest.param(allow("s3:*"), allow("s3:*", when=(TAGGED,)), SECOND, id="E3/unconditional-first"),
        pytest.param(allow("s3:*", when=(TAGGED,)), allow("s3:*"), FIRST, id="E3/unconditional-second"),
        pytest.param(allow("s3:*", when=(TAGGED,)), allow("s3:*", when=(SECURE,)), [], id="condition/other"),
        pytest.param(allow("s3:*", when=(TAGGED,)), allow("s3:*", when=(SECURE, TAGGED)), SECOND, id="condition/more"),
        pytest.param(allow("s3:*", when=(TAGGED,)), allow("s3:*", when=(TAGGED_ALSO,)), SECOND, id="condition/spelled-otherwise"),
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
            [allow("ecs:Describe*", "ecs:List*"), allow("ecs:DescribeTasks", "ecs:RunTask", "ecs:ListTasks", sid="S")],
            ["statement 1 `S` never decides about `ecs:DescribeTasks`, `ecs:ListTasks`: statement 0 already allows all of that"],
            id="some-actions",
        ),
        pytest.param(
            [allow("s3:Get*"), allow("s3:Put*", sid="P"), allow("s3:GetObject", "s3:PutObject")],
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
        pytest.param([allow("s3:Get*", "s3:GetObject")], [], id="within-one-statement-is-another-matter"),
        pytest.param([allow("s3:*"), allow(), allow("s3:GetObject", on=())], [], id="G10/what-matches-nothing-is-another-matter"),
        pytest.param(
            [
                allow("s3:*"),
                statement(Effect.ALLOW, Actions(entries=(Unmatchable(text="x"), *entries("s3:GetObject"))), resources("*"), (), ""),
            ],
            ["statement 1 can never change a decision: statement 0 already allows all of it"],
            id="L9/unmatchable",
        ),
    ],
)
def test_moot_parts(statements: list[Statement], want: list[str]) -> None:
    assert messages(*statements) == want


def test_a_moot_action_is_shown_where_it_stands() -> None:
    (finding,) = found(allow("s3:Get*"), allow("s3:PutObject", "s3:GetObject"))
    assert (finding.code, finding.severity, finding.span) == ("IAM501", "warning", Span(11, 1, 11, 2))


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("action", "want"),
    [
        pytest.param("ecs:DescribeTasks", [], id="known"),
        pytest.param("ECS:describetasks", [], id="A4/known-in-other-case"),
        pytest.param("ecs:Describe*", [], id="pattern"),
        pytest.param("*", [], id="A2/star"),
        pytest.param("e*:Nothing", [], id="A5/wildcard-in-the-service"),
        pytest.param(
            "ecs:DescribeCluster",
            [("no action matches `ecs:DescribeCluster`", "did you mean `ecs:DescribeClusters`? (names 1.0)")],
            id="close",
        ),
        pytest.param(
            "ecs:Zzz*", [("no action matches `ecs:Zzz*`", "none of a similar name is known (names 1.0)")], id="pattern-of-nothing"
        ),
        pytest.param(
            "ecsx:RunTask",
            [("no service has the prefix `ecsx`", "did you mean `ecs`? (names 1.0)")],
            id="service-close",
        ),
        pytest.param(
            "iam:GetUser",
            [("no service has the prefix `iam`", "none of a similar name is known (names 1.0)")],
            id="service-unknown",
        ),
    ],
)
def test_unknown_action(action: str, want: list[tuple[str, str]]) -> None:
    assert [(each.message, each.hint) for each in found(allow(action))] == want


@pytest.mark.usefixtures("_catalogue")
def test_an_unknown_action_in_not_action_excludes_nothing() -> None:
    assert [each.code for each in found(deny_not_action("ecs:DescribeCluster"))] == ["IAM502"]


def test_without_a_catalogue_no_action_is_unknown() -> None:
    assert found(allow("ecs:DescribeCluster")) == ()


ALLOW_NOT_ACTION = statement(Effect.ALLOW, Actions(negated=True, entries=entries("iam:*")), resources("*"), (), "")
ALLOW_NOT_RESOURCE = statement(Effect.ALLOW, Actions(entries=entries("s3:*")), Resources(negated=True, entries=(resource(BUCKET),)), (), "")
ALLOW_NOT_HOME = statement(Effect.ALLOW, Actions(entries=entries("s3:*")), Resources(negated=True, entries=(resource(HOME),)), (), "")


@pytest.mark.parametrize(
    ("tested", "want"),
    [
        pytest.param(ALLOW_NOT_ACTION, "`NotAction`: it allows every action that it does not name", id="not-action"),
        pytest.param(ALLOW_NOT_RESOURCE, "`NotResource`: it allows its actions on every resource that it does not name", id="not-resource"),
        pytest.param(ALLOW_NOT_HOME, "in a request without a value for its variables it does not apply", id="R10/variable"),
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
    assert found(tested) == ()


def denied(*actions: str, kind: PolicyType = PolicyType.RESOURCE_CONTROL, negated: bool = False) -> list[Diagnostic]:
    only = statement(Effect.DENY, Actions(negated=negated, entries=entries(*actions)), resources("*"), (), "")
    policy = Policy(name="p", type=kind, file="p.json", document=Document(statements=(only,)))
    return list(check(PolicySet(policies=(policy,)), {"p": SOURCE}))


@pytest.mark.parametrize(
    ("actions", "ungoverned"),
    [
        pytest.param(("ec2:*",), ["ec2:*"], id="E12/other-service"),
        pytest.param(("s3:*", "sts:AssumeRole", "KMS:Decrypt"), [], id="E12/governed"),
        pytest.param(("s3:*", "EC2:RunInstances", "ec?:Run*"), ["EC2:RunInstances"], id="E12/one-of-three"),
        pytest.param(("*", "e*:Run*"), [], id="E12/wildcard-in-the-service"),
    ],
)
def test_ungoverned_action(actions: tuple[str, ...], ungoverned: list[str]) -> None:
    found = [each for each in denied(*actions) if each.code == "IAM226"]
    assert [each.message.rpartition(" deny ")[2] for each in found] == [f"`{action}`" for action in ungoverned]


def test_other_policies_may_deny_any_action() -> None:
    assert denied("ec2:*", kind=PolicyType.SERVICE_CONTROL) == []
    assert denied("ec2:*", negated=True) == []


def on(variable: str) -> Statement:
    fields = (*map(pattern, ("arn", "aws", "s3", "", "")), (Variable(key=variable),))
    entry = ArnPattern(text=f"arn:aws:s3:::${{{variable}}}", fields=fields)
    return statement(Effect.DENY, Actions(entries=entries("s3:*")), Resources(entries=(entry,)), (), "")


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        pytest.param("opt:stage", "the Serverless Framework writes variables like this", id="V7/serverless"),
        pytest.param("self:custom.bucket", "the Serverless Framework writes variables like this", id="V7/serverless-path"),
        pytest.param("dynamobd:Table", "did you mean `${dynamodb:Table}`?", id="V7/misspelled-service"),
        pytest.param("zzzz:Name", "a variable is a condition key", id="V7/no-service"),
    ],
)
def test_unknown_variable(variable: str, hint: str) -> None:
    (finding,) = found(on(variable))
    assert finding.code == "IAM406"
    assert finding.hint.startswith(hint)


@pytest.mark.parametrize(
    "variable",
    [
        "aws:username",
        "s3:prefix",
        "s3:prefixes",
        "DataZone:userId",
        "saml:sub",
        "accounts.google.com:sub",
        "localhost/oidc:sub",
        "bucket",
        ":a",
    ],
)
def test_variables_that_are_not_judged_without_a_catalogue(variable: str) -> None:
    assert found(on(variable)) == ()


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize(
    ("variable", "hints"),
    [
        pytest.param("s3:prefx", ["did you mean `${s3:prefix}`? (names 1.0)"], id="V7/misspelled-key"),
        pytest.param("S3:Prefix", [], id="V3/any-case"),
        pytest.param("s3:BucketTag/prefix", [], id="V7/tag"),
        pytest.param("s3:ExistingObjectTag/a", [], id="V7/tag-of-another-spelling"),
        pytest.param("s3:somethingNew", [], id="V7/new-key"),
        pytest.param("datazone:userId", [], id="V7/service-that-only-the-list-has"),
    ],
)
def test_variables_by_the_catalogue(variable: str, hints: list[str]) -> None:
    assert [each.hint for each in found(on(variable))] == hints


@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param(TextValue(text="${opt:a}", segments=(Variable(key="opt:a"),)), 1, id="V2/text"),
        pytest.param(ArnValue(text="arn:${opt:a}", fields=((Text(text="arn"),), (Variable(key="opt:a"),))), 1, id="V2/arn"),
        pytest.param(LiteralValue(text="${opt:a}"), 0, id="V2/literal"),
    ],
)
def test_variables_of_conditions(value: ConditionValue, count: int) -> None:
    tested = Condition(operator=Operator.STRING_EQUALS, key="aws:username", values=(value,))
    assert len(found(deny("s3:*", when=(tested,)))) == count
