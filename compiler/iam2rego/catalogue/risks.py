"""Actions that give more than they seem to: ways to more rights, data and credentials. AWS publishes no such list.

The ways are the published ones: those of Spencer Gietzen, Rhino Security Labs (*AWS IAM Privilege Escalation - Methods and Mitigation*,
2018), and of Bishop Fox (*Privilege Escalation in AWS*, 2019, and *IAM Vulnerable*, 2021), written down from what they describe. Added
are actions of services that do the same by AWS's documentation: run code of the caller with a role, or change the role's permissions.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ALONE: Final = """
iam:AddUserToGroup iam:AttachGroupPolicy iam:AttachRolePolicy iam:AttachUserPolicy iam:CreateAccessKey iam:CreateLoginProfile
iam:CreatePolicyVersion iam:DeleteRolePermissionsBoundary iam:DeleteUserPermissionsBoundary iam:PutGroupPolicy
iam:PutRolePermissionsBoundary iam:PutRolePolicy iam:PutUserPermissionsBoundary iam:PutUserPolicy iam:SetDefaultPolicyVersion
iam:UpdateAssumeRolePolicy iam:UpdateLoginProfile
apprunner:UpdateService cloudformation:UpdateStack ec2-instance-connect:SendSSHPublicKey
ecs:ExecuteCommand glue:UpdateDevEndpoint lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration
sagemaker:CreatePresignedNotebookInstanceUrl ssm:SendCommand ssm:StartSession states:UpdateStateMachine
"""
"""Actions that are enough alone: on users, roles, groups and policies, and on what already runs with a role."""

_TOGETHER: Final = """
cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet
codebuild:UpdateProject codebuild:StartBuild
ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances
"""
"""Actions that are enough together, one way a line."""

_WITH_PASS_ROLE: Final = """
apprunner:CreateService
autoscaling:CreateLaunchConfiguration autoscaling:CreateAutoScalingGroup
autoscaling:CreateLaunchConfiguration autoscaling:UpdateAutoScalingGroup
cloudformation:CreateStack
cloudformation:CreateStackSet cloudformation:CreateStackInstances
codebuild:CreateProject codebuild:StartBuild
codebuild:CreateProject codebuild:StartBuildBatch
codepipeline:CreatePipeline
datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline
ec2:AssociateIamInstanceProfile
ec2:ReplaceIamInstanceProfileAssociation
ec2:RequestSpotFleet
ec2:RequestSpotInstances
ec2:RunInstances
ecs:RegisterTaskDefinition ecs:CreateService
ecs:RegisterTaskDefinition ecs:RunTask
ecs:RegisterTaskDefinition ecs:StartTask
ecs:RegisterTaskDefinition ecs:UpdateService
elasticmapreduce:RunJobFlow
glue:CreateDevEndpoint
glue:CreateJob glue:CreateTrigger
glue:CreateJob glue:StartJobRun
glue:UpdateJob
lambda:CreateFunction lambda:AddPermission
lambda:CreateFunction lambda:CreateEventSourceMapping
lambda:CreateFunction lambda:InvokeFunction
sagemaker:CreateNotebookInstance sagemaker:CreatePresignedNotebookInstanceUrl
sagemaker:CreateProcessingJob
sagemaker:CreateTrainingJob
ssm:StartAutomationExecution
states:CreateStateMachine states:StartExecution
"""
"""Actions that are enough together with `iam:PassRole`: they run code of the caller with the role. One way a line."""

PASS_ROLE: Final = "iam:PassRole"

WAYS: Final[tuple[tuple[str, ...], ...]] = (
    *((each,) for each in _ALONE.split()),
    *(tuple(line.split()) for line in _TOGETHER.strip().splitlines()),
    *((PASS_ROLE, *line.split()) for line in _WITH_PASS_ROLE.strip().splitlines()),
)
"""The ways; who may do all actions of one on every resource can gain rights of others."""

DATA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rds:CopyDBSnapshot": "the content of every database",
        "rds:CreateDBSnapshot": "the content of every database",
        "s3:GetObject": "every object of every bucket",
        "secretsmanager:GetSecretValue": "every secret",
        "ssm:GetParameter": "every parameter",
        "ssm:GetParameters": "every parameter",
        "ssm:GetParametersByPath": "every parameter",
    }
)
"""Actions that answer with data, or copy it to where it can be taken away; and the data."""

_CREDENTIALS: Final = """
appsync:CreateApiKey appsync:ListApiKeys cloud9:CreateEnvironmentToken codeartifact:GetAuthorizationToken codepipeline:PollForJobs
cognito-identity:GetCredentialsForIdentity cognito-identity:GetOpenIdToken cognito-identity:GetOpenIdTokenForDeveloperIdentity
cognito-idp:AssociateSoftwareToken cognito-idp:DescribeUserPoolClient connect:GetFederationToken ec2:GetPasswordData
ecr-public:GetAuthorizationToken ecr:GetAuthorizationToken gamelift:GetComputeAuthToken gamelift:GetInstanceAccess
gamelift:RequestUploadCredentials iam:CreateAccessKey iam:CreateLoginProfile iam:CreateServiceSpecificCredential
iam:ResetServiceSpecificCredential iot:CreateKeysAndCertificate lightsail:CreateBucketAccessKey lightsail:CreateKeyPair
lightsail:DownloadDefaultKeyPair lightsail:GetBucketAccessKeys lightsail:GetInstanceAccessDetails
lightsail:GetRelationalDatabaseMasterUserPassword mediapackage:RotateChannelCredentials mediapackage:RotateIngestEndpointCredentials
rds-db:connect redshift-serverless:GetCredentials redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM
snowball:GetJobUnlockCode storagegateway:DescribeChapCredentials sts:AssumeRole sts:AssumeRoleWithSAML sts:AssumeRoleWithWebIdentity
sts:GetFederationToken sts:GetSessionToken sts:GetWebIdentityToken
"""

CREDENTIALS: Final = frozenset(_CREDENTIALS.split())
"""Actions that answer with a password, a key, a token or what one is found with, or that set one.

By the models of AWS's APIs in botocore 1.44.8, in which a test finds each credential. Two have no API: `cloud9:CreateEnvironmentToken`,
by the Service Authorization Reference, and `rds-db:connect`, by the RDS User Guide, "IAM database authentication"; November 2026.
"""
