"""Policies from which requests are made."""

import json
from collections.abc import Mapping
from typing import Any

from iam2rego.ir.policy import Policy, PolicyType, Statement
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

STAR: Mapping[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
BUCKET: Mapping[str, Any] = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}


def policy(*statements: Mapping[str, Any]) -> Policy:
    source = Source("p.json", json.dumps({"Version": "2012-10-17", "Statement": statements}))
    document = read_policy(parse_json(source), source).document
    assert document is not None
    return Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=document)


def statement(members: Mapping[str, Any]) -> Statement:
    return policy(members).document.statements[0]


def allowing(**members: Any) -> Mapping[str, Any]:
    return {**STAR, **members}


def when(operator: str, values: Any, key: str = "k:a") -> Mapping[str, Any]:
    return allowing(Condition={operator: {key: values}})
