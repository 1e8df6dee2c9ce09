"""`who-can`, `what-can`, and differences by principal, on an account export."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

IAM: Final = "arn:aws:iam::123456789012"
MFA: Final = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
KEY: Final = "arn:aws:s3:::logs/a"

pytestmark = pytest.mark.usefixtures("with_opa")


def document(**statement: Any) -> dict[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*", **statement}],
    }


def export(**policies: dict[str, Any]) -> dict[str, Any]:
    """An account whose users each have one inline policy, and whose role trusts the first one."""
    users = [
        {
            "Path": "/",
            "UserName": name,
            "UserId": f"AIDA{name.upper()}",
            "Arn": f"{IAM}:user/{name}",
            "CreateDate": "2024-01-01T00:00:00+00:00",
            "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": given}],
            "GroupList": [],
            "AttachedManagedPolicies": [],
        }
        for name, given in policies.items()
    ]
    role = {
        "Path": "/",
        "RoleName": "deploy",
        "RoleId": "AROADEPLOY",
        "Arn": f"{IAM}:role/deploy",
        "CreateDate": "2024-01-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"AWS": f"{IAM}:user/ann"}, "Action": "sts:AssumeRole", "Condition": MFA}],
        },
        "InstanceProfileList": [],
        "RolePolicyList": [],
        "AttachedManagedPolicies": [],
    }
    return {"UserDetailList": users, "GroupDetailList": [], "RoleDetailList": [role], "Policies": [], "IsTruncated": False}


BEFORE: Final = {"ann": document(), "ben": document(Condition=MFA), "cyd": document(Action="s3:PutObject")}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("account.json").write_text(json.dumps(export(**BEFORE)))
    Path("after.json").write_text(json.dumps(export(**{**BEFORE, "cyd": document(Action=["s3:PutObject", "s3:GetObject"])})))


TEXT: Final = f"""\
who can s3:GetObject on {KEY}:
in every context:
  {IAM}:user/ann
    Allow by statement 0 of account.json:1
in some contexts:
  {IAM}:user/ben
    Allow by statement 0 of account.json:1 if {{"Bool": {{"aws:MultiFactorAuthPresent": ["true"]}}}}
    for example {IAM}:user/ben: s3:GetObject on {KEY} with {{"aws:MultiFactorAuthPresent": "true"}}
"""


def test_who_can_as_text(run: Run) -> None:
    done = run("who-can", "s3:GetObject", KEY, "account.json")
    assert (done.returncode, done.stdout.splitlines()[:-1]) == (0, TEXT.splitlines())
    assert done.stdout.splitlines()[-1].startswith("in no context: ")


def test_who_can_as_json(run: Run) -> None:
    done = run("who-can", "sts:AssumeRole", f"{IAM}:role/deploy", "account.json", "--format", "json")
    found = {each["principal"]: each for each in json.loads(done.stdout)["principals"]}
    assert found[f"{IAM}:user/ann"] == {
        "principal": f"{IAM}:user/ann",
        "contexts": "some",
        "needs_identity_policy": False,
        "statements": [
            {
                "policy": f"{IAM}:role/deploy/trust",
                "policy_type": "resource",
                "index": 0,
                "sid": "",
                "effect": "Allow",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": ["true"]}},
            }
        ],
        "request": {
            "principal": f"{IAM}:user/ann",
            "action": "sts:AssumeRole",
            "resource": f"{IAM}:role/deploy",
            "context": {"aws:MultiFactorAuthPresent": "true"},
        },
        "decisions": {"native": "allowed", "opa": "allowed"},
        "undecided": None,
    }
    assert found[f"{IAM}:user/ben"]["contexts"] == "none"


def test_what_can(run: Run) -> None:
    done = run("what-can", f"{IAM}:user/cyd", "account.json")
    assert done.stdout.splitlines()[:4] == [
        f"{IAM}:user/cyd can:",
        "  Action: s3:PutObject",
        f"    Principal: {IAM}:user/cyd",
        "    Resource: arn:aws:s3:::logs/*",
    ]


def test_what_nobody_can(run: Run) -> None:
    done = run("what-can", f"{IAM}:role/deploy", "account.json")
    assert done.stdout == f"{IAM}:role/deploy can do nothing (proved for every request)\n"


def test_an_unknown_principal_is_refused(run: Run) -> None:
    assert run("what-can", "ann", "account.json").returncode == 2


def test_differences_by_principal(run: Run) -> None:
    done = run("diff", "account.json", "after.json", "--format", "json", "--fail-on", "new-access")
    more, less = json.loads(done.stdout).values()
    assert (done.returncode, less["verdict"]) == (1, "proved")
    assert [(each["principals"], each["Action"]) for each in more["regions"]] == [([f"{IAM}:user/cyd"], ["s3:GetObject"])]


MARKDOWN: Final = f"""\
**newly allowed:**

- `s3:GetObject` on `arn:aws:s3:::logs/*`
  - for `{IAM}:user/cyd`
  - by `statement 0 of after.json:1`
  - for example `{IAM}:user/cyd: s3:GetObject on arn:aws:s3:::logs/a`

**no longer allowed:** nothing, proved for every request
"""


def test_differences_as_markdown(run: Run) -> None:
    assert run("diff", "account.json", "after.json", "--format", "markdown").stdout == MARKDOWN


def test_not_granted_to_a_principal(run: Run) -> None:
    claim = ("prove", "not-granted", "account.json", "--action", "s3:Get*", "--principal")
    assert [run(*claim, f"{IAM}:user/{name}").returncode for name in ("ann", "cyd")] == [1, 0]
