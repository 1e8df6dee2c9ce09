"""Plans that are larger than other files may be."""

import json
from pathlib import Path

import pytest

from iam2rego.diagnostics import PolicyError, render
from iam2rego.sources import files, load
from iam2rego.syntax.decode import LARGEST
from tests.support.checks import look
from tests.unit.sources.terraform.made import allow, change, plan, role, write

PADDED = plan(role(), change("aws_iam_policy.p", {"name": "p", "policy": allow()}), padding="x" * LARGEST)


def test_a_plan_may_be_larger_than_a_policy(tmp_path: Path) -> None:
    found = load([write(tmp_path, PADDED)], parameters={"AWS::AccountId": "111122223333"})
    assert [each.name for each in found.policies.policies] == ["p/aws_iam_role.r/trust"]


def test_but_not_larger_than_all_plans_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_PLAN", LARGEST + 1)
    with pytest.raises(PolicyError) as refused:
        load([write(tmp_path, PADDED)])
    (error,) = refused.value.diagnostics
    assert (error.code, error.message) == ("IAM002", f"the text has more than {LARGEST + 1:,} bytes")


@pytest.mark.parametrize("content", [{"padding": "x" * LARGEST}, {"note": '"lineage"', "padding": "x" * LARGEST}], ids=["no-mark", "mark"])
def test_other_files_may_not(content: dict[str, str], tmp_path: Path) -> None:
    text = json.dumps(content).replace("\\", "").replace('""', '"')
    with pytest.raises(PolicyError) as refused:
        load([write(tmp_path, text)])
    (error,) = refused.value.diagnostics
    assert (error.code, error.message) == ("IAM002", f"the text has more than {LARGEST:,} bytes")


def test_a_place_in_a_long_line_is_shown_without_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, plan(change("aws_iam_policy.p", {"policy": 1}), padding="x" * 1000))
    (error,) = (each for each in look([path]).findings if each.level == "error")
    lines = render(error).splitlines()
    assert max(map(len, lines[1:])) < 130
    assert lines[1].endswith('"policy": 1}, "after_unknown": {}}}], "padding": "xxxxxxxxxxxxxxxxxxxx')
    assert lines[2].endswith("^")
