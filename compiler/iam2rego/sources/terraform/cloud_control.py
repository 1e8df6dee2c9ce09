"""Where policies are in resources of the provider `awscc`, whose types and attributes are CloudFormation's in snake case."""

import re
from collections.abc import Mapping
from typing import Final

from iam2rego.sources.cloudformation.table import TABLE as TEMPLATES
from iam2rego.sources.places import ITSELF, NOBODY, Place

_WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])")


def _attribute(property_: str) -> str:
    """Return the attribute that a property is, as the provider makes it: ``PrincipalOrgID`` is ``principal_org_id``."""
    return _WORD.sub("_", property_).lower()


def _type(kind: str) -> str:
    """Return the type that a type of CloudFormation is: ``AWS::IAM::ManagedPolicy`` is ``awscc_iam_managed_policy``."""
    _, service, name = kind.split("::")
    return f"awscc_{service.lower()}_{_attribute(name)}"


def _place(place: Place) -> Place:
    """Return a place in a resource. Attributes that may be left out are computed: AWS gives them a value."""
    target = _attribute(place.target) if place.target else place.target
    return Place(tuple(map(_attribute, place.path)), place.kind, target, computed=target in (ITSELF, NOBODY))


AWSCC: Final[Mapping[str, tuple[Place, ...]]] = {_type(kind): tuple(map(_place, places)) for kind, places in TEMPLATES.items()}

ARNS: Final[Mapping[str, str]] = {
    "awscc_iam_managed_policy": "policy_arn",
    "awscc_sns_topic": "topic_arn",
    "awscc_secretsmanager_secret": "secret_id",
    "awscc_backup_backup_vault": "backup_vault_arn",
    "awscc_backup_logically_air_gapped_backup_vault": "backup_vault_arn",
    "awscc_osis_pipeline": "pipeline_arn",
    "awscc_redshift_cluster": "cluster_namespace_arn",
    "awscc_sagemaker_model_package_group": "model_package_group_arn",
    "awscc_dsql_cluster": "resource_arn",
    "awscc_cloudtrail_channel": "channel_arn",
    "awscc_cloudtrail_dashboard": "dashboard_arn",
    "awscc_cloudtrail_event_data_store": "event_data_store_arn",
}
"""The attribute that is the ARN, of types where it is not `arn`."""

NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "bucket": ("awscc_s3_bucket", "awscc_s3outposts_bucket"),
    "queues": ("aws_sqs_queue", "awscc_sqs_queue"),
    "queue": ("aws_sqs_queue", "awscc_sqs_queue"),
    "queue_url": ("awscc_sqs_queue",),
    "topics": ("aws_sns_topic", "awscc_sns_topic"),
    "topic_arn": ("aws_sns_topic", "awscc_sns_topic"),
    "arn": ("awscc_sns_topic",),
    "key_id": ("awscc_kms_key", "awscc_kms_replica_key"),
    "secret_id": ("aws_secretsmanager_secret", "awscc_secretsmanager_secret"),
    "secret_arn": ("awscc_secretsmanager_secret",),
    "repository": ("awscc_ecr_repository", "awscc_codeartifact_repository"),
    "file_system_id": ("awscc_efs_file_system",),
    "cluster_arn": ("awscc_msk_cluster", "awscc_msk_serverless_cluster"),
    "resource_arn": (
        "aws_lambda_function",
        "awscc_lambda_function",
        "awscc_dynamodb_table",
        "awscc_kinesis_stream",
        "awscc_cloudtrail_event_data_store",
        "awscc_cloudtrail_channel",
        "awscc_cloudtrail_dashboard",
        "awscc_lex_bot",
        "awscc_vpclattice_service_network",
        "awscc_vpclattice_service",
    ),
    "resource_identifier": ("awscc_vpclattice_service_network", "awscc_vpclattice_service"),
    "table_bucket_arn": ("awscc_s3tables_table_bucket",),
    "table_arn": ("aws_s3tables_table", "awscc_s3tables_table"),
    "vector_bucket_arn": ("awscc_s3vectors_vector_bucket",),
    "workspace_arn": ("aws_prometheus_workspace", "awscc_aps_workspace"),
    "function_name": ("awscc_lambda_function",),
}
"""The types of resources of both providers that attributes of policies name, besides those that `table.py` has for them."""
