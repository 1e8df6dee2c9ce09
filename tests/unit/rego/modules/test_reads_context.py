"""Which rules say that a statement asks for context keys: none says what an earlier one says already."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.policy import Policy, PolicyType
from iam2rego.rego.language.tree import Number
from iam2rego.rego.modules.policy import compile_module
from iam2rego.rego.reading.statements import read_statements
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

GET: Final = "s3:GetObject"
PUT: Final = "s3:PutObject"


def asking(action: str | list[str], *keys: str) -> Mapping[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": "*", "Condition": {"StringEquals": dict.fromkeys(keys, "v")}}


@pytest.mark.parametrize(
    ("statements", "reading"),
    [
        pytest.param((asking(GET, "k:a"), asking(GET, "k:a")), ["0"], id="D5/the-same"),
        pytest.param((asking(GET, "k:a"), asking(GET, "K:A")), ["0"], id="D5/in-other-case"),
        pytest.param((asking(GET, "k:a", "k:b"), asking(GET, "k:b")), ["0"], id="D5/fewer"),
        pytest.param((asking(GET, "k:a"), asking(GET, "k:b"), asking(GET, "k:b", "k:a")), ["0", "1"], id="D5/of-several"),
        pytest.param((asking(GET, "k:a"), asking(GET, "k:a", "k:b")), ["0", "1"], id="D5/more"),
        pytest.param((asking(GET, "k:a"), asking(PUT, "k:a")), ["0", "1"], id="D5/another-action"),
    ],
)
def test_which_statements_ask_for_keys(statements: tuple[Mapping[str, Any], ...], reading: list[str]) -> None:
    source = Source("p.json", json.dumps({"Version": "2012-10-17", "Statement": statements}))
    document = read_policy(parse_json(source), source).document
    assert document is not None
    policy = Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=document)
    module = compile_module(policy, read_statements(policy), module="p", package="iam", labels=False)
    assert [rule.contains for rule in module.rules if rule.name == "reads_context"] == list(map(Number, reading))
