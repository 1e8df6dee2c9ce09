"""Policies that IAM Access Analyzer's documentation describes: each has the issue of AWS, or has it not."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.checking import check_sources
from iam2rego.cli.commands.check.resource_type import KINDS, ResourceType
from iam2rego.ir.policy import Kind
from iam2rego.lint import issue
from iam2rego.lint.registry import all_findings
from iam2rego.sources.format import Options

_CASES: Final = [json.loads(line) for line in Path(__file__).with_name("issues_of_aws.jsonl").read_text("utf-8").splitlines()]


def issues(case: dict[str, Any], folder: Path) -> set[str]:
    """Return the issues of AWS that are found in the policy of a case."""
    path = folder / "policy.json"
    policy = case["policy"]
    path.write_text(policy if isinstance(policy, str) else json.dumps(policy), encoding="utf-8")
    kind = KINDS[ResourceType(case["resource_type"])] if "resource_type" in case else Kind(case["policy_type"])
    found = check_sources([str(path)], Options(kind, False, {})).findings
    assert all(each.aws in (None, *all_findings()[each.code].aws) for each in found)
    return {code for each in found if (code := each.aws or issue(all_findings()[each.code]))}


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['check']}-{number}") for number, case in enumerate(_CASES)])
def test_issues_of_aws(case: dict[str, Any], tmp_path: Path) -> None:
    assert (case["check"] in issues(case, tmp_path)) == case["expect"]
