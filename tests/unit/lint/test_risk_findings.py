"""What findings about risks say: the actions, and the narrower policy."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from iam2rego.catalogue.access import AccessLevel, read_access
from iam2rego.catalogue.confused_deputies import DEPUTIES
from iam2rego.catalogue.risks import CREDENTIALS, DATA, WAYS
from iam2rego.catalogue.services import catalogue
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.ir.policy import Kind
from iam2rego.lint import Subject, check
from iam2rego.lint.finding import Family
from iam2rego.lint.registry import all_findings
from tests.support.marked_policies import findings, subject_of
from tests.unit.lint.checked_statements import Statement, allow, deny, text

ROLE: Final = "arn:aws:iam::<Account>:role/<RoleNameWithPath>"
QUEUE: Final = "arn:aws:sqs:us-east-1:444455556666:q"


def risks(*statements: Statement, code: str, kind: Kind = Kind.IDENTITY) -> list[Diagnostic]:
    return findings(text(*statements), kind, False, {}, catalogue(), lambda finding: finding.code == code)


@pytest.mark.parametrize(
    ("code", "action", "message", "hint"),
    [
        pytest.param(
            "IAM901",
            "iam:AttachRolePolicy",
            "`iam:AttachRolePolicy` on every resource gives a way to more rights",
            f"name the resources: `{ROLE}`; or test `iam:PermissionsBoundary`",
            id="boundary",
        ),
        pytest.param(
            "IAM902",
            "secretsmanager:GetSecretValue",
            "`secretsmanager:GetSecretValue` on every resource: every secret can be read or copied",
            "name the resources: `arn:aws:secretsmanager:<Region>:<Account>:secret:<SecretId>`; or test `aws:ResourceTag/<TagKey>`",
            id="data",
        ),
        pytest.param(
            "IAM902",
            "s3:*",
            "`s3:GetObject` on every resource: every object of every bucket can be read or copied",
            "name the resources: `arn:aws:s3:::<BucketName>/<ObjectName>`; or test `aws:ResourceTag/<TagKey>`",
            id="data-by-wildcard",
        ),
        pytest.param(
            "IAM903",
            "s3:PutBucketP*",
            "`s3:PutBucketP*`, which includes `s3:PutBucketPolicy` and 1 more of this kind,"
            " may change the permissions of every resource of its kind",
            "name the resources: `arn:aws:s3:::<BucketName>`; or test `aws:ResourceTag/<TagKey>`",
            id="permissions",
        ),
        pytest.param(
            "IAM904",
            "ecr:GetAuthorizationToken",
            "the answer of `ecr:GetAuthorizationToken` holds credentials, for every resource and without condition",
            "test where the request comes from, for example with `aws:SourceVpce`",
            id="credentials-of-nothing",
        ),
        pytest.param(
            "IAM905",
            "ecs:CreateService",
            "`ecs:CreateService` may change every resource of its kind, under no condition",
            "name the resources: `arn:aws:ecs:<Region>:<Account>:service/<ClusterName>/<ServiceName>`; or test `ecs:cluster`",
            id="key-of-the-service",
        ),
        pytest.param(
            "IAM905",
            "ecs:CreateCluster",
            "`ecs:CreateCluster` may change every resource of its kind, under no condition",
            "name the resources: `arn:aws:ecs:<Region>:<Account>:cluster/<ClusterName>`; or test `aws:RequestTag/<TagKey>`",
            id="tag-of-the-request",
        ),
        pytest.param(
            "IAM906",
            "ec2:StopInstances",
            "`ec2:StopInstances` is sensitive, and allowed without MFA",
            'add the condition `"Bool": {"aws:MultiFactorAuthPresent": "true"}`',
            id="mfa",
        ),
        pytest.param(
            "IAM907",
            "sqs:ReceiveMessage",
            "`*` can be narrower: `sqs:ReceiveMessage` works on resources that `Resource` can name",
            "name the resources: `arn:aws:sqs:<Region>:<Account>:<QueueName>`; or test `aws:ResourceTag/<TagKey>`",
            id="narrower",
        ),
        pytest.param(
            "IAM908",
            "sns:CreateTopic",
            "`sns:CreateTopic` is allowed from everywhere, at any time: no condition limits it",
            "test `aws:RequestTag/<TagKey>`, or `aws:SourceIp`",
            id="condition",
        ),
        pytest.param(
            "IAM908",
            "route53:DeleteHostedZone",
            "`route53:DeleteHostedZone` is allowed from everywhere, at any time: no condition limits it",
            "test where the request comes from, for example with `aws:SourceIp`",
            id="condition-without-key",
        ),
    ],
)
def test_what_is_said(code: str, action: str, message: str, hint: str) -> None:
    assert [(each.message, each.hint) for each in risks(allow(action), code=code)] == [(message, hint)]


def test_ways_that_begin_alike_are_one_finding() -> None:
    actions = ("iam:PassRole", "ec2:RunInstances", "lambda:CreateFunction", "lambda:InvokeFunction")
    (found,) = risks(allow(*actions), code="IAM901")
    together = "`iam:PassRole` and `ec2:RunInstances` on every resource together give a way to more rights"
    assert found.message == f"{together}, one of 2 that begin with `iam:PassRole`"
    assert found.hint == f"name the roles: `{ROLE}`; and test `iam:PassedToService`"


def test_only_some_types_of_many_are_named() -> None:
    (found,) = risks(allow("ecs:*"), code="IAM905")
    assert found.hint.count("arn:aws:ecs:") == 3
    assert "and the like for" in found.hint


def test_a_statement_that_could_be_narrower_is_one_finding() -> None:
    (found,) = risks(allow("sqs:ReceiveMessage", "sqs:SendMessage", "sqs:DeleteMessage"), code="IAM907")
    assert found.message.startswith("`*` can be narrower: `sqs:ReceiveMessage` and 2 more actions work on")


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        (["sqs:SendMessage"], "`sqs:SendMessage` works on"),
        (["sqs:SendMessage", "sqs:DeleteMessage"], "`sqs:SendMessage` and `sqs:DeleteMessage` work on"),
    ],
)
def test_few_actions_are_named(actions: list[str], words: str) -> None:
    (found,) = risks(allow(*actions), code="IAM907")
    assert found.message.startswith(f"`*` can be narrower: {words}")


def test_the_hint_is_about_the_action_that_is_named() -> None:
    (found,) = risks(allow("*"), code="IAM902")
    assert found.message.startswith("`rds:CopyDBSnapshot` and ")
    assert "arn:aws:rds:" in found.hint


def test_a_whole_service_has_levels() -> None:
    (found,) = risks(allow("sqs:*"), code="IAM841")
    assert sum(map(int, re.findall("[0-9]+", found.hint))) == len(catalogue().actions_of("sqs"))
    assert found.hint.startswith("name the actions that the task needs; by level, the service has ")
    assert "permissions management" in found.hint


@pytest.mark.parametrize(
    ("other", "level"),
    [
        pytest.param(allow("s3:GetObject"), Level.NOTICE, id="everywhere"),
        pytest.param(allow("s3:*", on=("arn:aws:s3:::b/*",)), Level.NOTICE, id="on-objects"),
        pytest.param(allow("s3:GetObject", on=("arn:aws:s3:::c",)), Level.WARNING, id="on-another-bucket"),
        pytest.param(allow("s3:PutObject"), Level.WARNING, id="another-action"),
        pytest.param(deny("s3:GetObject"), Level.WARNING, id="denied"),
    ],
)
def test_an_action_that_works_elsewhere_is_a_notice(other: Statement, level: Level) -> None:
    found = risks(allow("s3:GetObject", on=("arn:aws:s3:::b",)), other, code="IAM517")
    assert found[0].level is level


def test_an_action_beside_others_that_work_is_a_notice_in_an_allow() -> None:
    actions = ("s3:GetObject", "s3:ListBucket")
    levels = [risks(made(*actions, on=("arn:aws:s3:::b",)), code="IAM517")[0].level for made in (allow, deny)]
    assert levels == [Level.NOTICE, Level.WARNING]


@pytest.mark.parametrize(
    ("code", "kind", "statement"),
    [
        pytest.param(
            "IAM832", Kind.TRUST, {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}, id="trust"
        ),
        pytest.param("IAM838", Kind.QUEUE, {**allow("sqs:*", on=(QUEUE,)), "Principal": {"AWS": "111122223333"}}, id="queue"),
    ],
)
def test_own_accounts_are_not_reported(code: str, kind: Kind, statement: Mapping[str, object]) -> None:
    subject = subject_of(text(statement), kind)
    assert subject
    own = Subject(subject.policy, subject.source, subject.node, accounts=frozenset({"111122223333"}))
    assert [[each.code for each in check([each], lambda finding: finding.code == code)] for each in (subject, own)] == [[code], []]


def test_the_lists_have_actions_of_the_catalogue() -> None:
    known = catalogue()
    assert known
    names = {each for way in WAYS for each in way} | set(DATA) | CREDENTIALS
    parts = {name: name.partition(":")[::2] for name in names}
    assert [name for name, (service, action) in parts.items() if known.actions_of(service).get(action.lower()) != action] == []


def test_services_that_act_for_others_are_principals() -> None:
    assert "scheduler.amazonaws.com" in DEPUTIES


def test_risks_are_off_by_default() -> None:
    assert [each.code for each in all_findings().values() if each.family is Family.RISK and each.default] == []


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("List", AccessLevel.LIST),
        ("Read", AccessLevel.READ),
        ("Write", AccessLevel.WRITE),
        ("Tagging, Write", AccessLevel.TAGGING),
        ("Permissions management, Write", AccessLevel.PERMISSIONS),
    ],
)
def test_the_most_specific_level_counts(written: str, level: AccessLevel) -> None:
    details = {
        "name": "Do",
        "accessLevel": written,
        "resourceTypes": [{"name": "a", "required": False}, {"name": "gone", "required": True}],
    }
    access = read_access("s", details, {"a": "arn:${Partition}:s:::${Name}"})
    assert (access.name, access.level, len(access.types), access.needs_resource) == ("s:Do", level, 1, False)
