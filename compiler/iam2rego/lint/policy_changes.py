"""The actions that change the policies of resources."""

from collections.abc import Iterator
from typing import Final

from iam2rego.ir.policy import Statement
from iam2rego.lint.reach import names_action

_CHANGES: Final = """
backup:PutBackupVaultAccessPolicy codeartifact:PutDomainPermissionsPolicy codeartifact:PutRepositoryPermissionsPolicy
dynamodb:PutResourcePolicy ecr:SetRepositoryPolicy elasticfilesystem:PutFileSystemPolicy es:UpdateDomainConfig events:PutPermission
glacier:SetVaultAccessPolicy glue:PutResourcePolicy kinesis:PutResourcePolicy kms:PutKeyPolicy lambda:AddPermission
logs:PutResourcePolicy s3:PutAccessPointPolicy s3:PutBucketPolicy secretsmanager:PutResourcePolicy sns:AddPermission
sns:SetTopicAttributes sqs:AddPermission sqs:SetQueueAttributes
"""
"""By the API references of the services that have resource-based policies."""


def changes(statement: Statement) -> Iterator[str]:
    """Yield the actions of a statement that change the policy of a resource."""
    return (each for each in _CHANGES.split() if names_action(statement.actions, each))
