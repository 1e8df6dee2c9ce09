"""The details of a response: organizations, the boundary, and both accounts (D2, D3, E14, E16)."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.unit.simulate.responses import (
    ALLOW,
    ALLOW_NOTHING_ASKED,
    ALLOW_ONE,
    DENY,
    ONE,
    TO_USER,
    TWO,
    USER,
    answered,
    levels,
    on_top,
    policy,
    statement,
)

OTHER_ACCOUNT: Final = "arn:aws:iam::444455556666:root"
DENY_ALL_PRINCIPALS: Final = policy(statement("Deny", Principal="*"))
DENY_OTHERS: Final = policy(
    {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "NotPrincipal": {"AWS": [USER, "arn:aws:iam::111122223333:root"]}}
)


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
