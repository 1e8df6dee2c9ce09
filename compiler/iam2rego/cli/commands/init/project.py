"""The files of a new project."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_POLICY: Final = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadReports",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::reports/*"
    },
    {
      "Sid": "NotWithoutTls",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }
  ]
}
"""

_SCENARIOS: Final = """\
[
  {
    "name": "reports are read over TLS",
    "sources": ["reports.json"],
    "request": {
      "principal": "arn:aws:iam::111122223333:user/ann",
      "action": "s3:GetObject",
      "resource": "arn:aws:s3:::reports/2026.csv",
      "context": {"aws:SecureTransport": "true"}
    },
    "expect": "allowed"
  },
  {
    "name": "and never without it",
    "sources": ["reports.json"],
    "request": {
      "principal": "arn:aws:iam::111122223333:user/ann",
      "action": "s3:GetObject",
      "resource": "arn:aws:s3:::reports/2026.csv",
      "context": {"aws:SecureTransport": "false"}
    },
    "expect": "explicitDeny"
  }
]
"""

_CONFIGURATION: Final = """\
# What `iam2rego check` reports here. Errors cannot be left out, since AWS would refuse the policy.
[lint]
ignore = [] # codes of findings: `iam2rego rule IAM501` explains one
exclude = [] # files and folders

# [[lint.policies]] # files that hold other policies than identity-based ones
# path = "policies/buckets/*.json"
# type = "bucket"
"""

_WORKFLOW: Final = """\
name: policies
on: [push, pull_request]
permissions:
  contents: read
jobs:
  policies:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: your-organization/iam2rego@main # where you keep iam2rego
        with:
          policies: policies/
          scenarios: policies/
"""

FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "policies/reports.json": _POLICY,
        "policies/reports.scenarios.json": _SCENARIOS,
        "iam2rego.toml": _CONFIGURATION,
        ".github/workflows/policies.yml": _WORKFLOW,
    }
)
"""Texts by their paths in the project."""
