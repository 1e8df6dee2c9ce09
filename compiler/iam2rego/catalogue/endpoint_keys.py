"""The services whose requests have the keys that describe the owner of a VPC endpoint."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ALL: Final = """
acm-pca applicationinsights apprunner athena cloudformation comprehendmedical compute-optimizer datasync discovery
dynamodb ebs ecr ecs firehose gamelift healthlake iam iotfleetwise iotwireless kinesisanalytics kms lambda
medical-imaging omics payment-cryptography polly rbin rekognition route53 s3 scheduler servicediscovery servicequotas
shield ssm-contacts storagegateway textract transcribe transfer
"""

_ORGANIZATION_ONLY: Final = """
b2bi cassandra cognito-identity dms ds-data identitystore iottwinmaker network-firewall pricing ses sms-voice sqs
workmail
"""

_WITH_ALL: Final = frozenset(_ALL.split())

WITH_KEY: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "aws:vpceaccount": _WITH_ALL,
        "aws:vpceorgid": _WITH_ALL | frozenset(_ORGANIZATION_ONLY.split()),
        "aws:vpceorgpaths": _WITH_ALL,
    }
)
"""The prefixes of services by folded key: IAM User Guide, "AWS global condition context keys", as of 2026."""
