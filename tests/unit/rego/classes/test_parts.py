"""What the statements of a policy say of actions."""

import json
from typing import Any

import pytest

from iam2rego.ir.policy import Kind, Policy, PolicyType
from iam2rego.rego.classes.parts import WHOLE, Part, read_parts
from iam2rego.rego.reading.statements import read_statements
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json


def parts(*statements: dict[str, Any]) -> tuple[Part, ...]:
    whole = [{"Effect": "Allow", **({} if "NotResource" in each else {"Resource": "*"}), **each} for each in statements]
    source = Source("p.json", json.dumps({"Version": "2012-10-17", "Statement": whole}))
    document = read_policy(parse_json(source), source, FORMS[Kind.IDENTITY], lenient=True).document
    assert document is not None
    policy = Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=document)
    return read_parts(policy, read_statements(policy))


@pytest.mark.parametrize(
    ("statement", "services"),
    [
        pytest.param({"Action": "S3:GetObject"}, {"s3": (["getobject"], [], [])}, id="A4/name"),
        pytest.param({"Action": ["s3:Get*", "s3:*"]}, {"s3": ([], ["get", ""], [])}, id="A3/prefixes"),
        pytest.param({"Action": "s3:*Object?"}, {"s3": ([], [], ["*object?"])}, id="A3/glob"),
        pytest.param({"Action": ["a:A", "b:B"]}, {"a": (["a"], [], []), "b": (["b"], [], [])}, id="A8/services"),
        pytest.param({"Action": ["a:A", "*:Get*", "s*"]}, {WHOLE: (["a:a"], [], ["*:get*"])}, id="A5/any-service"),
    ],
)
def test_actions(statement: dict[str, Any], services: dict[str, Any]) -> None:
    assert parts(statement) == (Part(denies=False, conditional=False, negated=False, services=services),)


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        pytest.param({"Action": "*"}, Part(False, False, True, {}), id="A2/any"),
        pytest.param({"NotAction": "a:A"}, Part(False, False, True, {"a": (["a"], [], [])}), id="A8/all-but-one"),
        pytest.param({"NotAction": []}, Part(False, False, True, {}), id="G10/all-but-none"),
        pytest.param({"NotAction": "*:A"}, Part(False, False, True, {WHOLE: ([], [], ["*:a"])}), id="A5/all-but-of-any-service"),
    ],
)
def test_wide_parts(statement: dict[str, Any], part: Part) -> None:
    assert parts(statement) == (part,)
    assert part.is_wide


@pytest.mark.parametrize(
    ("statement", "conditional"),
    [
        pytest.param({}, False, id="R2/any-resource"),
        pytest.param({"Resource": ["arn:aws:s3:::b", "**"]}, False, id="R2/any-resource-among-others"),
        pytest.param({"Resource": "arn:aws:s3:::b"}, True, id="R3/a-resource"),
        pytest.param({"Resource": "arn:*"}, True, id="R5/any-arn"),
        pytest.param({"NotResource": "arn:aws:s3:::b"}, True, id="R10/all-but-one"),
        pytest.param({"NotResource": []}, False, id="G10/all-but-none"),
        pytest.param({"NotResource": "arn:aws:s3:::${aws:username}"}, True, id="R10/needed-variable"),
        pytest.param({"Condition": {}}, False, id="G12/no-condition"),
        pytest.param({"Condition": {"ForAllValues:Null": {"k": "true"}}}, False, id="C11/always"),
        pytest.param({"Condition": {"Null": {"k": "true"}}}, True, id="C11/sometimes"),
    ],
)
def test_what_is_tested_besides(statement: dict[str, Any], conditional: bool) -> None:
    (part,) = parts({"Action": "a:A", **statement})
    assert part.conditional == conditional


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        pytest.param({"Condition": {"StringEquals": {"K": "v"}}}, ("k", ("v",)), id="C12/equals"),
        pytest.param({"Condition": {"StringEquals": {"k": ["v", "w"]}}}, ("k", ("v", "w")), id="C3/one-of-some"),
        pytest.param({"Condition": {"StringLike": {"k": "v"}}}, ("k", ("v",)), id="C13/like-without-wildcards"),
        pytest.param({"Condition": {"ArnLike": {"k": "arn:aws:s3:::b"}}}, ("k", ("arn:aws:s3:::b",)), id="C22/arn"),
        pytest.param({"Condition": {"StringEqualsIfExists": {"k": "v"}}}, ("k", ("v",)), id="C10/if-exists"),
        pytest.param({"Condition": {"ForAnyValue:StringEquals": {"k": "v"}}}, None, id="C7/any"),
        pytest.param({"Condition": {"ForAllValues:StringEquals": {"k": "v"}}}, None, id="C7/all"),
        pytest.param(
            {"Condition": {"StringEquals": {"k": "v"}, "ForAllValues:Null": {"l": "true"}}}, ("k", ("v",)), id="C11/beside-no-test"
        ),
        pytest.param({}, None, id="C1/no-condition"),
        pytest.param({"Condition": {"StringEquals": {"k": "v", "l": "v"}}}, None, id="C1/two-keys"),
        pytest.param({"Condition": {"StringEquals": {"k": "v"}}, "Resource": "arn:aws:s3:::b"}, None, id="R3/a-resource"),
        pytest.param({"Condition": {"StringEquals": {"k": "${aws:username}"}}}, None, id="V1/variable"),
        pytest.param({"Condition": {"StringLike": {"k": "v*"}}}, None, id="C13/wildcard"),
        pytest.param({"Condition": {"StringNotEquals": {"k": "v"}}}, None, id="C4/negated"),
        pytest.param({"Condition": {"ForAnyValue:StringNotEquals": {"k": "v"}}}, None, id="C7/any-negated"),
        pytest.param({"Condition": {"StringEqualsIgnoreCase": {"k": "v"}}}, None, id="C12/folded"),
        pytest.param({"Condition": {"NumericEquals": {"k": "1"}}}, None, id="C16/number"),
        pytest.param({"Condition": {"Bool": {"k": "true"}}}, None, id="C19/boolean"),
        pytest.param({"Condition": {"Null": {"k": "false"}}}, None, id="C11/presence"),
        pytest.param({"Condition": {"StringEquals": {"k": "v"}}, "Effect": "Deny"}, None, id="E1/deny"),
    ],
)
@pytest.mark.parametrize("actions", [{"Action": "a:A"}, {"Action": "*"}, {"Action": "*:A"}, {"NotAction": "a:A"}])
def test_a_text_that_is_enough(statement: dict[str, Any], given: tuple[str, tuple[str, ...]] | None, actions: dict[str, Any]) -> None:
    (part,) = parts({**actions, **statement})
    assert part.given == given


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param({"Action": []}, id="G10/no-action"),
        pytest.param({"NotAction": "*"}, id="A2/all-but-any"),
        pytest.param({"Action": "a:A", "Resource": []}, id="G10/no-resource"),
        pytest.param({"Action": "a:A", "Condition": {"ForAnyValue:Null": {"k": "true"}}}, id="C11/never"),
    ],
)
def test_statements_that_never_apply(statement: dict[str, Any]) -> None:
    assert parts(statement) == ()


def test_statements_of_a_kind_go_together() -> None:
    deny = {"Effect": "Deny"}
    limited, equal = {"Resource": "arn:aws:s3:::b"}, {"Condition": {"StringEquals": {"k": "v"}}}
    assert parts(
        {"Action": ["a:A", "a:B"]},
        {"Action": "c:C", **deny},
        {"Action": ["a:B", "a:C*"]},
        {"Action": "a:D", **limited},
        {"Action": "a:E", **equal},
        {"Action": "c:D", **deny, **limited},
        {"Action": "c:E", **deny, **equal},
        {"Action": "a:F", **equal},
        {"NotAction": "a:A"},
        {"NotAction": "a:B"},
    ) == (
        Part(False, False, False, {"a": (["a", "b"], ["c"], [])}),
        Part(True, False, False, {"c": (["c"], [], [])}),
        Part(False, True, False, {"a": (["d"], [], [])}),
        Part(False, True, False, {"a": (["e", "f"], [], [])}, ("k", ("v",))),
        Part(True, True, False, {"c": (["d", "e"], [], [])}),
        Part(False, False, True, {"a": (["a"], [], [])}),
        Part(False, False, True, {"a": (["b"], [], [])}),
    )
