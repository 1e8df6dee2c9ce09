"""Policies to compile, made of the intermediate representation."""

import pytest

from iam2rego.ir.condition import Condition, LiteralValue, Operator
from iam2rego.ir.pattern import ActionPattern, AnyResource, Text
from iam2rego.ir.policy import Actions, Document, Effect, Policy, PolicySet, PolicyType, Resources, Statement, identity_policies
from iam2rego.source import Span

ASKS = Condition(operator=Operator.NULL, key="aws:MultiFactorAuthAge", values=(LiteralValue(text="false"),))


def statement(effect: Effect, *conditions: Condition, sid: str = "") -> Statement:
    return Statement(
        sid=sid,
        effect=effect,
        actions=Actions(entries=(ActionPattern(text="s3:GetObject", segments=(Text(text="s3:GetObject"),)),)),
        resources=Resources(entries=(AnyResource(text="*"),)),
        conditions=conditions,
        span=Span(2, 3, 4, 5),
    )


def policy(name: str, *statements: Statement, policy_type: PolicyType = PolicyType.IDENTITY) -> Policy:
    document = Document(version="2012-10-17", statements=statements)
    return Policy(name=name, type=policy_type, file=f"{name}.json", document=document)


@pytest.fixture
def policies() -> PolicySet:
    """Two policies: one that allows, one that denies and asks for a context key."""
    allowing = policy("a/allow", statement(Effect.ALLOW, sid="A"))
    denying = policy("b", statement(Effect.DENY, ASKS))
    return identity_policies((allowing, denying))


@pytest.fixture
def other_policies() -> PolicySet:
    """One policy, which allows."""
    return identity_policies((policy("c", statement(Effect.ALLOW)),))
