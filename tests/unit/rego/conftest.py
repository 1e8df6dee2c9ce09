"""Policies to compile."""

import pytest

from iam2rego.ir.policy import PolicySet, identity_policies
from tests.support.policies import allow, deny, null, policy


@pytest.fixture
def policies() -> PolicySet:
    """Two policies: one that allows, one that denies and asks for a context key."""
    allowing = policy("a/allow", allow("s3:GetObject", sid="A"))
    denying = policy("b", deny("s3:GetObject", when=[null("aws:MultiFactorAuthAge", "false")]))
    return identity_policies((allowing, denying))


@pytest.fixture
def other_policies() -> PolicySet:
    """One policy, which allows."""
    return identity_policies((policy("c", allow("s3:GetObject")),))
