"""How many policies of each collection have a finding, beside what a prototype with the same definitions counted.

The prototype looked for what `check` did not find then. Only its counts are known, not the policies that it counted: what a reason says
about it is inferred from them and from its definitions. The AWS managed policies have counts of their own, in
tests/unit/lint/test_managed_counts.py.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Count(NamedTuple):
    """How many policies have a finding; how many had it in the prototype, None if it did not look for it; and why that differs."""

    found: int
    expected: int | None
    difference: str = ""


NAMES: Final[Mapping[str, str]] = {
    "X_ACTION_NEEDS_STAR": "IAM518",
    "X_ACTION_RESOURCE_MISMATCH": "IAM517",
    "X_ADMIN": "IAM840",
    "X_FORALLVALUES_ALLOW_NO_NULL": "IAM331",
    "X_PUBLIC": "IAM830",
    "X_RESOURCE_STAR": "IAM907",
    "X_SERVICE_WILDCARD": "IAM841",
    "X_STRING_EQUALS_ON_ARN": "IAM328",
}
"""What the prototype called findings that AWS has not."""

_ENDPOINT: Final = "a policy of an endpoint that allows everybody everything is not an identity policy; IAM830 reports it"
_FUNCTIONS: Final = "the prototype read functions of CloudFormation as text; here they have example values"
_UNKNOWN: Final = "the prototype did not know the ARNs of connectors; here they are those of example resources"
_WILDCARDS: Final = "actions with wildcards count too"

_AWS_CLI: Final = {
    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE": Count(2, 3, _ENDPOINT),
    "EMPTY_ARRAY_PRINCIPAL": Count(1, None),
    "EMPTY_OBJECT_CONDITION": Count(1, None),
    "EMPTY_SID_VALUE": Count(5, None),
    "INVALID_ACTION": Count(1, None),
    "INVALID_ARN_ACCOUNT": Count(1, 1),
    "INVALID_ARN_PREFIX": Count(2, None),
    "INVALID_ARN_RESOURCE": Count(1, 0, "the reference has no product subscriptions of Security Hub"),
    "INVALID_GLOBAL_CONDITION_KEY": Count(1, 0, "`AWS:SourceOwner` is a global key of that name, whatever the case of the prefix"),
    "INVALID_POLICY_ELEMENT": Count(1, None),
    "INVALID_SERVICE": Count(0, 1, "the same `AWS:SourceOwner`"),
    "INVALID_SERVICE_IN_ACTION": Count(1, None),
    "INVALID_VPCE_FORMAT": Count(1, 1),
    "MISMATCHED_ACTION_FOR_PRINCIPAL": Count(1, 1),
    "MISSING_VERSION": Count(6, 6),
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE": Count(2, 3, _ENDPOINT),
    "PASS_ROLE_WITH_STAR_IN_RESOURCE": Count(1, 1),
    "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL": Count(2, 2),
    "TYPE_MISMATCH": Count(2, 1, "two vault locks compare an age as a number; the prototype found 88 policies, and one of the two"),
    "X_ADMIN": Count(1, 2, _ENDPOINT),
    "X_FORALLVALUES_ALLOW_NO_NULL": Count(1, 1),
    "X_PUBLIC": Count(8, 4, "those of endpoints, domains and stacks count too: all name everybody and have no condition"),
    "X_RESOURCE_STAR": Count(14, 4, _WILDCARDS),
    "X_SERVICE_WILDCARD": Count(7, 6, "the prototype found 88 policies; seven of 93 allow all of a service on every resource"),
}
_SAM: Final = {
    "ARN_ACCOUNT_NOT_ALLOWED": Count(1, 0, _FUNCTIONS),
    "INVALID_ACTION": Count(1, None),
    "INVALID_ARN_ACCOUNT": Count(0, 4, _FUNCTIONS),
    "INVALID_ARN_REGION": Count(0, 4, _FUNCTIONS),
    "MISSING_VERSION": Count(103, 104, "two policies are equal with example values"),
    "REDUNDANT_ACTION": Count(2, 2),
    "X_ACTION_NEEDS_STAR": Count(12, 1, _FUNCTIONS),
    "X_ACTION_RESOURCE_MISMATCH": Count(1, 20, _UNKNOWN),
    "X_RESOURCE_STAR": Count(5, 4, _WILDCARDS),
    "X_SERVICE_WILDCARD": Count(1, 1),
    "X_STRING_EQUALS_ON_ARN": Count(2, 2),
}

POLICIES: Final[Mapping[str, int]] = {"awscli": 93, "prowler": 26, "sam": 103}
"""How many policies are in each collection."""

COUNTS: Final[Mapping[str, Mapping[str, Count]]] = {"awscli": _AWS_CLI, "prowler": {"X_RESOURCE_STAR": Count(19, 19)}, "sam": _SAM}
"""The counts of each collection by AWS's issue code, or by the prototype's name for what AWS has not."""
