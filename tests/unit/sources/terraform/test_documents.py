"""Which documents are in plans and states, their names, and those that are not known."""

import json
from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources.terraform.table import TABLE
from tests.unit.sources.terraform.made import (
    ACCOUNT,
    BUCKET,
    TRUST,
    allow,
    change,
    configured,
    documents,
    extracted,
    loaded,
    looked,
    module,
    plan,
    role,
    state,
    write,
)

READ = change("aws_iam_policy.read", {"name": "read", "policy": allow()}, ["arn"])
ORGANIZATION = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'


def kinds(path: str) -> dict[str, Kind]:
    return {each.name: each.form.kind for each in extracted(path)[0].documents}


def test_a_role_with_its_policies(tmp_path: Path) -> None:
    inline = [{"name": "one", "policy": allow()}, {"name": "trust", "policy": allow()}, {"policy": allow()}, {"name": "", "policy": ""}]
    path = write(tmp_path, plan(role(inline_policy=inline)))
    assert kinds(path) == {
        "p/aws_iam_role.r/trust": Kind.TRUST,
        "p/aws_iam_role.r/one": Kind.IDENTITY,
        "p/aws_iam_role.r/trust#inline": Kind.IDENTITY,
        "p/aws_iam_role.r/policy[2]": Kind.IDENTITY,
    }


def test_names_of_instances_in_modules(tmp_path: Path) -> None:
    address = 'module.a["x.y"].module.b[0].aws_iam_policy.p["k]\\""]'
    path = write(tmp_path, plan(change(address, {"name": "p", "policy": allow()})))
    assert list(documents(path)) == [f"p/{address}"]


OF_OTHER_TESTS = {"aws_iam_role", "awscc_iam_role", "aws_organizations_policy", "awscc_organizations_policy"}


@pytest.mark.parametrize("kind", sorted(TABLE.keys() - OF_OTHER_TESTS))
def test_every_type_of_the_table(kind: str, tmp_path: Path) -> None:
    place, *_ = TABLE[kind]
    values: Any = ORGANIZATION if place.kind is Kind.SERVICE_CONTROL else allow() if place.kind in (Kind.IDENTITY, Kind.SESSION) else BUCKET
    for step in reversed(place.path):
        values = [values] if step == "*" else {step: values}
    path = write(tmp_path, plan(change(f"{kind}.x", values)))
    assert [*kinds(path).values()] == [place.kind]
    unread = write(tmp_path, plan(change(f"{kind}.x", {}, [place.path[0]]), READ), "u.json")
    assert "IAM621" in {each.code for each in looked(unread).findings}


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (None, Kind.SERVICE_CONTROL),
        ("SERVICE_CONTROL_POLICY", Kind.SERVICE_CONTROL),
        ("RESOURCE_CONTROL_POLICY", Kind.RESOURCE_CONTROL),
        ("TAG_POLICY", None),
    ],
)
def test_policies_of_organizations(of: str | None, kind: Kind | None, tmp_path: Path) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}})
    path = write(tmp_path, plan(change("aws_organizations_policy.o", {"content": text, **({"type": of} if of else {})})))
    assert kinds(path) == ({"p/aws_organizations_policy.o": kind} if kind else {})


def test_what_is_known_after_apply_is_a_warning_of_check_and_an_error_of_builds(tmp_path: Path) -> None:
    refers = ["aws_s3_bucket.logs.arn", "aws_s3_bucket.logs", "data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"]
    deferred = {"statement": [{"resources": [True, False], "actions": [False]}, {}], "json": True}
    data = {**change("aws_iam_policy_document.d", {}, deferred, ["read"]), "mode": "data", "address": "data.aws_iam_policy_document.d"}
    root = module(configured("aws_s3_bucket_policy.logs", policy=refers, bucket="logs"))
    path = write(tmp_path, plan(READ, change("aws_s3_bucket_policy.logs", {"bucket": "logs"}, ["policy"]), data, root=root))
    (found,) = (each for each in looked(path).findings if each.code == "IAM621")
    assert (found.source.name, found.span, found.level) == (f"{path}#aws_s3_bucket_policy.logs.policy", None, "warning")
    assert found.message == (
        "the whole document is known after apply; it refers to `aws_s3_bucket.logs.arn`, `data.aws_iam_policy_document.d.json`; "
        "not known are: statement 0, resources"
    )
    with pytest.raises(PolicyError) as refused:
        loaded(path)
    assert [(each.code, each.level) for each in refused.value.diagnostics if each.level == "error"] == [("IAM621", "error")]


def test_a_plan_whose_only_document_is_known_after_apply(tmp_path: Path) -> None:
    path = write(tmp_path, plan(change("aws_iam_policy.p", {"name": "p"}, ["policy"])))
    assert [(each.code, each.message.split(";")[0]) for each in looked(path).findings] == [
        ("IAM627", "1 policy, 1 known after apply"),
        ("IAM621", "the whole document is known after apply"),
    ]


def test_a_part_of_an_inline_policy_that_is_known_after_apply(tmp_path: Path) -> None:
    marks = {"arn": True, "inline_policy": [{"policy": True}, {}]}
    after = {"name": "r", "assume_role_policy": TRUST, "inline_policy": [{"name": "a"}, {"name": "b", "policy": allow()}]}
    path = write(tmp_path, plan(change("aws_iam_role.r", after, marks)))
    (found,) = (each for each in looked(path).findings if each.code == "IAM621")
    assert found.source.name.endswith("#aws_iam_role.r.inline_policy[0].policy")


def test_a_computed_attribute_that_nobody_writes_is_not_there(tmp_path: Path) -> None:
    queue = change("aws_sqs_queue.q", {"name": "q"}, ["arn", "policy"])
    path = write(tmp_path, plan(READ, queue, root=module(configured("aws_sqs_queue.q", name="q"))))
    assert looked(path, **ACCOUNT).findings == ()
    written = write(tmp_path, plan(READ, queue, root=module(configured("aws_sqs_queue.q", policy=["local.p"]))), "w.json")
    assert [each.code for each in looked(written, **ACCOUNT).findings] == ["IAM627", "IAM621"]


@pytest.mark.parametrize("actions", [["delete"], ["forget"]])
def test_what_a_plan_takes_away(actions: list[str], tmp_path: Path) -> None:
    gone = change("aws_iam_policy.old", None, None, actions, before={"name": "old", "policy": allow()})
    path = write(tmp_path, plan(READ, gone))
    assert {each.code: each.message for each in looked(path).findings} == {
        "IAM624": "the plan takes `aws_iam_policy.old` away, so its policy is not there afterwards",
        "IAM627": "2 policies, 1 taken away",
    }
    assert list(documents(path)) == ["p/aws_iam_policy.read"]


@pytest.mark.parametrize("actions", [["no-op"], ["update"], ["delete", "create"], ["create", "delete"], ["create", "forget"]])
def test_what_is_there_afterwards(actions: list[str], tmp_path: Path) -> None:
    path = write(tmp_path, plan(change("aws_iam_policy.p", {"policy": allow()}, None, actions, before={"policy": allow("x")})))
    assert documents(path)["p/aws_iam_policy.p"]["Statement"][0]["Resource"] == "*"


def test_planned_values_where_there_are_no_changes(tmp_path: Path) -> None:
    inner = {"address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "values": {"policy": allow()}}
    other = {"address": "module.m.aws_iam_policy.q", "mode": "managed", "type": "aws_iam_policy", "values": {"name": "q"}}
    values = {"root_module": {"resources": [inner], "child_modules": [{"address": "module.m", "resources": [other]}]}}
    root = module(m=call_of(configured("aws_iam_policy.q", policy=["aws_s3_bucket.b.arn"])))
    path = write(tmp_path, {"format_version": "0.1", "planned_values": values, "configuration": {"root_module": root}})
    assert list(documents(path)) == ["p/aws_iam_policy.p"]
    assert [each.source.name for each in looked(path).findings if each.code == "IAM621"] == [f"{path}#module.m.aws_iam_policy.q.policy"]


def call_of(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"expressions": {}, "module": module(*resources)}


def test_a_finding_is_at_its_place_in_the_document(tmp_path: Path) -> None:
    path = write(tmp_path, plan(change("aws_iam_policy.p", {"policy": allow(action="s3:GetObjekt", Sid="a b")})))
    (found,) = (each for each in looked(path).findings if each.code == "IAM108")
    assert found.span
    assert (found.source.name, found.source.cut(found.span)) == (f"{path}#aws_iam_policy.p.policy", '"a b"')


def test_an_unfinished_plan_is_a_warning(tmp_path: Path) -> None:
    for member in ({"errored": True}, {"complete": False}):
        (warning,) = looked(write(tmp_path, plan(READ, **member))).findings
        assert (warning.level, warning.message) == ("warning", "the plan is not complete, so policies may be missing")


def test_a_state_knows_everything(tmp_path: Path) -> None:
    path = write(tmp_path, state(("aws_iam_policy.p", {"policy": allow(), "arn": "arn:aws:iam::111122223333:policy/p"})))
    assert looked(path).findings == ()


def test_a_plan_of_no_changes_is_read_as_its_state(tmp_path: Path) -> None:
    arn = "arn:aws:iam::111122223333"
    values = {
        "aws_iam_role.r": {
            "name": "r",
            "arn": f"{arn}:role/r",
            "assume_role_policy": TRUST,
            "inline_policy": [{"name": "i", "policy": allow()}],
        },
        "aws_iam_policy.p": {"name": "p", "arn": f"{arn}:policy/p", "policy": allow()},
        "aws_iam_role_policy_attachment.a": {"role": "r", "policy_arn": f"{arn}:policy/p"},
        "aws_s3_bucket.b": {"bucket": "b", "arn": "arn:aws:s3:::b", "policy": BUCKET},
        "aws_s3_bucket_policy.b": {"bucket": "b", "policy": BUCKET},
    }
    one = loaded(write(tmp_path, state(*values.items()))).policies
    two = loaded(write(tmp_path, plan(*(change(each, after, None, ["no-op"]) for each, after in values.items())))).policies
    assert one == two
    assert [each.policy for each in one.attachments.resources] == ["p/aws_iam_role.r/trust", "p/aws_s3_bucket_policy.b"]
