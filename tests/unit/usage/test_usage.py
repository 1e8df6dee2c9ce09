"""What was used of statements, and the narrower policies."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.sources import load
from iam2rego.usage import Usage, read_event
from iam2rego.usage.report import usage_json, usage_text

ANN: Final = "arn:aws:iam::123456789012:user/ann"
B: Final = "arn:aws:s3:::b/{}"
REVISION: Final = "2012-10-17"


def statement(effect: str = "Allow", action: Any = "s3:*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def decided(action: str, resource: str, *indexes: int, effect: str = "Allow", policy: str = "p", sid: str = "", **more: Any) -> Any:
    """What OPA logs of a decision that statements made."""
    decision = "allowed" if effect == "Allow" else "explicitDeny"
    matched = [{"policy": policy, "sid": sid, "index": index, "effect": effect} for index in indexes]
    request = {"principal": ANN, "action": action, "resource": resource, "context": {}}
    return {
        "path": "iam/authz/decision",
        "input": request,
        "result": {"decision": decision, "matched_statements": matched, "errors": []},
        **more,
    }


def report(folder: Path, document: Any, events: Sequence[Any]) -> dict[str, Any]:
    (folder / "p.json").write_text(json.dumps(document))
    return of_sources(folder, events)


def of_sources(folder: Path, events: Sequence[Any]) -> dict[str, Any]:
    loaded = load([str(folder)])
    usage = Usage(loaded.policies)
    for each in events:
        logged = read_event(each, "iam")
        assert logged
        usage.add(logged)
    assert all(isinstance(line, str) for line in usage_text(usage, loaded.sources, {}))
    return usage_json(usage, loaded.sources, {})


@pytest.mark.parametrize(
    ("statements", "events", "left"),
    [
        pytest.param([statement()], [decided("s3:GetObject", "*", 0)], [statement(action=["s3:GetObject"])], id="A3/a-wildcard"),
        pytest.param(
            [statement(action=["s3:GetObject", "s3:PutObject"])],
            [decided("s3:getobject", "*", 0)],
            [statement(action=["s3:getobject"])],
            id="A4/one-of-two-in-other-case",
        ),
        pytest.param([statement(action="s3:GetObject")], [decided("S3:getObject", "*", 0)], None, id="A4/nothing-to-leave-out"),
        pytest.param(
            [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
            [decided("s3:GetObject", "*", 0), decided("s3:A", "*", 0)],
            [{"Effect": "Allow", "Action": ["s3:A", "s3:GetObject"], "Resource": "*"}],
            id="A8/NotAction",
        ),
        pytest.param(
            [statement(action="s3:GetObject")],
            [decided("s3:GetObject", B.format(each), 0) for each in "ba"],
            [statement(action="s3:GetObject", resource=[B.format("a"), B.format("b")])],
            id="R6/resources-as-seen",
        ),
        pytest.param(
            [statement(action="s3:GetObject")],
            [decided("s3:GetObject", B.format(each), 0) for each in range(20)],
            [statement(action="s3:GetObject", resource=sorted(B.format(each) for each in range(20)))],
            id="R6/as-many-resources-as-are-told",
        ),
        pytest.param(
            [statement(action="s3:GetObject")], [decided("s3:GetObject", B.format(each), 0) for each in range(21)], None, id="R6/one-more"
        ),
        pytest.param(
            [{"Effect": "Allow", "Action": "s3:A", "NotResource": B.format("*")}],
            [decided("s3:A", "arn:aws:s3:::c", 0)],
            [{"Effect": "Allow", "Action": "s3:A", "Resource": ["arn:aws:s3:::c"]}],
            id="R10/NotResource",
        ),
        pytest.param(
            [statement(action="s3:A", resource=B.format("${aws:username}/*"))],
            [decided("s3:A", B.format("ann/x"), 0)],
            None,
            id="V1/a-variable-stays",
        ),
        pytest.param([statement(action="s3:A")], [decided("s3:A", B.format("*"), 0)], None, id="R6/a-resource-that-is-no-literal"),
        pytest.param(
            [statement(Condition={"Bool": {"aws:SecureTransport": "true"}}, Sid="S")],
            [decided("s3:A", "*", 0, sid="S")],
            [statement(action=["s3:A"], Condition={"Bool": {"aws:SecureTransport": "true"}}, Sid="S")],
            id="conditions-stay",
        ),
        pytest.param(
            [statement("Deny"), statement(action="s3:A"), statement(action="s3:B")],
            [decided("s3:A", "*", 1)],
            [statement("Deny"), statement(action="s3:A")],
            id="an-Allow-goes-and-a-Deny-stays",
        ),
        pytest.param([statement("Deny")], [decided("s3:A", "*", 0, effect="Deny")], None, id="a-Deny-is-not-narrowed"),
        pytest.param([statement()], [decided("s3:A", "*")], [], id="nothing-was-needed"),
        pytest.param(
            [statement(action="s3:A")], [decided("s3:A", "*", 0), decided("s3:A", "*", 0, input={"method": "GET"})], None, id="no-request"
        ),
    ],
)
def test_the_narrower_policy_is_what_was_needed(tmp_path: Path, statements: Any, events: Any, left: Any) -> None:
    (policy,) = report(tmp_path, {"Version": REVISION, "Statement": statements}, events)["policies"]
    assert policy["narrower"] == (None if left is None else {"Version": REVISION, "Statement": left})
    assert policy["narrower_allows_only_this"] == (None if left is None else "proved")


def test_a_statement_tells_what_was_used(tmp_path: Path) -> None:
    document = {"Statement": statement(action=["s3:Get*", "s3:Put*"], resource=B.format("*"), Sid="S")}
    events = [decided("s3:GetObject", B.format(each), 0, sid="S") for each in "aab"] + [decided("s3:GetTagging", B.format("a"), 0, sid="S")]
    (policy,) = report(tmp_path, document, events)["policies"]
    assert policy["decided"]
    assert policy["statements"] == [
        {
            "index": 0,
            "sid": "S",
            "effect": "Allow",
            "start": {"line": 1, "column": 15},
            "decided": 4,
            "actions": {"s3:GetObject": 3, "s3:GetTagging": 1},
            "other_actions": 0,
            "never_used_actions": ["s3:Put*"],
            "resources": {B.format("a"): 3, B.format("b"): 1},
            "other_resources": 0,
            "never_used_principals": [],
        }
    ]


def test_a_report_tells_when_by_which_revisions_and_how(tmp_path: Path) -> None:
    times = [{"timestamp": f"2026-01-{day}T00:00:00.{day}Z", "bundles": {"iam": {"revision": "r"}}} for day in ("02", "01", "03")]
    found = report(tmp_path, {"Statement": statement()}, [decided("s3:A", "*", 0, **each) for each in times])
    assert (found["first"], found["last"], found["revisions"]) == ("2026-01-01T00:00:00", "2026-01-03T00:00:00", {"r": 3})
    assert found["decisions"] == {"allowed": 3, "explicitDeny": 0, "implicitDeny": 0}
    assert not found["lower_bound"]


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(decided("s3:A", B.format("k"), 0, policy="q"), id="another-policy"),
        pytest.param(decided("s3:A", B.format("k"), 1), id="another-index"),
        pytest.param(decided("s3:A", B.format("k"), 0, sid="S"), id="another-Sid"),
        pytest.param(decided("s3:A", B.format("k"), 0, effect="Deny"), id="another-effect"),
        pytest.param(decided("sqs:A", B.format("k"), 0), id="an-action-that-it-does-not-name"),
        pytest.param(decided("s3:A", "arn:aws:s3:::c", 0), id="a-resource-that-it-does-not-name"),
    ],
)
def test_a_statement_of_other_sources_is_not_taken_for_one_of_these(tmp_path: Path, event: Any) -> None:
    found = report(tmp_path, {"Statement": statement(resource=B.format("*"))}, [event])
    assert list(found["other_statements"].values()) == [1]
    assert found["policies"][0]["statements"][0]["decided"] == 0


def test_logs_of_allow_give_a_lower_bound(tmp_path: Path) -> None:
    labels = [{"policy": "p", "sid": "", "index": index} for index in (0, 1)]
    request = {"principal": ANN, "action": "s3:A", "resource": "*", "context": {}}
    events = [{"path": "iam/authz/allow", "input": request, "result": each, "rule_labels": labels} for each in (True, True, False)]
    found = report(tmp_path, {"Statement": [statement(), statement("Deny")]}, events)
    assert found["lower_bound"]
    assert found["answers_of_allow"] == {"true": 2, "false": 1}
    assert [each["decided"] for each in found["policies"][0]["statements"]] == [2, 1]
    assert found["policies"][0]["narrower"] is None


def test_principals_that_were_allowed_nothing_are_told(tmp_path: Path) -> None:
    users = [{"Arn": f"arn:aws:iam::123456789012:user/{name}", "UserName": name} for name in ("ann", "ben")]
    trust = {
        "Statement": {"Effect": "Allow", "Principal": {"AWS": [ANN, "arn:aws:iam::123456789012:user/ben"]}, "Action": "sts:AssumeRole"}
    }
    role = {"Arn": "arn:aws:iam::123456789012:role/x/r", "RoleName": "r", "AssumeRolePolicyDocument": trust}
    export = {"UserDetailList": users, "RoleDetailList": [role], "GroupDetailList": [], "Policies": []}
    (tmp_path / "account.json").write_text(json.dumps(export))
    name = f"{role['Arn']}/trust"
    events = [decided("sts:AssumeRole", role["Arn"], 0, policy=name), decided("s3:A", "*")]
    events[1]["input"]["principal"] = "arn:aws:sts::123456789012:assumed-role/r/session"
    found = of_sources(tmp_path, events)
    assert found["principals"] == {
        "allowed": {ANN: 1, role["Arn"]: 1},
        "never_allowed": ["arn:aws:iam::123456789012:user/ben"],
    }
    (policy,) = found["policies"]
    assert policy["statements"][0]["never_used_principals"] == ["arn:aws:iam::123456789012:user/ben"]
    assert policy["narrower"] is None
