"""Policies of roles for the tests of what `check` shows of its findings."""

from collections.abc import Callable
from typing import Final, TypeAlias

Codes: TypeAlias = Callable[..., list[str]]
"""Types `check` with some words, and returns the codes of the findings in order."""

POLICY: Final = """{"Version": "2012-10-17", "Statement": [
  {"Sid": "Deploy", "Effect": "Allow", "Action": ["iam:PassRole", "s3:GetObject", "s3:Get*"], "Resource": "*"},
  {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}
]}"""
FORMATTED: Final = """{"Statement": [
  {"Resource": ["arn:aws:s3:::b/*"],
   "Action": "s3:PutObject", "Sid": "", "Effect": "Allow"},
  {"Sid": "Deploy", "Action": ["s3:Get*", "s3:GetObject",
   "iam:PassRole"], "Resource": "*", "Effect": "Allow"}
], "Version": "2012-10-17"}"""
"""The same policy, reformatted and reordered."""
ALL: Final = ["IAM110", "IAM504", "IAM801"]
"""What is found in it: a warning, a notice and a warning."""
BROKEN: Final = '{"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resources": "*"}]}'
"""Has the errors IAM102 and IAM206."""
