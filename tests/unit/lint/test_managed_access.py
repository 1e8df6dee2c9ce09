"""Managed policies that allow every role, and some that only seem to."""

import json
from typing import Final

import pytest

from iam2rego.ir.policy import Kind
from tests.support.managed import managed_policies
from tests.support.marked_policies import findings

MANAGED: Final = {
    "PASS_ROLE_WITH_STAR_IN_RESOURCE": (
        "AWSElasticBeanstalkService",
        "AdministratorAccess-Amplify",
        "AmazonDynamoDBFullAccesswithDataPipeline",
        "AmazonElasticMapReduceFullAccess",
        "AmazonElasticMapReduceRole",
    ),
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE": ("AWSMcpServiceActionsFullAccess", "AdministratorAccess", "IAMFullAccess"),
    "CREATE_SLR_WITH_STAR_IN_RESOURCE": ("AWSOrganizationsServiceTrustPolicy", "AdministratorAccess-Amplify", "PowerUserAccess"),
    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE": ("AWSMcpServiceActionsFullAccess", "AdministratorAccess", "IAMFullAccess"),
}


@pytest.mark.parametrize("issue", MANAGED)
def test_managed_policies_that_allow_every_role(issue: str) -> None:
    assert [name for name in MANAGED[issue] if issue not in issues_of_managed(name)] == []


@pytest.mark.parametrize("name", ["AWSServiceRoleForAmazonEKSNodegroup", "AlexaForBusinessFullAccess", "AmazonECS_FullAccess"])
def test_managed_policies_that_say_which_roles(name: str) -> None:
    assert issues_of_managed(name) == set()


def issues_of_managed(name: str) -> set[str | None]:
    document = json.dumps(managed_policies()[name])
    return {each.aws for each in findings(document, Kind.IDENTITY, True, {}) if each.code.startswith("IAM8")}
