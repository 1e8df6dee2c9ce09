"""AWS's global condition keys, and what each holds (C26)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Holds(StrEnum):
    """What the values of a key are, in the words of messages."""

    ACCOUNT = "an account id"
    ADDRESS = "an IP address"
    ARN = "an ARN"
    BOOLEAN = "`true` or `false`"
    DATE = "a date"
    ENDPOINT = "the id of a VPC endpoint"
    LIST = "a list"
    NETWORK = "the id of a VPC"
    NUMBER = "a number"
    ORGANIZATION = "the id of an organization"
    REGION = "a Region"
    SERVICE = "the name of a service"
    TEXT = "text"
    USER_NAME = "a user name"


_KEYS: Final[Mapping[Holds, str]] = {
    Holds.ACCOUNT: "PrincipalAccount ResourceAccount SourceAccount VpceAccount",
    Holds.ADDRESS: "Ec2InstanceSourcePrivateIPv4 SourceIp VpcSourceIp",
    Holds.ARN: "ARN ChatbotSourceArn PrincipalArn SignInSessionArn SourceArn SourceVpcArn",
    Holds.BOOLEAN: (
        "AssumedRoot IsMcpServiceAction MultiFactorAuthPresent PrincipalIsAWSService SecureTransport ViaAWSMCPService ViaAWSService"
    ),
    Holds.DATE: "CurrentTime EpochTime TokenIssueTime",
    Holds.ENDPOINT: "SourceVpce",
    Holds.LIST: "CalledVia PrincipalOrgPaths PrincipalServiceNamesList ResourceOrgPaths SourceOrgPaths TagKeys VpceOrgPaths",
    Holds.NETWORK: "Ec2InstanceSourceVpc SourceVpc",
    Holds.NUMBER: "MultiFactorAuthAge",
    Holds.ORGANIZATION: "PrincipalOrgID ResourceOrgID SourceOrgID VpceOrgID",
    Holds.REGION: "RequestedRegion",
    Holds.SERVICE: "CalledViaAWSMCP CalledViaFirst CalledViaLast PrincipalServiceName",
    Holds.TEXT: "FederatedProvider PrincipalOrgMasterAccountId PrincipalType SourceIdentity UserAgent referer userid",
    Holds.USER_NAME: "username",
}
"""The table of the IAM User Guide's page on global condition keys, as of 2026, with two that it leaves out and policies have."""

GLOBAL_KEYS: Final[Mapping[str, Holds]] = MappingProxyType(
    {f"aws:{name}": holds for holds, names in _KEYS.items() for name in names.split()}
)
"""The keys as AWS spells them."""

HOLDS: Final[Mapping[str, Holds]] = MappingProxyType({key.lower(): holds for key, holds in GLOBAL_KEYS.items()})
"""The same by the folded key (C2)."""

OF_CALLERS: Final = frozenset({"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"})
"""Folded keys that say whose the caller is; requests of services do not have them."""

IN_EVERY_REQUEST: Final = frozenset(
    {"aws:currenttime", "aws:epochtime", "aws:principalaccount", "aws:securetransport", "aws:viaawsservice"}
)
"""The folded keys that no request lacks."""

TAGS: Final = ("PrincipalTag", "RequestTag", "ResourceTag")
"""The families of tag keys; the name of a tag follows after a slash."""

TAG: Final = re.compile(rf"aws:(?:{'|'.join(TAGS).lower()})/.+")
"""A folded tag key."""
