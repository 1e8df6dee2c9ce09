"""`simulate`, by either engine: IAM's SimulateCustomPolicy."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

from tests.support.iam_model import OUTPUT, problems, read_back

Run: TypeAlias = Callable[..., CompletedProcess[str]]

USER: Final = "arn:aws:iam::111122223333:user/u"
IDENTITY: Final = """{"Version": "2012-10-17", "Statement": [
 {"Effect": "Allow", "Action": "sqs:*Message", "Resource": "*"},
 {"Effect": "Deny", "Action": "sqs:DeleteMessage", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "<secure>"}}}
]}"""
BOUNDARY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": "sqs:PurgeQueue", "Resource": "*"}}'
ORGANIZATION: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-*"}}'
QUEUE: Final = """{"Version": "2012-10-17", "Statement": [
 {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/u"}, "Action": "sqs:*", "Resource": "*"}
]}"""
NEAR: Final = "arn:aws:sqs:us-east-1:111122223333:near"
ACROSS: Final = "arn:aws:sqs:us-east-1:444455556666:across"
FAR: Final = "arn:aws:sqs:eu-west-1:111122223333:far"
REQUEST: Final[dict[str, Any]] = {
    "PolicyInputList": [IDENTITY],
    "PermissionsBoundaryPolicyInputList": [BOUNDARY],
    "OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [ORGANIZATION]}],
    "ResourcePolicy": QUEUE,
    "CallerArn": USER,
    "ActionNames": ["sqs:SendMessage", "sqs:DeleteMessage", "sqs:PurgeQueue"],
    "ResourceArns": [NEAR, ACROSS, FAR],
    "ContextEntries": [{"ContextKeyName": "AWS:securetransport", "ContextKeyType": "boolean", "ContextKeyValues": ["false"]}],
}
OTHERS: Final = "no allow of permissions_boundary, no allow of service_control"
ENGINES: Final = pytest.mark.parametrize("engine", ["native", "opa"])
OPTIONS: Final = ("--param", "secure=false", "--no-progress")

pytestmark = pytest.mark.usefixtures("with_opa")


@ENGINES
def test_the_response_is_one_that_botocore_takes(run: Run, engine: str) -> None:
    done = run("simulate", "-", "--engine", engine, "--format", "json", *OPTIONS, stdin=json.dumps(REQUEST))
    assert (done.returncode, done.stderr) == (0, "")
    response = json.loads(done.stdout)
    assert problems(response, OUTPUT) == []
    assert read_back(response) == response


@ENGINES
def test_each_action_is_decided_on_each_resource(run: Run, engine: str) -> None:
    done = run("simulate", "-", "--engine", engine, "--format", "json", *OPTIONS, stdin=json.dumps(REQUEST))
    results = json.loads(done.stdout)["EvaluationResults"]
    assert [(each["EvalActionName"], each["EvalDecision"]) for each in results] == [
        ("sqs:SendMessage", "implicitDeny"),
        ("sqs:DeleteMessage", "explicitDeny"),
        ("sqs:PurgeQueue", "implicitDeny"),
    ]
    assert [[each["EvalResourceDecision"] for each in result["ResourceSpecificResults"]] for result in results] == [
        ["allowed", "allowed", "implicitDeny"],
        ["explicitDeny", "explicitDeny", "explicitDeny"],
        ["allowed", "implicitDeny", "implicitDeny"],
    ]
    assert [result["OrganizationsDecisionDetail"]["AllowedByOrganizations"] for result in results] == [False, False, False]
    assert [result["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] for result in results] == [True, True, False]
    assert [result["EvalDecisionDetails"] for result in results] == [
        {"IAM Policy": "allowed", "Resource Policy": "allowed"},
        {"IAM Policy": "explicitDeny", "Resource Policy": "allowed"},
        {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"},
    ]


@ENGINES
def test_the_table_is_for_people(run: Run, engine: str) -> None:
    request = {**REQUEST, "ActionNames": ["sqs:PurgeQueue"], "ContextEntries": []}
    done = run("simulate", "-", "--engine", engine, *OPTIONS, stdin=json.dumps(request))
    head, *rows = done.stdout.splitlines()
    assert (done.returncode, head.split("  ")[0]) == (0, "action")
    assert [re.split(" {2,}", row) for row in rows] == [
        ["sqs:PurgeQueue", NEAR, "allowed", "ResourcePolicy:2:2", "-"],
        ["sqs:PurgeQueue", ACROSS, "implicitDeny", "no allow of identity, no allow of permissions_boundary", "-"],
        ["sqs:PurgeQueue", FAR, "implicitDeny", f"no allow of identity, {OTHERS}", "-"],
    ]


def test_the_engines_answer_alike(run: Run) -> None:
    native, opa = (
        run("simulate", "-", "--engine", engine, "--format", "json", *OPTIONS, stdin=json.dumps(REQUEST)).stdout
        for engine in ("native", "opa")
    )
    assert native == opa


def test_what_iam_would_refuse_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text('{"PolicyInputList": [],\n "ActionNames": ["sqs:*"],\n "SessionPolicies": []}')
    done = run("simulate", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == f"{file}:3:2: error[IAM606]: unknown member `SessionPolicies` in the request"
    done = run("simulate", "-", "--format", "json", stdin='{"PolicyInputList": [],\n "ActionNames": ["sqs:*"]}')
    found = json.loads(done.stderr)
    assert (done.returncode, done.stdout) == (2, "")
    assert (found["file"], found["line"], found["column"], found["code"]) == ("-", 2, 18, "IAM617")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"PolicyInputList": ["{"], "ActionNames": []}', "{}{}"])
def test_what_is_no_request_is_refused(run: Run, text: str) -> None:
    done = run("simulate", "-", stdin=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[IAM" in done.stderr


def test_warnings_of_the_policies_are_told(run: Run) -> None:
    policy = '{"Statement": {"Effect": "Allow", "Action": "s3:Get", "Resource": "*", "Condition": {"StringLikes": {}}}}'
    done = run("simulate", "-", stdin=json.dumps({"PolicyInputList": [policy], "ActionNames": ["s3:Get"]}))
    assert (done.returncode, done.stderr.splitlines()[0].split(":")[0]) == (0, "-#PolicyInputList.1")
    assert "warning[IAM301]" in done.stderr


def test_lenient_lets_pass_what_means_something(run: Run) -> None:
    request = {"PolicyInputList": ['{"Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}}'], "ActionNames": ["s3:Get"]}
    assert run("simulate", "-", stdin=json.dumps(request)).returncode == 2
    assert run("simulate", "-", "--lenient", stdin=json.dumps(request)).returncode == 0


def test_without_a_usable_opa_the_surroundings_failed(run: Run, tmp_path: Path) -> None:
    done = run("simulate", "-", "--engine", "opa", "--opa", tmp_path / "none", *OPTIONS, stdin=json.dumps(REQUEST))
    assert (done.returncode, done.stdout) == (3, "")


@ENGINES
def test_a_simulation_knows_neither_trust_policies_nor_actions_without_policies(run: Run, engine: str) -> None:
    """E14, E16: as SimulateCustomPolicy, where `eval` would need a trust policy, and would always allow the other two."""
    policy = """{"Version": "2012-10-17", "Statement": [
     {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"},
     {"Effect": "Deny", "Action": "sts:GetCallerIdentity", "Resource": "*"}
    ]}"""
    role = "arn:aws:iam::111122223333:role/r"
    asked = {
        "PolicyInputList": [policy],
        "ResourceArns": [role],
        "ActionNames": ["sts:AssumeRole", "sts:GetCallerIdentity", "sts:GetSessionToken"],
    }
    done = run("simulate", "-", "--engine", engine, "--format", "json", "--no-progress", stdin=json.dumps(asked))
    results = json.loads(done.stdout)["EvaluationResults"]
    assert [each["EvalDecision"] for each in results] == ["allowed", "explicitDeny", "implicitDeny"]
