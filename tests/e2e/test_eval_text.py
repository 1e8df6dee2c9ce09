"""What `eval` prints for people: which type of policy stopped a request, and the statement that it turns on."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]

NO_DELETING: Final = """{"Version": "2012-10-17",
 "Statement": {
  "Effect": "Deny", "Action": "s3:Delete*",
  "Resource": "*"}}"""
SET: Final = f"""{{
  "policies": {{
    "identity": [{{"Version": "2012-10-17", "Statement": {{"Sid": "All", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}}],
    "permissions_boundary": [
      {{
        "Version": "2012-10-17",
        "Statement": [{{
          "Effect": "Allow",
          "Action": ["s3:GetObject"],
          "Resource": "*",
          "Condition": {{
            "Bool": {{"aws:SecureTransport": "true"}},
\t\t\t"StringEquals": {{
              "aws:RequestedRegion": "eu-west-1"
            }}
          }}
        }}]
      }}
    ],
    "service_control": [
      [{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*"}}}}, {json.dumps(NO_DELETING)}]
    ]
  }}
}}"""
ALL: Final = '{"Sid": "All", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}'
HOME: Final = {"aws:SecureTransport": True, "aws:RequestedRegion": "eu-west-1"}


def asking(action: str, **context: object) -> dict[str, Any]:
    return {"principal": "arn:aws:iam::123456789012:user/u", "action": action, "resource": "arn:aws:s3:::b/k", "context": context}


@pytest.mark.parametrize(
    ("request_", "want"),
    [
        pytest.param(
            asking("s3:GetObject", **HOME),
            [
                "allowed for user",
                "  Allow statement 0 `All` of identity[0] (set.json:3:57) applies",
                f"    3 | {ALL}",
                "  4 policies take part:",
                "    identity[0]: Allow statement 0 applies",
                "    permissions_boundary[0]: Allow statement 0 applies",
                "    service_control[0][0]: Allow statement 0 applies",
                "    no statement about this caller and action: `service_control[0][1]`",
            ],
            id="allowed/but-not-by-what-only-limits",
        ),
        pytest.param(
            asking("s3:DeleteObject", **HOME),
            [
                "explicitDeny for user: denied by a service control policy",
                "  Deny statement 0 of service_control[0][1] (set.json:2:15) applies",
                "    2 | {",
                '    3 |  "Effect": "Deny", "Action": "s3:Delete*",',
                '    4 |  "Resource": "*"}',
                "  4 policies take part:",
                "    identity[0]: Allow statement 0 applies",
                "    service_control[0][0]: Allow statement 0 applies",
                "    service_control[0][1]: Deny statement 0 applies",
                "    no statement about this caller and action: `permissions_boundary[0]`",
            ],
            id="denied/policy-in-a-string",
        ),
        pytest.param(
            asking("s3:PutObject", **HOME),
            [
                "implicitDeny for user: no permissions boundary allows it",
                "  Allow statement 0 `All` of identity[0] (set.json:3:57) applies",
                "  permissions_boundary: no Allow statement names `s3:PutObject`",
                "  4 policies take part:",
                "    identity[0]: Allow statement 0 applies",
                "    service_control[0][0]: Allow statement 0 applies",
                "    no statement about this caller and action: `permissions_boundary[0]`, `service_control[0][1]`",
            ],
            id="lacking/action",
        ),
        pytest.param(
            asking("s3:GetObject", **{**HOME, "aws:RequestedRegion": "us-east-1"}),
            [
                "implicitDeny for user: no permissions boundary allows it",
                "  Allow statement 0 `All` of identity[0] (set.json:3:57) applies",
                "  permissions_boundary: Allow statement 0 of permissions_boundary[0] (set.json:7:23) does not apply: "
                "`StringEquals` of `aws:RequestedRegion` does not hold for `us-east-1`",
                "     7 |      {",
                '     8 |        "Effect": "Allow",',
                '     9 |        "Action": ["s3:GetObject"],',
                '    10 |        "Resource": "*",',
                '    11 |        "Condition": {',
                '    12 |          "Bool": {"aws:SecureTransport": "true"},',
                '  > 13 | "StringEquals": {',
                '  > 14 |            "aws:RequestedRegion": "eu-west-1"',
                "    15 |          }",
                "    16 |        }",
                "    17 |      }",
                "  4 policies take part:",
                "    identity[0]: Allow statement 0 applies",
                "    permissions_boundary[0]: Allow statement 0 does not apply",
                "    service_control[0][0]: Allow statement 0 applies",
                "    no statement about this caller and action: `service_control[0][1]`",
            ],
            id="lacking/condition",
        ),
    ],
)
def test_text_names_what_a_request_turns_on(run: Run, request_: object, want: list[str], tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text(SET)
    done = run("eval", tmp_path / "set.json", "--request", "-", stdin=json.dumps(request_))
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, want, "")
