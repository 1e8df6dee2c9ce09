"""A policy that allows everything, to put beside a policy whose decisions show only then."""

from iam2rego.ir.pattern import ActionPattern, AnyResource, AnyRun
from iam2rego.ir.policy import Actions, Document, Effect, Policy, PolicyType, Resources, Statement
from iam2rego.source import Span


def everything(name: str) -> Policy:
    """Return an identity-based policy that allows every action on every resource."""
    statement = Statement(
        effect=Effect.ALLOW,
        actions=Actions(entries=(ActionPattern(text="*", segments=(AnyRun(),)),)),
        resources=Resources(entries=(AnyResource(text="*"),)),
        span=Span(1, 1, 1, 1),
    )
    return Policy(name=name, type=PolicyType.IDENTITY, file="", document=Document(statements=(statement,)))
