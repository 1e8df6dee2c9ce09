"""Fixes of CloudFormation templates: at the right place of the template's text, whatever its parameters are, or none."""

import json
from typing import Final

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.fixing import Fixed, Fixer, Wish
from iam2rego.source import Source
from iam2rego.sources.files import Place, TextFile
from tests.unit.fixing.fixed_policies import codes, options

BOTH: Final = '"Action": ["s3:*", "s3:GetObject"]'
LEFT: Final = '"Action": ["s3:*"]'
LITERAL: Final = f'{{"Effect": "Allow", {BOTH}, "Resource": "*"}}'
FIXED: Final = LITERAL.replace(BOTH, LEFT)
TO_A_QUEUE: Final = (
    '{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": {"Fn::Sub": "arn:aws:sqs:eu-west-1:111122223333:${Name}"}}'
)
FLOW: Final = "{Effect: Allow, Action: [s3:*, 's3:GetObject'], Resource: '*'}"
BLOCK: Final = """
          Statement:
            - Effect: Allow
              Action:
                - s3:*
                - s3:GetObject
              Resource: '*'"""


def in_json(*statements: str) -> str:
    """A template in JSON with a policy, and parameters for functions in it."""
    return f"""{{
  "Parameters": {{"Name": {{"Type": "String", "Default": "q"}}, "Extra": {{"Type": "String", "Default": "s3:GetObject"}}}},
  "Conditions": {{"Small": {{"Fn::Equals": [{{"Ref": "Name"}}, "q"]}}}},
  "Resources": {{
    "Queue": {{"Type": "AWS::SQS::Queue", "Properties": {{"Tags": ["s3:*", "s3:GetObject"]}}}},
    "P": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"ManagedPolicyName": "p", "PolicyDocument": {{
      "Version": "2012-10-17",
      "Statement": [{", ".join(statements)}]
    }}}}}}
  }}
}}
"""


def in_yaml(document: str) -> str:
    """A template in YAML with a policy."""
    return f"""\
Parameters: {{Name: {{Type: String, Default: q}}}}
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: p
      PolicyDocument: {document}
"""


def of_flow(*statements: str) -> str:
    return in_yaml(f"{{Version: '2012-10-17', Statement: [{', '.join(statements)}]}}  # the end")


def fixed(text: str, name: str = "t.json", *, unsafe: bool = False) -> Fixed:
    file = TextFile(Place(name, name), Source(name, text), text.encode())
    return Fixer(Wish(options(), catalogue(), unsafe=unsafe)).fixed(file)


def asked_for(action: object) -> str:
    return f'{{"Effect": "Allow", "Action": {json.dumps(action)}, "Resource": "*"}}'


@pytest.mark.parametrize("others", [[], [TO_A_QUEUE]], ids=["alone", "beside-a-function"])
def test_a_statement_without_functions_is_fixed_in_its_place(others: list[str]) -> None:
    done = fixed(in_json(*others, LITERAL))
    assert done.after.source.text == in_json(*others, FIXED)
    assert codes(done) == ["IAM504"]


@pytest.mark.parametrize(
    "others", [[], ["{Effect: Allow, Action: sqs:SendMessage, Resource: !Sub 'arn:aws:sqs:eu-west-1:111122223333:${Name}'}"]]
)
def test_braces_of_yaml_are_fixed_in_their_place(others: list[str]) -> None:
    done = fixed(of_flow(*others, FLOW), "t.yaml")
    assert done.after.source.text == of_flow(*others, FLOW.replace(", 's3:GetObject'", ""))
    assert codes(done) == ["IAM504"]


def test_new_text_is_right_in_yaml() -> None:
    done = fixed(of_flow("{Sid: 'a b', Effect: Allow, Action: s3:GetObject, Resource: '*'}"), "t.yaml")
    assert done.after.source.text == of_flow("{Sid: \"AB\", Effect: Allow, Action: s3:GetObject, Resource: '*'}")


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(asked_for(["s3:*", {"Ref": "Extra"}]), id="a-parameter-among-entries"),
        pytest.param(asked_for(["s3:*", {"Fn::Sub": "s3:Get${Name}*"}]), id="a-text-with-a-parameter"),
        pytest.param(asked_for(["s3:*", {"Fn::If": ["Small", "s3:GetObject", {"Ref": "AWS::NoValue"}]}]), id="a-branch-among-entries"),
        pytest.param(asked_for({"Fn::If": ["Small", ["s3:*", "s3:GetObject"], "s3:GetObject"]}), id="a-branch-of-entries"),
        pytest.param(asked_for({"Fn::Split": [",", "s3:*,s3:GetObject"]}), id="entries-in-a-text"),
        pytest.param(asked_for({"Ref": "Name"}), id="an-unknown-action"),
    ],
)
def test_what_functions_give_is_not_edited(statement: str, unsafe: bool) -> None:
    assert not fixed(in_json(statement), unsafe=unsafe).changed


def test_a_statement_that_a_condition_adds_is_fixed_within() -> None:
    text = f'{{"Fn::If": ["Small", {LITERAL}, {{"Ref": "AWS::NoValue"}}]}}'
    done = fixed(in_json(text))
    assert done.after.source.text == in_json(text.replace(LITERAL, FIXED))


def test_an_unsafe_fix_needs_a_policy_without_functions() -> None:
    misspelled = asked_for("s3:GetObjekt")
    assert fixed(in_json(misspelled), unsafe=True).after.source.text == in_json(asked_for("s3:GetObject"))
    assert not fixed(in_json(misspelled, TO_A_QUEUE), unsafe=True).changed


def test_the_block_style_of_yaml_is_not_edited() -> None:
    assert not fixed(in_yaml(f"{BLOCK}\n          Version: '2012-10-17'"), "t.yaml").changed
