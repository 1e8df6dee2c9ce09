"""The response of SimulateCustomPolicy (D1 to D5, D7, D8), member by member; botocore has nothing against any of them."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.engines.engine import NativeEngine
from iam2rego.simulate import Simulation, read_simulation, respond, table, units, verdicts
from tests.support.iam_model import OUTPUT, problems, read_back

USER: Final = "arn:aws:iam::111122223333:user/u"
OTHER_ACCOUNT: Final = "arn:aws:iam::444455556666:root"
ONE: Final = "arn:aws:s3:::b/1"
TWO: Final = "arn:aws:s3:::b/2"


def statement(effect: str, action: str = "s3:*", resource: str = "*", **members: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **members}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


ALLOW: Final = policy(statement("Allow"))
DENY: Final = policy(statement("Deny"))
DENY_TWO: Final = policy(statement("Deny", resource=TWO))
ALLOW_ONE: Final = policy(statement("Allow", resource=ONE))
ALLOW_NOTHING_ASKED: Final = policy(statement("Allow", action="ec2:*"))
ALLOW_TEAM: Final = policy(statement("Allow", Condition={"StringEquals": {"aws:PrincipalTag/team": "x"}}))
TO_USER: Final = policy(statement("Allow", Principal={"AWS": USER}))
DENY_ALL_PRINCIPALS: Final = policy(statement("Deny", Principal="*"))
DENY_OTHERS: Final = policy(
    {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "NotPrincipal": {"AWS": [USER, "arn:aws:iam::111122223333:root"]}}
)


def simulation(tmp_path: Path, **members: Any) -> Simulation:
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"PolicyInputList": [ALLOW], "ActionNames": ["s3:GetObject"], **members}), encoding="utf-8")
    return read_simulation(str(file))


def answered(tmp_path: Path, **members: Any) -> dict[str, Any]:
    asked = simulation(tmp_path, **members)
    response = respond(asked, verdicts(asked, NativeEngine(units(asked))))
    assert problems(response, OUTPUT) == []
    assert read_back(response) == response
    return response


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


def on_top(response: dict[str, Any], name: str) -> list[Any]:
    return [result.get(name) for result in response["EvaluationResults"]]


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


def levels(*policies: str) -> list[dict[str, list[str]]]:
    return [{"ServiceControlPolicyInputList": [each]} for each in policies]


@pytest.mark.parametrize(
    ("members", "organizations"),
    [
        pytest.param({}, None, id="E11/absent"),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW, ALLOW)}, True, id="E11/every-level-allows"),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW, ALLOW_NOTHING_ASKED)}, False, id="E11/a-level-does-not"),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW, DENY)}, False, id="E11/a-level-denies"),
        pytest.param({"OrderedOrganizationPolicyInputList": [{}]}, False, id="E11/empty-level"),
        pytest.param({"OrderedOrganizationPolicyInputList": []}, False, id="E11/no-level"),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW), "PolicyInputList": [DENY]}, True, id="identity-denies"),
        pytest.param(
            {"OrderedOrganizationPolicyInputList": levels(ALLOW_NOTHING_ASKED), "PolicyInputList": [DENY]}, False, id="both-do-not-allow"
        ),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW_ONE), "ResourceArns": [ONE, TWO]}, False, id="D8/one-resource"),
        pytest.param({"OrderedOrganizationPolicyInputList": levels(ALLOW_ONE), "ResourceArns": [ONE]}, True, id="resource-in-scp"),
    ],
)
def test_organizations_are_told_by_themselves(members: dict[str, Any], organizations: bool | None, tmp_path: Path) -> None:
    detail = None if organizations is None else {"AllowedByOrganizations": organizations}
    assert on_top(answered(tmp_path, **members), "OrganizationsDecisionDetail") == [detail]


@pytest.mark.parametrize(
    ("members", "on_each", "together"),
    [
        pytest.param({}, [None, None], None, id="absent"),
        pytest.param({"PermissionsBoundaryPolicyInputList": [ALLOW]}, [True, True], True, id="allows"),
        pytest.param({"PermissionsBoundaryPolicyInputList": [ALLOW_ONE]}, [True, False], False, id="implicitly-denies"),
        pytest.param({"PermissionsBoundaryPolicyInputList": [DENY]}, [False, False], False, id="explicitly-denies"),
        pytest.param({"PermissionsBoundaryPolicyInputList": []}, [False, False], False, id="empty-allows-nothing"),
        pytest.param({"PermissionsBoundaryPolicyInputList": [ALLOW], "PolicyInputList": [DENY]}, [True, True], True, id="identity-denies"),
        pytest.param(
            {"PermissionsBoundaryPolicyInputList": [ALLOW_ONE], "PolicyInputList": [DENY]}, [True, False], False, id="both-do-not-allow"
        ),
    ],
)
def test_the_boundary_is_told_by_itself(members: dict[str, Any], on_each: list[bool | None], together: bool | None, tmp_path: Path) -> None:
    def detail(allowed: bool | None) -> Any:
        return None if allowed is None else {"AllowedByPermissionsBoundary": allowed}

    (result,) = answered(tmp_path, ResourceArns=[ONE, TWO], **members)["EvaluationResults"]
    specific = [each.get("PermissionsBoundaryDecisionDetail") for each in result["ResourceSpecificResults"]]
    assert (result.get("PermissionsBoundaryDecisionDetail"), specific) == (detail(together), [detail(each) for each in on_each])


ACROSS: Final = {"CallerArn": USER, "ResourceOwner": OTHER_ACCOUNT}


@pytest.mark.parametrize(
    ("members", "decision", "details"),
    [
        pytest.param({}, "allowed", None, id="same-account/any-resource"),
        pytest.param({"ResourceArns": [ONE]}, "allowed", {}, id="same-account/arn"),
        pytest.param(ACROSS, "implicitDeny", {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"}, id="E9/no-resource-policy"),
        pytest.param(
            {**ACROSS, "ResourcePolicy": TO_USER}, "allowed", {"IAM Policy": "allowed", "Resource Policy": "allowed"}, id="E9/both-allow"
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": TO_USER, "PolicyInputList": []},
            "implicitDeny",
            {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"},
            id="E9/identity-lacks-it",
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": DENY_ALL_PRINCIPALS},
            "explicitDeny",
            {"IAM Policy": "allowed", "Resource Policy": "explicitDeny"},
            id="E1/resource-denies",
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": DENY_ALL_PRINCIPALS, "PolicyInputList": [DENY]},
            "explicitDeny",
            {"IAM Policy": "explicitDeny", "Resource Policy": "explicitDeny"},
            id="E1/both-deny",
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": TO_USER, "ResourceArns": [ONE, TWO], "PolicyInputList": [ALLOW_ONE]},
            "implicitDeny",
            {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"},
            id="D8/most-restrictive-of-each",
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": DENY_OTHERS},
            "implicitDeny",
            {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"},
            id="P10/exempted-from-not-principal",
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": DENY_OTHERS, "PermissionsBoundaryPolicyInputList": [ALLOW]},
            "explicitDeny",
            {"IAM Policy": "allowed", "Resource Policy": "explicitDeny"},
            id="P11/not-principal-for-one-with-a-boundary",
        ),
        pytest.param(
            {**ACROSS, "ResourcePolicy": TO_USER, "OrderedOrganizationPolicyInputList": levels(DENY)},
            "explicitDeny",
            None,
            id="organizations-end-it",
        ),
        pytest.param(
            {"ResourceArns": [ONE], "OrderedOrganizationPolicyInputList": levels(DENY)}, "explicitDeny", None, id="same-account/ended"
        ),
    ],
)
def test_details_are_of_both_sides_across_accounts(members: dict[str, Any], decision: str, details: Any, tmp_path: Path) -> None:
    response = answered(tmp_path, **members)
    assert (on_top(response, "EvalDecision"), on_top(response, "EvalDecisionDetails")) == ([decision], [details])


def test_details_of_a_resource_are_there_across_accounts_only(tmp_path: Path) -> None:
    queue = "arn:aws:sqs:us-east-1:444455556666:q"
    (result,) = answered(tmp_path, CallerArn=USER, ResourceArns=[ONE, queue])["EvaluationResults"]
    assert [each.get("EvalDecisionDetails") for each in result["ResourceSpecificResults"]] == [
        None,
        {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"},
    ]


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


ROLE: Final = "arn:aws:iam::111122223333:role/r"
ASSUME: Final = {"ActionNames": ["sts:AssumeRole"], "ResourceArns": [ROLE]}
CALLS: Final = ["sts:GetCallerIdentity", "sts:GetSessionToken"]


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param({**ASSUME, "PolicyInputList": [policy(statement("Allow", "sts:*"))]}, ["allowed"], id="E14/no-trust-policy"),
        pytest.param({**ASSUME, "PolicyInputList": [ALLOW]}, ["implicitDeny"], id="E14/no-trust-policy-nor-allow"),
        pytest.param({"ActionNames": CALLS, "PolicyInputList": [ALLOW]}, ["implicitDeny"] * 2, id="E16/not-allowed"),
        pytest.param(
            {"ActionNames": CALLS, "PolicyInputList": [policy(statement("Deny", "sts:*"))]}, ["explicitDeny"] * 2, id="E16/denied"
        ),
        pytest.param({"ActionNames": CALLS, "PolicyInputList": [policy(statement("Allow", "sts:*"))]}, ["allowed"] * 2, id="E16/allowed"),
    ],
)
def test_policies_decide_what_is_not_theirs_elsewhere(members: dict[str, Any], want: list[str], tmp_path: Path) -> None:
    assert on_top(answered(tmp_path, **members), "EvalDecision") == want


def test_e14_an_identity_policy_allows_by_itself_across_accounts(tmp_path: Path) -> None:
    members = {**ASSUME, "PolicyInputList": [policy(statement("Allow", "sts:*"))], "CallerArn": USER.replace("1111", "4444")}
    want = {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"}
    assert on_top(answered(tmp_path, **members), "EvalDecisionDetails") == [want]


def test_e16_every_unit_decides(tmp_path: Path) -> None:
    allow = policy(statement("Allow", "sts:*"))
    limits = {"PermissionsBoundaryPolicyInputList": [ALLOW], "OrderedOrganizationPolicyInputList": levels(ALLOW)}
    response = answered(tmp_path, ActionNames=CALLS[:1], PolicyInputList=[allow], **limits)
    assert on_top(response, "OrganizationsDecisionDetail") == [{"AllowedByOrganizations": False}]
    assert on_top(response, "PermissionsBoundaryDecisionDetail") == [{"AllowedByPermissionsBoundary": False}]


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


def test_what_only_an_engine_refuses_is_invalid_input(tmp_path: Path) -> None:
    entry = {"ContextKeyName": "k:key", "ContextKeyType": "string", "ContextKeyValues": ["x" * 65537]}
    asked = simulation(tmp_path, ContextEntries=[entry])
    with pytest.raises(PolicyError) as refused:
        verdicts(asked, NativeEngine(units(asked)))
    assert [each.code for each in refused.value.diagnostics] == ["IAM617"]


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
