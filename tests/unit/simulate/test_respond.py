"""The response of SimulateCustomPolicy (D1 to D5, D8), member by member; botocore has nothing against any of them."""

from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.engines.native import NativeEngine
from iam2rego.simulate import units, verdicts
from tests.unit.simulate.responses import (
    ALLOW,
    ALLOW_NOTHING_ASKED,
    ALLOW_ONE,
    ALLOW_TEAM,
    DENY,
    DENY_TWO,
    ONE,
    TO_USER,
    TWO,
    USER,
    answered,
    levels,
    on_top,
    simulation,
)


def matched(name: str, start: int, end: int, type_: str = "IAM Policy") -> dict[str, Any]:
    """A statement on the first line of a policy, from its `{` to just after its `}` (D3)."""
    places = {"StartPosition": {"Line": 1, "Column": start}, "EndPosition": {"Line": 1, "Column": end}}
    return {"SourcePolicyId": name, "SourcePolicyType": type_, **places}


# {"Version": "2012-10-17", "Statement": [ has 40 characters, {"Effect": "Allow", "Action": "s3:*", "Resource": "*"} has 54
ALLOWED_BY: Final = matched("PolicyInputList.1", 41, 95)


def test_a_result_of_any_resource_is_all_on_top(tmp_path: Path) -> None:
    result = {
        "EvalActionName": "s3:GetObject",
        "EvalResourceName": "*",
        "EvalDecision": "allowed",
        "MatchedStatements": [ALLOWED_BY],
        "MissingContextValues": [],
    }
    assert answered(tmp_path) == {"EvaluationResults": [result], "IsTruncated": False}


def test_a_result_of_named_resources_tells_of_each(tmp_path: Path) -> None:
    (result,) = answered(tmp_path, PolicyInputList=[ALLOW, DENY_TWO], ResourceArns=[ONE, TWO])["EvaluationResults"]
    denied_by = matched("PolicyInputList.2", 41, 109)  # 13 for "Deny" and 15 more of the ARN than "*"
    assert result == {
        "EvalActionName": "s3:GetObject",
        "EvalResourceName": "*",
        "EvalDecision": "explicitDeny",
        "MatchedStatements": [denied_by],
        "MissingContextValues": [],
        "EvalDecisionDetails": {},
        "ResourceSpecificResults": [
            {
                "EvalResourceName": ONE,
                "EvalResourceDecision": "allowed",
                "MatchedStatements": [ALLOWED_BY],
                "MissingContextValues": [],
            },
            {
                "EvalResourceName": TWO,
                "EvalResourceDecision": "explicitDeny",
                "MatchedStatements": [denied_by],
                "MissingContextValues": [],
            },
        ],
    }


@pytest.mark.parametrize(
    ("policies", "want"),
    [
        pytest.param([ALLOW], "allowed", id="allowed-on-both"),
        pytest.param([ALLOW_ONE], "implicitDeny", id="implicit-deny-on-one"),
        pytest.param([ALLOW_ONE, DENY_TWO], "explicitDeny", id="explicit-deny-on-one"),
        pytest.param([DENY_TWO], "explicitDeny", id="explicit-before-implicit"),
        pytest.param([], "implicitDeny", id="no-policy"),
    ],
)
def test_d8_the_top_is_the_most_restrictive(policies: list[str], want: str, tmp_path: Path) -> None:
    assert on_top(answered(tmp_path, PolicyInputList=policies, ResourceArns=[ONE, TWO]), "EvalDecision") == [want]


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param({"PolicyInputList": [DENY, ALLOW]}, ["PolicyInputList.1"], id="D2/explicit-deny/only-denys"),
        pytest.param({"PolicyInputList": [ALLOW_NOTHING_ASKED]}, [], id="D2/implicit-deny/none"),
        pytest.param(
            {"PolicyInputList": [*[ALLOW_NOTHING_ASKED] * 8, ALLOW, ALLOW]},
            ["PolicyInputList.9", "PolicyInputList.10"],
            id="in-the-order-given",
        ),
        pytest.param(
            {"ResourcePolicy": TO_USER, "CallerArn": USER}, ["PolicyInputList.1", "ResourcePolicy"], id="D2/allowed/both-that-granted"
        ),
        pytest.param(
            {"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [DENY]}]}, [], id="D2/never-service-control"
        ),
        pytest.param({"PermissionsBoundaryPolicyInputList": [DENY]}, [], id="D2/never-the-boundary"),
    ],
)
def test_matched_statements_are_those_that_the_api_names(members: dict[str, Any], want: list[str], tmp_path: Path) -> None:
    (result,) = answered(tmp_path, **members)["EvaluationResults"]
    assert [each["SourcePolicyId"] for each in result["MatchedStatements"]] == want


def test_d4_a_resource_policy_has_a_type_of_its_own(tmp_path: Path) -> None:
    (result,) = answered(tmp_path, PolicyInputList=[], ResourcePolicy=TO_USER, CallerArn=USER)["EvaluationResults"]
    # , "Principal": {"AWS": "arn:aws:iam::111122223333:user/u"} has 58 characters
    assert result["MatchedStatements"] == [matched("ResourcePolicy", 41, 153, "Resource Policy")]


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param({"PolicyInputList": [ALLOW_TEAM, ALLOW_TEAM]}, ["aws:PrincipalTag/team"], id="D5/once"),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW_TEAM)}, [], id="D5/not-those-of-service-control-policies-only"),
        pytest.param({"PolicyInputList": [ALLOW_TEAM], "ResourceArns": [ONE, TWO]}, ["aws:PrincipalTag/team"], id="D8/of-all-resources"),
    ],
)
def test_missing_context_values(members: dict[str, Any], want: list[str], tmp_path: Path) -> None:
    assert on_top(answered(tmp_path, **members), "MissingContextValues") == [want]


def test_what_only_an_engine_refuses_is_invalid_input(tmp_path: Path) -> None:
    entry = {"ContextKeyName": "k:key", "ContextKeyType": "string", "ContextKeyValues": ["x" * 65537]}
    asked = simulation(tmp_path, ContextEntries=[entry])
    with pytest.raises(PolicyError) as refused:
        verdicts(asked, NativeEngine(units(asked)))
    assert [each.code for each in refused.value.diagnostics] == ["IAM617"]
