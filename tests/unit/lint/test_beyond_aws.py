"""Policies with findings that IAM Access Analyzer does not have, and the most similar ones without."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.ir.policy import Kind
from tests.unit.lint.checked_statements import codes_of

_CASES: Final = [json.loads(line) for line in Path(__file__).with_name("beyond_aws.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['code']}-{number}") for number, case in enumerate(_CASES)])
def test_beyond_aws(case: dict[str, Any]) -> None:
    found = codes_of(json.dumps(case["policy"]), Kind(case["policy_type"]), catalogue(), selected=case["code"])
    assert (case["code"] in found) == case["expect"]
