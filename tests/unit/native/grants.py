"""What several types of policy come to: the decision, who denied, and what matched."""

from collections.abc import Mapping
from typing import Any, Final

from iam2rego.ir.policy import PolicySet
from iam2rego.ir.principal import FederatedPrincipal, ServicePrincipal
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from tests.support.policies import CROSS, FEDERATED_USER, KEY, SAME, TARGET, USER, allow, deny, request

ALLOWED: Final = "allowed"
IMPLICIT: Final = "implicitDeny"
EXPLICIT: Final = "explicitDeny"
OTHER: Final = [allow("ec2:x")]
"""Allows nothing that is asked for here."""
YES: Final = [allow()]
NO: Final = [deny()]
OF_USER: Final[JsonValue] = {"arn": FEDERATED_USER, "user_arn": USER}
ECS: Final = ServicePrincipal(service="ecs.amazonaws.com")
GOOGLE: Final = FederatedPrincipal(provider="accounts.google.com")
IN_CROSS: Final = {"resource_account": CROSS}
TRUST: Final = {"action": "sts:AssumeRole", "resource": TARGET}
TAG: Final = {"action": "sts:TagSession", "resource": TARGET}
SAML: Final = {"action": "sts:AssumeRoleWithSAML", "resource": TARGET}
DECRYPT: Final = {"action": "kms:Decrypt", "resource": KEY}
LINKED: Final = f"arn:aws:iam::{SAME}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
CHINA: Final = {"resource": "arn:aws-cn:s3:::b/k"}


def decided(policies: PolicySet, principal: JsonValue, members: Mapping[str, Any]) -> tuple[str, list[str], list[str]]:
    """Return the decision, the types that denied, and the deciding statements as ``type`` or ``type 2`` for index 2."""
    decision = authorize(policies, request(principal, **members))
    matched = [f"{each.policy_type} {each.index}" if each.index else each.policy_type.value for each in decision.matched_statements]
    return decision.decision.value, list(decision.denied_by), matched
