"""Templates among other sources: folders, the CDK's output, stacks, and the names that are wanted."""

import json
from pathlib import Path

import pytest

from iam2rego.building import Cache, Recipe, compile_sources
from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources import load
from iam2rego.sources.stacks import stack_names
from iam2rego.sources.wanted import wanted_names
from tests.unit.sources.cloudformation.made import ACCOUNT, allow, documents, extracted, loaded, looked, managed, role, write

YAML = """\
Parameters: {Env: {Type: String, Default: dev}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Data: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "data-${Env}-${AWS::AccountId}"}}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: "*"}}]}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - {Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Data.Arn}/${!aws:username}/*"}
              - !If [Prod, {Effect: Deny, Action: s3:Delete*, Resource: "*"}, !Ref AWS::NoValue]
"""
ROLE = {"Resources": {"R": role(RoleName="r")}}


def test_the_place_of_a_name_that_nothing_tells(tmp_path: Path) -> None:
    _, problems = extracted(write(tmp_path, YAML, "t.yaml"))
    (error,) = (each for each in problems if each.code == "IAM620")
    assert error.span
    assert (error.span.line, error.span.column, error.message) == (4, 58, "nothing tells `AWS::AccountId`")


def test_a_statement_that_a_condition_adds(tmp_path: Path) -> None:
    path = write(tmp_path, YAML, "t.yaml")
    assert [len(documents(path, **ACCOUNT, Env=each)["t/Reader/read"]["Statement"]) for each in ("dev", "prod")] == [1, 2]


@pytest.mark.parametrize("name", ["t.yaml", "t.yml", "t.template", "t.txt"])
def test_yaml_by_any_name(name: str, tmp_path: Path) -> None:
    assert [each.name for each in loaded(write(tmp_path, YAML, name)).policies.policies] == ["t/Reader/read", "t/Reader/trust"]


def test_json_with_tabs_in_a_file_of_yaml(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(ROLE, indent="\t"), "t.yaml")
    assert [each.name for each in loaded(path).policies.policies] == ["t/R/trust"]


def test_a_finding_is_at_its_line(tmp_path: Path) -> None:
    text = YAML.replace("Action: s3:GetObject", "Action: s3:GetObjekt, Sid: 'a b'")
    (found,) = (each for each in looked(write(tmp_path, text, "t.yaml"), **ACCOUNT).findings if each.code == "IAM108")
    assert found.span
    assert (found.span.line, found.source.cut(found.span)) == (15, "'a b'")


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_text_with_a_dynamic_reference_has_its_place(quote: str, tmp_path: Path) -> None:
    spelled = f"Effect: {quote}x-{{{{resolve:ssm:/a}}}}{quote}\n                Action: s3:GetObject\n                Resource: '*'"
    text = YAML.replace('{Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Data.Arn}/${!aws:username}/*"}', spelled)
    found = looked(write(tmp_path, text, "t.yaml"), **ACCOUNT, **{"{{resolve:ssm:/a}}": "y"}).findings
    (error,) = (each for each in found if each.level == "error")
    assert (error.code, error.span and error.source.cut(error.span).strip("'")) == ("IAM107", "x-{{resolve:ssm:/a}}")


def test_a_document_in_a_text(tmp_path: Path) -> None:
    text = {"Fn::Sub": json.dumps(allow("arn:aws:s3:::${AWS::AccountId}/*"))}
    path = write(tmp_path, {"Resources": {"P": managed(text)}})
    assert documents(path, **ACCOUNT)["t/P"]["Statement"][0]["Resource"] == "arn:aws:s3:::111122223333/*"
    _, problems = extracted(write(tmp_path, {"Resources": {"P": managed({"Fn::Sub": "{${AWS::AccountId}"})}}), **ACCOUNT)
    assert [(each.source.name, each.code) for each in problems if each.level == "error"] == [(f"{path}#t/P", "IAM004")]


def test_words_that_are_booleans_to_some(tmp_path: Path) -> None:
    text = YAML.replace("Resource: !Sub", "Condition: {Bool: {aws:SecureTransport: no}}, Resource: !Sub")
    _, problems = extracted(write(tmp_path, text, "t.yaml"), **ACCOUNT)
    assert [each.code for each in problems if each.level == "error"] == ["IAM101"]


def test_yaml_of_other_kinds_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, YAML, "t.yaml")
    write(tmp_path, "on: [push]\nname: {{ x }}\n", "workflow.yml")
    found = load([str(tmp_path)], parameters=ACCOUNT)
    assert [each.name for each in found.policies.policies] == ["t/Reader/read", "t/Reader/trust"]
    assert [(each.code, each.message) for each in found.diagnostics] == [("IAM628", "1 file that holds no policies is passed over")]


def test_a_folder_of_the_cdk(tmp_path: Path) -> None:
    stack = {
        "type": "aws:cloudformation:stack",
        "environment": "aws://111122223333/eu-west-1",
        "properties": {"templateFile": "s.template.json"},
    }
    write(tmp_path, {"version": "48.0.0", "artifacts": {"s": stack, "Tree": {"type": "cdk:tree"}}}, "manifest.json")
    write(tmp_path, {"version": "tree"}, "tree.json")
    write(tmp_path, ROLE, "s.template.json")
    found = load([str(tmp_path)])
    assert [each.arn for each in found.policies.attachments.principals] == ["arn:aws:iam::111122223333:role/r"]
    assert [each.message for each in found.diagnostics] == ["2 files that hold no policies are passed over"]


def test_what_aws_says_of_a_stack(tmp_path: Path) -> None:
    arn = "arn:aws:cloudformation:eu-west-1:111122223333:stack/web/1"
    parameters = [{"ParameterKey": "Env", "ParameterValue": "prod"}, {"ParameterKey": "Secret", "ParameterValue": "****"}]
    stacks = write(tmp_path, {"Stacks": [{"StackName": "web", "StackId": arn, "Parameters": parameters}]}, "stacks.json")
    resources = write(tmp_path, {"StackResources": [{"LogicalResourceId": "R", "PhysicalResourceId": "web-R-1"}]}, "resources.json")
    exports = write(tmp_path, {"Exports": [{"Name": "vpc", "Value": "vpc-1"}]}, "exports.json")
    assert stack_names([stacks, resources, exports]) == {
        "stack:AWS::StackName": "web",
        "stack:AWS::StackId": arn,
        "stack:AWS::Partition": "aws",
        "stack:AWS::Region": "eu-west-1",
        "stack:AWS::AccountId": "111122223333",
        "stack:Env": "prod",
        "stack:R": "web-R-1",
        "stack:import:vpc": "vpc-1",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param({}, "this does not describe a stack", id="nothing"),
        pytest.param({"Stacks": [{}, {}]}, "this describes several stacks", id="several"),
    ],
)
def test_files_that_describe_no_stack(text: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=message):
        stack_names([write(tmp_path, text)])


def test_names_that_are_wanted(tmp_path: Path) -> None:
    path = write(tmp_path, YAML, "t.yaml")
    assert [(each.name, each.place, each.default) for each in wanted_names([path], {})] == [
        ("AWS::AccountId", f"{path}:4:58", None),
        ("AWS::Region", f"{path}:5:3", None),
        ("Env", path, "dev"),
    ]
    assert [each.name for each in wanted_names([path], ACCOUNT)] == ["Env"]


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        pytest.param({"Transform": ["Mine"]}, "the transform `Mine` changes the template before its policies are known", id="macro"),
        pytest.param({"Parameters": []}, "`Parameters` must be an object, not an array", id="section"),
    ],
)
def test_templates_that_are_not_whole(sections: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refused:
        loaded(write(tmp_path, {**sections, **ROLE}))
    assert [each.message for each in refused.value.diagnostics if each.level == "error"] == [message]


def test_a_template_whose_resources_a_function_makes(tmp_path: Path) -> None:
    """In a folder, too: it is not passed over."""
    write(tmp_path, ROLE)
    path = write(tmp_path, "Resources:\n  Fn::ForEach::P: [N, [a], {'P${N}': {Type: AWS::IAM::ManagedPolicy}}]\n", "made.yaml")
    with pytest.raises(PolicyError) as refused:
        load([str(tmp_path)], parameters=ACCOUNT)
    assert [(each.source.name, each.code) for each in refused.value.diagnostics if each.level == "error"] == [(path, "IAM626")]


def test_a_cached_build_knows_the_names(tmp_path: Path) -> None:
    path = write(tmp_path, YAML, "t.yaml")
    cache = Cache.at(tmp_path / "cache")

    def names(env: str) -> list[int]:
        recipe = Recipe(Kind.IDENTITY, lenient=False, parameters={**ACCOUNT, "Env": env}, labels=True)
        return [each.statements for each in compile_sources([path], recipe, cache, lambda *_: None).units]

    assert [names(env) for env in ("dev", "prod", "dev")] == [[1, 1], [2, 1], [1, 1]]
