"""Where policies are in resources, by the schema of Terraform's provider for AWS."""

from collections.abc import Mapping
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.sources.places import ITSELF, NOBODY, ORGANIZATION, Place
from iam2rego.sources.terraform import cloud_control, identities


def _of(target: str | None, path: str = "policy", kind: Kind = Kind.RESOURCE) -> tuple[Place, ...]:
    return (Place((path,), kind, target),)


def _own(path: str = "policy", kind: Kind = Kind.RESOURCE) -> tuple[Place, ...]:
    return (Place((path,), kind, ITSELF, computed=True),)


_IDENTITY: Final = (Place(("policy",), Kind.IDENTITY),)
_BY_ARN: Final = _of("resource_arn")
_CONTENT: Final = (Place(("content",), Kind.SERVICE_CONTROL),)

TABLE: Final[Mapping[str, tuple[Place, ...]]] = {
    "aws_iam_role": (
        Place(("assume_role_policy",), Kind.TRUST),
        Place(("inline_policy", "*", "policy"), Kind.IDENTITY, computed=True),
    ),
    "aws_iam_policy": _IDENTITY,
    "aws_iam_role_policy": _IDENTITY,
    "aws_iam_user_policy": _IDENTITY,
    "aws_iam_group_policy": _IDENTITY,
    "aws_s3_bucket": _own(kind=Kind.BUCKET),
    "aws_s3_bucket_policy": _of("bucket", kind=Kind.BUCKET),
    "aws_sqs_queue": _own(kind=Kind.QUEUE),
    "aws_sqs_queue_policy": _of("queue_url", kind=Kind.QUEUE),
    "aws_sns_topic": _own(kind=Kind.TOPIC),
    "aws_sns_topic_policy": _of("arn", kind=Kind.TOPIC),
    "aws_kms_key": _own(kind=Kind.KEY),
    "aws_kms_external_key": _own(kind=Kind.KEY),
    "aws_kms_replica_key": _own(kind=Kind.KEY),
    "aws_kms_replica_external_key": _own(kind=Kind.KEY),
    "aws_kms_key_policy": _of("key_id", kind=Kind.KEY),
    "aws_secretsmanager_secret": _own(),
    "aws_secretsmanager_secret_policy": _of("secret_arn"),
    "aws_ecr_repository_policy": _of("repository"),
    "aws_ecrpublic_repository_policy": _of("repository_name"),
    "aws_efs_file_system_policy": _of("file_system_id"),
    "aws_dynamodb_resource_policy": _BY_ARN,
    "aws_kinesis_resource_policy": _BY_ARN,
    "aws_networkfirewall_resource_policy": _BY_ARN,
    "aws_redshift_resource_policy": _BY_ARN,
    "aws_redshiftserverless_resource_policy": _BY_ARN,
    "aws_cloudwatch_event_bus_policy": _of("event_bus_name"),
    "aws_backup_vault_policy": _of("backup_vault_arn"),
    "aws_api_gateway_rest_api": _own(),
    "aws_api_gateway_rest_api_policy": _of("rest_api_id"),
    "aws_msk_cluster_policy": _of("cluster_arn"),
    "aws_glacier_vault": (Place(("access_policy",), target=ITSELF),),
    "aws_glacier_vault_lock": _of(NOBODY),
    "aws_media_store_container_policy": _of(NOBODY),
    "aws_schemas_registry_policy": _of(NOBODY),
    "aws_oam_sink_policy": _of("sink_identifier"),
    "aws_acmpca_policy": _BY_ARN,
    "aws_vpclattice_auth_policy": _of("resource_identifier"),
    "aws_vpclattice_resource_policy": _BY_ARN,
    "aws_ses_identity_policy": _of("identity"),
    "aws_codebuild_resource_policy": _BY_ARN,
    "aws_s3_access_point": _own(kind=Kind.ACCESS_POINT),
    "aws_s3control_access_point_policy": _of("access_point_arn", kind=Kind.ACCESS_POINT),
    "aws_s3control_bucket_policy": _of("bucket"),
    "aws_s3control_object_lambda_access_point_policy": _of(NOBODY, kind=Kind.OBJECT_LAMBDA_ACCESS_POINT),
    "aws_s3control_multi_region_access_point_policy": (Place(("details", "*", "policy"), Kind.MULTI_REGION_ACCESS_POINT),),
    "aws_s3control_access_grants_instance_resource_policy": _of(NOBODY),
    "aws_opensearch_domain": _own("access_policies"),
    "aws_opensearch_domain_policy": _of("domain_name", "access_policies"),
    "aws_elasticsearch_domain": _own("access_policies"),
    "aws_elasticsearch_domain_policy": _of("domain_name", "access_policies"),
    "aws_cloudwatch_log_destination_policy": _of("destination_name", "access_policy"),
    "aws_codeartifact_domain_permissions_policy": _of("domain", "policy_document"),
    "aws_codeartifact_repository_permissions_policy": _of("repository", "policy_document"),
    "aws_prometheus_resource_policy": _of("workspace_id", "policy_document"),
    "aws_s3tables_table_bucket_policy": _of("table_bucket_arn", "resource_policy"),
    "aws_s3tables_table_policy": _of(NOBODY, "resource_policy"),
    "aws_sagemaker_model_package_group_policy": _of("model_package_group_name", "resource_policy"),
    "aws_organizations_policy": _CONTENT,
    "awscc_organizations_policy": _CONTENT,
    "aws_vpc_endpoint": (Place(("policy",), Kind.VPC_ENDPOINT, computed=True),),
    "aws_vpc_endpoint_policy": (Place(("policy",), Kind.VPC_ENDPOINT, computed=True),),
    "aws_transfer_user": _of(NOBODY, kind=Kind.SESSION),
    "aws_transfer_access": _of(NOBODY, kind=Kind.SESSION),
    "aws_rolesanywhere_profile": _of(NOBODY, "session_policy", Kind.SESSION),
    "aws_ssoadmin_permission_set_inline_policy": _of(NOBODY, "inline_policy", Kind.IDENTITY),
    "aws_ecr_registry_policy": _of(NOBODY),
    "aws_glue_resource_policy": _of(NOBODY),
    "aws_cloudwatch_log_resource_policy": _of(NOBODY, "policy_document"),
    "aws_organizations_resource_policy": _of(NOBODY, "content"),
    **cloud_control.AWSCC,
}
"""Of an organization's policy, another attribute decides the kind: see `places_of`."""

_NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "bucket": ("aws_s3_bucket",),
    "queue_url": ("aws_sqs_queue",),
    "arn": ("aws_sns_topic",),
    "key_id": ("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"),
    "secret_arn": ("aws_secretsmanager_secret",),
    "repository": ("aws_ecr_repository", "aws_codeartifact_repository"),
    "repository_name": ("aws_ecrpublic_repository",),
    "file_system_id": ("aws_efs_file_system",),
    "resource_arn": (
        "aws_dynamodb_table",
        "aws_kinesis_stream",
        "aws_networkfirewall_firewall_policy",
        "aws_networkfirewall_rule_group",
        "aws_acmpca_certificate_authority",
        "aws_vpclattice_service_network",
        "aws_vpclattice_service",
        "aws_codebuild_project",
        "aws_codebuild_report_group",
    ),
    "event_bus_name": ("aws_cloudwatch_event_bus",),
    "backup_vault_arn": ("aws_backup_vault",),
    "rest_api_id": ("aws_api_gateway_rest_api",),
    "cluster_arn": ("aws_msk_cluster", "aws_msk_serverless_cluster"),
    "sink_identifier": ("aws_oam_sink",),
    "resource_identifier": ("aws_vpclattice_service_network", "aws_vpclattice_service"),
    "identity": ("aws_ses_domain_identity", "aws_ses_email_identity"),
    "access_point_arn": ("aws_s3_access_point",),
    "domain_name": ("aws_opensearch_domain", "aws_elasticsearch_domain"),
    "destination_name": ("aws_cloudwatch_log_destination",),
    "domain": ("aws_codeartifact_domain",),
    "workspace_id": ("aws_prometheus_workspace",),
    "table_bucket_arn": ("aws_s3tables_table_bucket",),
    "model_package_group_name": ("aws_sagemaker_model_package_group",),
    "function_name": ("aws_lambda_function",),
}

NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    name: (*_NAMED.get(name, ()), *cloud_control.NAMED.get(name, ())) for name in (*_NAMED, *cloud_control.NAMED)
}
"""The types of resources that attributes of policies name."""

EDGES: Final = frozenset(
    {
        *identities.PRINCIPALS,
        *identities.ATTACHMENTS,
        *identities.EXCLUSIVE_NAMES,
        *identities.EXCLUSIVE_ATTACHMENTS,
        "aws_iam_policy_attachment",
        "aws_iam_group_membership",
        "aws_iam_user_group_membership",
        "aws_lambda_permission",
        "awscc_lambda_permission",
    }
)
"""Types of resources that say who has a policy, or make one."""

DOCUMENT: Final = "aws_iam_policy_document"
"""The data source that makes documents."""

_OTHERS: Final = frozenset(each for types in NAMED.values() for each in types)


def is_wanted(mode: str, kind: str) -> bool:
    """Return whether policies depend on resources of a mode and a type."""
    if mode == "data":
        return kind == DOCUMENT
    return mode == "managed" and (kind in TABLE or kind in EDGES or kind in _OTHERS)


def places_of(kind: str, organization: str | None = None) -> tuple[Place, ...]:
    """Return where a type of resource has policies; of an organization's policy, its own `type` decides."""
    if not kind.endswith("_organizations_policy"):
        return TABLE.get(kind, ())
    found = ORGANIZATION.get(organization or "SERVICE_CONTROL_POLICY")
    return (Place(("content",), found),) if found else ()
