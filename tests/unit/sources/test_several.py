"""Several sources that are named together."""

import json
from pathlib import Path

import pytest

from iam2rego.diagnostics import PolicyError, grouped
from iam2rego.sources import load
from tests.support.checks import look
from tests.unit.sources.cloudformation.made import ACCOUNT, allow, resource, role, write

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def test_the_sums_of_sources(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    for name in "ab":
        write(folder, json.dumps(allow()), f"{name}.json")
    template = write(tmp_path, {"Resources": {"R": role(RoleName="r")}})
    assert look([str(folder), template], parameters=ACCOUNT).sums == (f"{folder}: 2 policies", f"{template}: 1 policy")


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param({"Resources": {"V": resource("AWS::EC2::VPC")}}, id="template-without-policies"),
        pytest.param({"policies": {}}, id="empty-policy-set"),
        pytest.param({"name": "n", "request": {}, "expect": "allowed"}, id="scenario"),
    ],
)
def test_a_source_that_says_nothing_is_refused(nothing: dict[str, object], tmp_path: Path) -> None:
    policy, empty = write(tmp_path, json.dumps(allow()), "p.json"), write(tmp_path, nothing, "empty.json")
    with pytest.raises(PolicyError) as refused:
        load([policy, empty])
    assert [(each.code, each.source.name) for each in refused.value.diagnostics] == [("IAM603", empty)]


def test_a_source_that_only_says_who_has_policies(tmp_path: Path) -> None:
    policy = write(tmp_path, json.dumps(allow()), "p.json")
    guardrails = write(tmp_path, {"policies": {"service_control": [[]]}}, "set.json")
    assert load([policy, guardrails]).policies.attachments.service_control == ((),)


def test_a_policy_of_aws_is_missed_once(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, {"Resources": {"R": role(RoleName=name, ManagedPolicyArns=[READ_ONLY])}}, f"{name}.json") for name in ("a", "b")
    ]
    (notice,) = (each for each in grouped(look(paths, parameters=ACCOUNT).findings) if each.code == "IAM613")
    assert ("--filter AWSManagedPolicy" in notice.hint, [each.source.name for each in notice.related]) == (True, [paths[1]])
