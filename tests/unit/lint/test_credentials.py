"""Each action of IAM904's list, and where AWS's own models of its APIs, as botocore has them, say that a credential is."""

from typing import Final

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape

from iam2rego.catalogue.risks import CREDENTIALS
from iam2rego.catalogue.services import catalogue

ANSWERED: Final = {
    "appsync:CreateApiKey": "apiKey.id",
    "appsync:ListApiKeys": "apiKeys.id",
    "codeartifact:GetAuthorizationToken": "authorizationToken",
    "codepipeline:PollForJobs": "jobs.data.artifactCredentials.secretAccessKey",
    "cognito-identity:GetCredentialsForIdentity": "Credentials.SecretKey",
    "cognito-identity:GetOpenIdToken": "Token",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity": "Token",
    "cognito-idp:AssociateSoftwareToken": "SecretCode",
    "cognito-idp:DescribeUserPoolClient": "UserPoolClient.ClientSecret",
    "connect:GetFederationToken": "Credentials.AccessToken",
    "ec2:GetPasswordData": "PasswordData",
    "ecr-public:GetAuthorizationToken": "authorizationData.authorizationToken",
    "ecr:GetAuthorizationToken": "authorizationData.authorizationToken",
    "gamelift:GetComputeAuthToken": "AuthToken",
    "gamelift:GetInstanceAccess": "InstanceAccess.Credentials.Secret",
    "gamelift:RequestUploadCredentials": "UploadCredentials.SecretAccessKey",
    "iam:CreateAccessKey": "AccessKey.SecretAccessKey",
    "iam:CreateServiceSpecificCredential": "ServiceSpecificCredential.ServicePassword",
    "iam:ResetServiceSpecificCredential": "ServiceSpecificCredential.ServicePassword",
    "iot:CreateKeysAndCertificate": "keyPair.PrivateKey",
    "lightsail:CreateBucketAccessKey": "accessKey.secretAccessKey",
    "lightsail:CreateKeyPair": "privateKeyBase64",
    "lightsail:DownloadDefaultKeyPair": "privateKeyBase64",
    "lightsail:GetBucketAccessKeys": "accessKeys.accessKeyId",
    "lightsail:GetInstanceAccessDetails": "accessDetails.privateKey",
    "lightsail:GetRelationalDatabaseMasterUserPassword": "masterUserPassword",
    "mediapackage:RotateChannelCredentials": "HlsIngest.IngestEndpoints.Password",
    "mediapackage:RotateIngestEndpointCredentials": "HlsIngest.IngestEndpoints.Password",
    "redshift-serverless:GetCredentials": "dbPassword",
    "redshift:GetClusterCredentials": "DbPassword",
    "redshift:GetClusterCredentialsWithIAM": "DbPassword",
    "snowball:GetJobUnlockCode": "UnlockCode",
    "storagegateway:DescribeChapCredentials": "ChapCredentials.SecretToAuthenticateInitiator",
    "sts:AssumeRole": "Credentials.SecretAccessKey",
    "sts:AssumeRoleWithSAML": "Credentials.SecretAccessKey",
    "sts:AssumeRoleWithWebIdentity": "Credentials.SecretAccessKey",
    "sts:GetFederationToken": "Credentials.SecretAccessKey",
    "sts:GetSessionToken": "Credentials.SecretAccessKey",
    "sts:GetWebIdentityToken": "WebIdentityToken",
}
"""Actions by the member of the answer; of lists and maps, a member of what is in them."""

SET: Final = {"iam:CreateLoginProfile": "Password"}
"""Actions by the member of the request that becomes a credential."""

WITHOUT_API: Final = {"cloud9:CreateEnvironmentToken", "rds-db:connect"}
"""Permissions for what no API does: the Service Authorization Reference and the RDS User Guide say that they give a token."""


def names_within(shape: Shape, path: str) -> bool:
    """Say whether a path of members leads through a shape."""
    member, _, rest = path.partition(".")
    while shape.type_name == "list":
        shape = shape.member
    return member in shape.members and (not rest or names_within(shape.members[member], rest))


@pytest.mark.parametrize(("action", "path"), [*ANSWERED.items(), *SET.items()])
def test_the_api_has_the_credential(action: str, path: str) -> None:
    service, _, name = action.partition(":")
    operation = ServiceModel(Loader().load_service_model(service, "service-2")).operation_model(name)
    assert names_within(operation.input_shape if action in SET else operation.output_shape, path)


def test_every_action_has_a_member() -> None:
    assert {*ANSWERED, *SET, *WITHOUT_API} == CREDENTIALS


@pytest.mark.parametrize("action", sorted(WITHOUT_API))
def test_the_others_are_actions(action: str) -> None:
    service, _, name = action.partition(":")
    assert name.lower() in catalogue().actions_of(service)
