"""What holds for every node: immutable, closed, strict, and equal by meaning."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from iam2rego.ir.condition import ArnValue, Condition, LiteralValue, Operator, TextValue
from iam2rego.ir.pattern import ActionPattern, AnyOne, AnyResource, AnyRun, ArnPattern, Text, Unmatchable, Variable
from iam2rego.ir.policy import Actions, Document, Effect, Policy, PolicySet, PolicyType, Resources, Statement, identity_policies
from iam2rego.source import Span

HERE, THERE = Span(1, 1, 1, 2), Span(2, 3, 4, 5)


def statement(span: Span | None, sid: str = "") -> Statement:
    """A statement whose nodes are all at ``span``."""
    text = Text(text="arn", span=span)
    return Statement(
        sid=sid,
        effect=Effect.ALLOW,
        actions=Actions(entries=(ActionPattern(text="*", segments=(AnyRun(span=span),), span=span),), span=span),
        resources=Resources(entries=(ArnPattern(text="arn:", fields=((text,), ()), span=span),), span=span),
        conditions=(Condition(operator=Operator.BOOL, key="k:v", values=(LiteralValue(text="true", span=span),), span=span),),
        span=span,
    )


def test_equal_nodes_may_stand_at_different_places() -> None:
    assert statement(HERE) == statement(THERE) == statement(None)
    assert hash(statement(HERE)) == hash(statement(THERE))
    assert statement(HERE).span != statement(THERE).span


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(statement(HERE), statement(HERE, sid="A"), id="field"),
        pytest.param(AnyRun(), AnyOne(), id="kind"),
        pytest.param(AnyResource(text="*"), Unmatchable(text="*"), id="kind-of-the-same-fields"),
        pytest.param(Text(text="a"), "a", id="no-node"),
        pytest.param(Variable(key="a"), Variable(key="a", default=""), id="default"),
        pytest.param(Actions(entries=()), Resources(entries=()), id="type"),
    ],
)
def test_different_nodes(one: object, other: object) -> None:
    assert one != other


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        pytest.param(Text, {"text": ""}, id="empty-text"),
        pytest.param(Variable, {"key": ""}, id="variable-without-a-key"),
        pytest.param(ArnPattern, {"text": "", "fields": ()}, id="arn-without-fields"),
        pytest.param(ArnPattern, {"text": "", "fields": ((),) * 7}, id="arn-of-seven-fields"),
        pytest.param(ArnValue, {"text": "", "fields": ((),) * 7}, id="arn-value-of-seven-fields"),
        pytest.param(TextValue, {"text": "a"}, id="missing-field"),
        pytest.param(Unmatchable, {"text": "a", "segments": ()}, id="unknown-field"),
        pytest.param(LiteralValue, {"text": 1}, id="another-type"),
        pytest.param(Condition, {"operator": "Bool", "key": "k:v", "values": ()}, id="text-for-an-operator"),
        pytest.param(Document, {"version": "2012-10-18", "statements": ()}, id="unknown-version"),
    ],
)
def test_what_is_no_node(kind: type[BaseModel], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind(**fields)


def test_a_node_does_not_change() -> None:
    node = Text(text="a")
    with pytest.raises(ValidationError, match="frozen"):
        node.text = "b"  # type: ignore[misc]  # that mypy objects too is the point


def test_json_and_back() -> None:
    policy = Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=Document(statements=(statement(THERE),)))
    policies = identity_policies((policy,))
    assert PolicySet.model_validate_json(policies.model_dump_json()).model_dump() == policies.model_dump()
