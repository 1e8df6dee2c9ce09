"""The option `--resource-type`: of which resource the checked policies are, in the words of AWS's policy validation."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import click

from iam2rego.cli.shared.command import Choice, option
from iam2rego.ir.policy import Kind


class ResourceType(StrEnum):
    """AWS's names: those that IAM Access Analyzer takes as ``validatePolicyResourceType``, and three more of CloudFormation."""

    BUCKET = "AWS::S3::Bucket"
    ACCESS_POINT = "AWS::S3::AccessPoint"
    MULTI_REGION_ACCESS_POINT = "AWS::S3::MultiRegionAccessPoint"
    OBJECT_LAMBDA_ACCESS_POINT = "AWS::S3ObjectLambda::AccessPoint"
    ROLE = "AWS::IAM::AssumeRolePolicyDocument"
    TABLE = "AWS::DynamoDB::Table"
    KEY = "AWS::KMS::Key"
    QUEUE = "AWS::SQS::Queue"
    TOPIC = "AWS::SNS::Topic"


KINDS: Final[Mapping[ResourceType, Kind]] = MappingProxyType(
    {each: Kind.TRUST if each is ResourceType.ROLE else Kind[each.name] for each in ResourceType}
)
"""The kind of the policies of each type of resource."""


def resource_type_option() -> Any:
    """Declare the type of the resource that has the policies."""
    explanation = (
        "The resource that bare policy documents belong to, as IAM Access Analyzer names it; says more than --policy-type resource."
    )
    return option("--resource-type", metavar="TYPE", type=Choice(ResourceType), help=f"{explanation} One of {', '.join(ResourceType)}.")


def kind_of(policy_type: Kind, resource_type: ResourceType | None) -> Kind:
    """Return the kind that both options say together.

    Raises:
        click.BadParameter: they contradict each other.
    """
    if resource_type is None:
        return policy_type
    kind = KINDS[resource_type]
    if policy_type not in (Kind.IDENTITY, Kind.RESOURCE, kind):  # the first is what --policy-type says without being given
        message = f"`{resource_type}` has no policy of the type `{policy_type}`"
        raise click.BadParameter(message, param_hint="'--resource-type'")
    return kind
