"""A response in pages (D7), and as a table for people."""

from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.engines.native import NativeEngine
from iam2rego.simulate import table, units, verdicts
from tests.unit.simulate.responses import ALLOW_ONE, ALLOW_TEAM, DENY, DENY_TWO, ONE, TWO, answered, levels, on_top, simulation

ACTIONS: Final = ["s3:GetObject", "s3:PutObject", "ec2:RunInstances"]


@pytest.mark.parametrize(
    ("members", "want", "end"),
    [
        pytest.param({}, ACTIONS, {"IsTruncated": False}, id="all"),
        pytest.param({"MaxItems": 3}, ACTIONS, {"IsTruncated": False}, id="just-all"),
        pytest.param({"MaxItems": 2}, ACTIONS[:2], {"IsTruncated": True, "Marker": "2"}, id="first-page"),
        pytest.param({"MaxItems": 1, "Marker": "1"}, ACTIONS[1:2], {"IsTruncated": True, "Marker": "2"}, id="page-between"),
        pytest.param({"MaxItems": 2, "Marker": "2"}, ACTIONS[2:], {"IsTruncated": False}, id="last-page"),
        pytest.param({"ActionNames": []}, [], {"IsTruncated": False}, id="no-action"),
        pytest.param(
            {"ActionNames": ACTIONS[:1] * 101}, ACTIONS[:1] * 100, {"IsTruncated": True, "Marker": "100"}, id="a-hundred-by-default"
        ),
    ],
)
def test_results_come_in_pages(members: dict[str, Any], want: list[str], end: dict[str, Any], tmp_path: Path) -> None:
    response = answered(tmp_path, **{"ActionNames": ACTIONS, **members})
    assert on_top(response, "EvalActionName") == want
    assert {name: response[name] for name in response if name != "EvaluationResults"} == end


def shown(tmp_path: Path, **members: Any) -> list[str]:
    asked = simulation(tmp_path, **members)
    return table(asked, verdicts(asked, NativeEngine(units(asked))))


def test_the_table_names_what_decided(tmp_path: Path) -> None:
    assert shown(tmp_path, PolicyInputList=[ALLOW_ONE, DENY_TWO, ALLOW_TEAM], ResourceArns=[ONE, TWO], ActionNames=ACTIONS[1:]) == [
        "action            resource          decision      decided by              not in the request",
        "s3:PutObject      arn:aws:s3:::b/1  allowed       PolicyInputList.1:1:41  aws:PrincipalTag/team",
        "s3:PutObject      arn:aws:s3:::b/2  explicitDeny  PolicyInputList.2:1:41  aws:PrincipalTag/team",
        "ec2:RunInstances  arn:aws:s3:::b/1  implicitDeny  no allow of identity    -",
        "ec2:RunInstances  arn:aws:s3:::b/2  implicitDeny  no allow of identity    -",
    ]


def test_the_table_names_denying_types_whose_statements_the_api_does_not(tmp_path: Path) -> None:
    assert shown(tmp_path, OrderedOrganizationPolicyInputList=levels(DENY), PolicyInputList=[DENY], ActionNames=ACTIONS, MaxItems=1) == [
        "action        resource  decision      decided by                                         not in the request",
        "s3:GetObject  *         explicitDeny  PolicyInputList.1:1:41, a deny of service_control  -",
        "there is more: repeat the request with the `Marker` `1`",
    ]
