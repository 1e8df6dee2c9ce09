"""Where policies are in resources. Paths are those of the schemas of resource types that AWS publishes."""

from collections.abc import Mapping
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.sources.places import ITSELF, NOBODY, Place


def _identity(*path: str) -> tuple[Place, ...]:
    return (Place(path, Kind.IDENTITY),)


def _own(path: str, kind: Kind = Kind.RESOURCE) -> tuple[Place, ...]:
    return (Place(tuple(path.split("/")), kind, ITSELF),)


def _of(path: str, target: str | None, kind: Kind = Kind.RESOURCE) -> tuple[Place, ...]:
    return (Place((path,), kind, target),)


_INLINE: Final = _identity("Policies", "*", "PolicyDocument")
_DOCUMENT: Final = _identity("PolicyDocument")

TABLE: Final[Mapping[str, tuple[Place, ...]]] = {
    "AWS::IAM::Role": (Place(("AssumeRolePolicyDocument",), Kind.TRUST), *_INLINE),
    "AWS::IAM::User": _INLINE,
    "AWS::IAM::Group": _INLINE,
    "AWS::IAM::ManagedPolicy": _DOCUMENT,
    "AWS::IAM::Policy": _DOCUMENT,
    "AWS::IAM::RolePolicy": _DOCUMENT,
    "AWS::IAM::UserPolicy": _DOCUMENT,
    "AWS::IAM::GroupPolicy": _DOCUMENT,
    "AWS::S3::BucketPolicy": _of("PolicyDocument", "Bucket", Kind.BUCKET),
    "AWS::SQS::QueuePolicy": _of("PolicyDocument", "Queues", Kind.QUEUE),
    "AWS::SQS::QueueInlinePolicy": _of("PolicyDocument", "Queue", Kind.QUEUE),
    "AWS::SNS::TopicPolicy": _of("PolicyDocument", "Topics", Kind.TOPIC),
    "AWS::SNS::TopicInlinePolicy": _of("PolicyDocument", "TopicArn", Kind.TOPIC),
    "AWS::KMS::Key": _own("KeyPolicy", Kind.KEY),
    "AWS::KMS::ReplicaKey": _own("KeyPolicy", Kind.KEY),
    "AWS::SecretsManager::ResourcePolicy": _of("ResourcePolicy", "SecretId"),
    "AWS::ECR::Repository": _own("RepositoryPolicyText"),
    "AWS::ECR::PublicRepository": _own("RepositoryPolicyText"),
    "AWS::EFS::FileSystem": _own("FileSystemPolicy"),
    "AWS::Events::EventBus": _own("Policy"),
    "AWS::Backup::BackupVault": _own("AccessPolicy"),
    "AWS::Backup::LogicallyAirGappedBackupVault": _own("AccessPolicy"),
    "AWS::OpenSearchService::Domain": _own("AccessPolicies"),
    "AWS::Elasticsearch::Domain": _own("AccessPolicies"),
    "AWS::ApiGateway::RestApi": _own("Policy"),
    "AWS::CodeArtifact::Domain": _own("PermissionsPolicyDocument"),
    "AWS::CodeArtifact::Repository": _own("PermissionsPolicyDocument"),
    "AWS::S3::AccessPoint": _own("Policy"),
    "AWS::S3Express::AccessPoint": _own("Policy"),
    "AWS::DynamoDB::Table": (
        *_own("ResourcePolicy/PolicyDocument"),
        Place(("StreamSpecification", "ResourcePolicy", "PolicyDocument"), Kind.RESOURCE),
    ),
    "AWS::DynamoDB::GlobalTable": (
        Place(("Replicas", "*", "ResourcePolicy", "PolicyDocument"), Kind.RESOURCE),
        Place(("Replicas", "*", "ReplicaStreamSpecification", "ResourcePolicy", "PolicyDocument"), Kind.RESOURCE),
    ),
    "AWS::Logs::Destination": _own("DestinationPolicy"),
    "AWS::Logs::LogGroup": _own("ResourcePolicyDocument"),
    "AWS::MediaTailor::ChannelPolicy": _of("Policy", NOBODY),
    "AWS::MSK::ClusterPolicy": _of("Policy", "ClusterArn"),
    "AWS::OSIS::Pipeline": _own("ResourcePolicy/Policy"),
    "AWS::Redshift::Cluster": _own("NamespaceResourcePolicy"),
    "AWS::RedshiftServerless::Namespace": _own("NamespaceResourcePolicy"),
    "AWS::Lambda::ResourcePolicy": _of("Policy", "ResourceArn"),
    "AWS::Kinesis::ResourcePolicy": _of("ResourcePolicy", "ResourceArn"),
    "AWS::CloudTrail::ResourcePolicy": _of("ResourcePolicy", "ResourceArn"),
    "AWS::S3Express::BucketPolicy": _of("PolicyDocument", NOBODY),
    "AWS::S3Tables::TableBucketPolicy": _of("ResourcePolicy", "TableBucketARN"),
    "AWS::S3Tables::TablePolicy": _of("ResourcePolicy", "TableARN"),
    "AWS::S3Vectors::VectorBucketPolicy": _of("Policy", "VectorBucketArn"),
    "AWS::S3ObjectLambda::AccessPointPolicy": _of("PolicyDocument", NOBODY),
    "AWS::S3Outposts::BucketPolicy": _of("PolicyDocument", "Bucket"),
    "AWS::S3Outposts::AccessPoint": _own("Policy"),
    "AWS::S3::MultiRegionAccessPointPolicy": _of("Policy", NOBODY),
    "AWS::Lex::ResourcePolicy": _of("Policy", "ResourceArn"),
    "AWS::EventSchemas::RegistryPolicy": _of("Policy", NOBODY),
    "AWS::Bedrock::ResourcePolicy": _of("PolicyDocument", "ResourceArn"),
    "AWS::Bedrock::KnowledgeBasePolicy": _of("PolicyDocument", NOBODY),
    "AWS::BedrockAgentCore::ResourcePolicy": _of("Policy", "ResourceArn"),
    "AWS::VpcLattice::AuthPolicy": _of("Policy", "ResourceIdentifier"),
    "AWS::VpcLattice::ResourcePolicy": _of("Policy", "ResourceArn"),
    "AWS::APS::ResourcePolicy": _of("PolicyDocument", "WorkspaceArn"),
    "AWS::SSM::ResourcePolicy": _of("Policy", "ResourceArn"),
    "AWS::EventsV2::ResourcePolicy": _of("Policy", "ResourceArn"),
    "AWS::SMSVOICE::ResourcePolicy": _of("PolicyDocument", "ResourceArn"),
    "AWS::SageMaker::ModelPackageGroup": _own("ModelPackageGroupPolicy"),
    "AWS::DSQL::Cluster": _own("PolicyDocument"),
    "AWS::RUM::AppMonitor": _own("ResourcePolicy/PolicyDocument"),
    "AWS::EC2::VPCEndpoint": _of("PolicyDocument", NOBODY, Kind.VPC_ENDPOINT),
    "AWS::EKS::PodIdentityAssociation": _of("Policy", NOBODY, Kind.SESSION),
    "AWS::RolesAnywhere::Profile": _of("SessionPolicy", NOBODY, Kind.SESSION),
    "AWS::Transfer::User": _of("Policy", NOBODY, Kind.SESSION),
    "AWS::SSO::PermissionSet": _identity("InlinePolicy"),
    "AWS::ECR::RegistryPolicy": _of("PolicyText", NOBODY),
    "AWS::Logs::ResourcePolicy": _of("PolicyDocument", NOBODY),
    "AWS::XRay::ResourcePolicy": _of("PolicyDocument", NOBODY),
    "AWS::MediaStore::Container": _of("Policy", NOBODY),
    "AWS::Organizations::ResourcePolicy": _of("Content", NOBODY),
}


def places_of(kind: str) -> tuple[Place, ...]:
    """Return where a type of resource has policies, but for organization policies, whose kind depends on another property."""
    return TABLE.get(kind, ())
