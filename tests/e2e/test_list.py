"""`list` says of every policy of every source where it is, who has it, and what becomes of it."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final

Run = Callable[..., CompletedProcess[str]]

ROLE: Final = "arn:aws:iam::111122223333:role"
ACCOUNT: Final = ("--param", "AWS::AccountId=111122223333", "--param", "AWS::Region=eu-west-1")
DOCUMENT: Final = "{Statement: {Effect: Allow, Action: 's3:*', Resource: %s}}"
TEMPLATE: Final = f"""Parameters: {{Stage: {{Type: String}}}}
Conditions:
  Never: !Equals [a, b]
  Maybe: !Equals [!Ref Stage, prod]
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      AssumeRolePolicyDocument: {{Statement: {{Effect: Allow, Action: 'sts:AssumeRole', Principal: {{AWS: '*'}}}}}}
      Policies:
        - {{PolicyName: one, PolicyDocument: {DOCUMENT % "'*'"}}}
        - PolicyName: two
          PolicyDocument: {DOCUMENT % "!GetAtt Queue.Arn"}
  Queue: {{Type: AWS::SQS::Queue}}
  Spare: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {DOCUMENT % "'*'"}}}}}
  Gone: {{Type: AWS::IAM::ManagedPolicy, Condition: Never, Properties: {{PolicyDocument: {DOCUMENT % "'*'"}}}}}
  Open: {{Type: AWS::IAM::ManagedPolicy, Condition: Maybe, Properties: {{PolicyDocument: {DOCUMENT % "'*'"}}}}}
"""


def listed(run: Run, *words: str | Path, status: int = 0) -> list[dict[str, Any]]:
    done = run("list", *words, "--format", "json")
    assert done.returncode == status, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["policies"]
    return found


def told(entry: dict[str, Any]) -> tuple[object, ...]:
    return entry["resource"], entry["path"], entry["line"], entry["kind"], entry["outcome"], entry["needs"], entry["attached_to"]


def test_what_becomes_of_the_policies_of_a_template(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(TEMPLATE)
    found = listed(run, file, *ACCOUNT)
    assert {each["name"]: told(each) for each in found} == {
        "t/Reader/trust": ("Reader", "AssumeRolePolicyDocument", 10, "trust", "read", [], [f"{ROLE}/reader"]),
        "t/Reader/one": ("Reader", "Policies[0].PolicyDocument", 12, "identity", "read", [], [f"{ROLE}/reader"]),
        "t/Reader/two": ("Reader", "Policies[1].PolicyDocument", 14, "identity", "needs_names", ["Queue.Arn"], []),
        "t/Spare": ("Spare", "PolicyDocument", 16, "identity", "not_attached", [], []),
        "t/Gone": ("Gone", "PolicyDocument", 17, "identity", "not_created", [], []),
        "t/Open": ("Open", "PolicyDocument", 18, "identity", "needs_names", ["Stage"], []),
    }
    assert {each["file"] for each in found} == {str(file)}
    whole = {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
    documents = {each["name"]: each["document"] for each in found}
    assert documents["t/Reader/one"] == documents["t/Spare"] == whole
    assert [documents[name] for name in ("t/Reader/two", "t/Gone", "t/Open")] == [None] * 3


def test_a_name_that_is_given_is_no_longer_needed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(TEMPLATE)
    queue = "arn:aws:sqs:eu-west-1:111122223333:q"
    found = listed(run, file, *ACCOUNT, "--param", f"Queue.Arn={queue}", "--param", "Stage=prod")
    outcomes = {
        each["name"]: (each["outcome"], each["document"]["Statement"].get("Resource") if each["document"] else None) for each in found
    }
    assert outcomes["t/Reader/two"] == ("read", queue)
    assert outcomes["t/Open"] == ("not_attached", "*")


def test_what_a_plan_does_not_know_yet_and_what_it_takes_away(run: Run, tmp_path: Path) -> None:
    def change(name: str, actions: list[str], **change: object) -> dict[str, object]:
        address = f"aws_iam_policy.{name}"
        values = {"address": address, "mode": "managed", "type": "aws_iam_policy", "name": name}
        return {**values, "provider_name": "registry.terraform.io/hashicorp/aws", "change": {"actions": actions, **change}}

    document = json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})
    changes = [
        change("wait", ["create"], before=None, after={"name": "w"}, after_unknown={"policy": True}),
        change("gone", ["delete"], before={"name": "g", "policy": document}, after=None, after_unknown={}),
        change("kept", ["no-op"], before={"name": "k", "policy": document}, after={"name": "k", "policy": document}, after_unknown={}),
    ]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({"format_version": "1.2", "resource_changes": changes}))
    assert [told(each) for each in listed(run, file, *ACCOUNT)] == [
        ("aws_iam_policy.wait", "policy", None, "identity", "known_after_apply", [], []),
        ("aws_iam_policy.gone", "policy", None, "identity", "not_created", [], []),
        ("aws_iam_policy.kept", "policy", None, "identity", "not_attached", [], []),
    ]


def test_other_sources(run: Run, tmp_path: Path) -> None:
    document = '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericEquals": {"a": 1.50e2}}}}'
    (tmp_path / "p.json").write_text(document)
    done = run("list", tmp_path / "p.json", "--format", "json")
    assert '"a": 1.50e2' in done.stdout, "numbers keep their spelling"
    (entry,) = json.loads(done.stdout)["policies"]
    assert (entry["name"], told(entry)) == ("p", (None, None, 1, "identity", "read", [], ["*"]))
    (tmp_path / "set.json").write_text(json.dumps({"policies": {"identity": [document]}, "resources": {"arn:aws:s3:::b": document}}))
    found = listed(run, tmp_path / "set.json")
    assert [told(each)[2:] for each in found] == [
        (None, "identity", "read", [], ["*"]),
        (None, "resource", "read", [], ["arn:aws:s3:::b"]),
    ]


def test_text_is_a_line_for_each_policy(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(TEMPLATE)
    lines = run("list", file, *ACCOUNT).stdout.splitlines()
    assert lines[1] == f"{file}:12: t/Reader/one: identity policy, read; attached to {ROLE}/reader"
    assert lines[2] == f"{file}:14: t/Reader/two: identity policy, needs names; needs Queue.Arn"
    assert len(lines) == 6


def test_an_unreadable_file_does_not_hide_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.json").write_text('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    done = run("list", tmp_path, "--format", "json")
    assert (done.returncode, [each["name"] for each in json.loads(done.stdout)["policies"]]) == (2, ["b"])
    assert [json.loads(line)["code"] for line in done.stderr.splitlines()] == ["IAM005"]


def test_an_error_in_a_policy_does_not_hide_who_has_the_others(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(TEMPLATE.replace("!GetAtt Queue.Arn", "!GetAtt Topic.Arn"))
    found = {each["name"]: told(each)[4:] for each in listed(run, file, *ACCOUNT, status=2)}
    assert found["t/Reader/one"] == ("read", [], [f"{ROLE}/reader"])
    assert found["t/Reader/two"] == ("needs_names", [], [])


def test_a_source_without_a_policy_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}')
    done = run("list", tmp_path / "t.json", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (2, {"policies": []})
    assert "IAM603" in done.stderr
