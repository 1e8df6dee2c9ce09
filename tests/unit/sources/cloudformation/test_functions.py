"""What the functions of templates give in a policy."""

from pathlib import Path

import pytest

from tests.unit.sources.cloudformation.made import ACCOUNT, allow, documents, extracted, managed, resource, write

SECTIONS = {
    "Parameters": {
        "Env": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]},
        "Size": {"Type": "Number", "Default": 5, "MaxValue": 9},
        "Names": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "Bare": {"Type": "String"},
        "Secret": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/name"},
    },
    "Mappings": {"ByRegion": {"eu-west-1": {"bucket": "irish", "list": ["x", "y"]}}},
    "Conditions": {
        "Prod": {"Fn::Equals": [{"Ref": "Env"}, "prod"]},
        "NotProd": {"Fn::Not": [{"Condition": "Prod"}]},
        "Both": {"Fn::And": [{"Condition": "Prod"}, {"Condition": "NotProd"}]},
        "Either": {"Fn::Or": [{"Condition": "Prod"}, {"Condition": "NotProd"}]},
        "Round": {"Fn::Not": [{"Condition": "Round"}]},
    },
}
OTHERS = {
    "Bucket": resource("AWS::S3::Bucket", BucketName={"Fn::Sub": "data-${Env}"}),
    "Queue": resource("AWS::SQS::Queue", QueueName="q"),
    "Topic": resource("AWS::SNS::Topic", TopicName="t"),
    "Nameless": resource("AWS::S3::Bucket"),
    "Key": resource("AWS::KMS::Key"),
    "One": resource("AWS::S3::Bucket", BucketName={"Ref": "Two"}),
    "Two": resource("AWS::S3::Bucket", BucketName={"Ref": "One"}),
}


def template(value: object, tmp_path: Path) -> str:
    return write(tmp_path, {**SECTIONS, "Resources": {**OTHERS, "P": managed(allow(value))}})


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        pytest.param({"Ref": "Env"}, "dev", id="parameter"),
        pytest.param({"Ref": "Size"}, "5", id="number"),
        pytest.param({"Ref": "Names"}, ["a", "b"], id="list"),
        pytest.param({"Ref": "AWS::Partition"}, "aws", id="partition"),
        pytest.param({"Ref": "AWS::URLSuffix"}, "amazonaws.com", id="suffix"),
        pytest.param({"Ref": "Bucket"}, "data-dev", id="name"),
        pytest.param({"Fn::GetAtt": ["Bucket", "Arn"]}, "arn:aws:s3:::data-dev", id="arn"),
        pytest.param({"Fn::GetAtt": "Bucket.Arn"}, "arn:aws:s3:::data-dev", id="arn-in-a-text"),
        pytest.param({"Ref": "Queue"}, "https://sqs.eu-west-1.amazonaws.com/111122223333/q", id="url"),
        pytest.param({"Ref": "Topic"}, "arn:aws:sns:eu-west-1:111122223333:t", id="topic"),
        pytest.param({"Fn::Sub": "${Bucket.Arn}/${!aws:username}/*"}, "arn:aws:s3:::data-dev/${aws:username}/*", id="sub"),
        pytest.param({"Fn::Sub": ["${a}-${Env}", {"a": {"Ref": "Size"}}]}, "5-dev", id="sub-with-a-map"),
        pytest.param({"Fn::Join": ["/", ["a", {"Ref": "Env"}]]}, "a/dev", id="join"),
        pytest.param({"Fn::Join": ["", {"Ref": "Names"}]}, "ab", id="join-of-a-list"),
        pytest.param({"Fn::Select": [1, {"Fn::Split": [":", "a:b"]}]}, "b", id="select-of-split"),
        pytest.param({"Fn::If": ["Prod", "p", "d"]}, "d", id="if"),
        pytest.param({"Fn::If": ["Prod", {"Ref": "Bare"}, "d"]}, "d", id="other-branch-is-not-needed"),
        pytest.param({"Fn::If": ["Both", "b", {"Fn::If": ["Either", "e", "n"]}]}, "e", id="and-or-not"),
        pytest.param(["a", {"Fn::If": ["Prod", "p", {"Ref": "AWS::NoValue"}]}], ["a"], id="no-value"),
        pytest.param({"Fn::FindInMap": ["ByRegion", {"Ref": "AWS::Region"}, "bucket"]}, "irish", id="map"),
        pytest.param({"Fn::FindInMap": ["ByRegion", "eu-west-1", "list"]}, ["x", "y"], id="list-of-a-map"),
        pytest.param({"Fn::FindInMap": ["ByRegion", "x", "bucket", {"DefaultValue": "d"}]}, "d", id="default-of-a-map"),
        pytest.param({"Fn::ImportValue": {"Fn::Sub": "net-${Env}"}}, "vpc", id="import"),
        pytest.param("{{resolve:ssm:/a}}", "told", id="dynamic-reference"),
        pytest.param({"Fn::Sub": "x{{resolve:ssm:/a}}"}, "xtold", id="dynamic-reference-in-sub"),
        pytest.param({"Fn::ToJsonString": {"a": [{"Ref": "Env"}]}}, '{"a": ["dev"]}', id="json"),
        pytest.param({"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "1a", id="zones"),
    ],
)
def test_functions(value: object, resolved: object, tmp_path: Path) -> None:
    others = {"import:net-dev": "vpc", "{{resolve:ssm:/a}}": "told", "AZs": "1a,1b"}
    found = documents(template(value, tmp_path), **ACCOUNT, **others)
    assert found["t/P"]["Statement"][0]["Resource"] == resolved


@pytest.mark.parametrize(
    ("value", "bound", "resolved"),
    [
        pytest.param({"Ref": "Env"}, {"Env": "prod"}, "prod", id="parameter"),
        pytest.param({"Ref": "Env"}, {"t/Env": "prod", "Env": "dev"}, "prod", id="of-one-file"),
        pytest.param({"Ref": "Env"}, {"stack:Env": "prod"}, "prod", id="stack"),
        pytest.param({"Ref": "Env"}, {"stack:Env": "prod", "Env": "dev"}, "dev", id="parameter-before-stack"),
        pytest.param({"Ref": "Secret"}, {"Secret": "s"}, "s", id="ssm"),
        pytest.param({"Ref": "Names"}, {"Names": "c,d"}, ["c", "d"], id="list"),
        pytest.param({"Fn::GetAtt": ["Nameless", "Arn"]}, {"Nameless": "b"}, "arn:aws:s3:::b", id="physical-name"),
        pytest.param({"Fn::GetAtt": ["Nameless", "Arn"]}, {"Nameless.Arn": "arn:x"}, "arn:x", id="attribute"),
        pytest.param({"Fn::GetAtt": ["Key", "Arn"]}, {"Key": "k"}, "arn:aws:kms:eu-west-1:111122223333:key/k", id="key"),
        pytest.param({"Ref": "AWS::Partition"}, {"AWS::Region": "cn-north-1"}, "aws-cn", id="china"),
    ],
)
def test_values_from_outside(value: object, bound: dict[str, str], resolved: object, tmp_path: Path) -> None:
    found = documents(template(value, tmp_path), **{**ACCOUNT, **bound})
    assert found["t/P"]["Statement"][0]["Resource"] == resolved


@pytest.mark.parametrize(
    ("value", "needed"),
    [
        pytest.param({"Ref": "Bare"}, ["Bare"], id="parameter"),
        pytest.param({"Ref": "Secret"}, ["Secret"], id="ssm"),
        pytest.param({"Fn::Sub": "${Bare}${Nameless}${Nameless.Arn}"}, ["Bare", "Nameless", "Nameless.Arn"], id="several"),
        pytest.param({"Ref": "AWS::StackName"}, ["AWS::StackName"], id="stack"),
        pytest.param({"Fn::ImportValue": "x"}, ["import:x"], id="import"),
        pytest.param("{{resolve:ssm:/a}}", ["{{resolve:ssm:/a}}"], id="dynamic-reference"),
    ],
)
def test_names_that_nothing_tells(value: object, needed: list[str], tmp_path: Path) -> None:
    extract, problems = extracted(template(value, tmp_path), **ACCOUNT)
    told = [each.message for each in problems if each.code == "IAM620"]
    assert told == [f"nothing tells `{name}`" for name in needed]
    assert extract.documents == []


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        pytest.param({"Ref": "Nothing"}, "IAM626", "`Nothing` is neither a parameter nor a resource of the template", id="ref"),
        pytest.param({"Ref": "AWS::Nothing"}, "IAM626", "`AWS::Nothing` is no pseudo parameter", id="pseudo"),
        pytest.param({"Fn::GetAtt": ["Env", "Arn"]}, "IAM626", "`Env` is not a resource of the template", id="get-att"),
        pytest.param({"Fn::Sub": "${aws:x}"}, "IAM626", "`${aws:x}` names no parameter and no resource of the template", id="variable"),
        pytest.param({"Fn::Sub": "${Names}"}, "IAM626", "`${Names}` is a list, where a text is needed", id="list-in-sub"),
        pytest.param({"Fn::Join": ["", "x"]}, "IAM626", "a list is needed here", id="join"),
        pytest.param({"Fn::Select": [7, ["a"]]}, "IAM626", "`Fn::Select` finds no item `7` in its list", id="select"),
        pytest.param({"Fn::If": ["Nothing", 1, 2]}, "IAM626", "the template has no condition `Nothing`", id="condition"),
        pytest.param({"Fn::If": ["Round", "a", "b"]}, "IAM626", "the condition `Round` depends on itself", id="cycle"),
        pytest.param({"Ref": "One"}, "IAM626", "the name of `One` depends on itself", id="cycle-of-names"),
        pytest.param({"Fn::If": ["Prod", 1]}, "IAM626", "`Fn::If` has 3 arguments, in a list", id="arguments"),
        pytest.param({"Fn::FindInMap": ["ByRegion", "x", "y"]}, "IAM626", "the mapping `ByRegion` has no `x` with `y`", id="map"),
        pytest.param({"Fn::Base64": "x"}, "IAM626", "`Fn::Base64` is not read in a policy", id="function"),
        pytest.param({"Fn::Sub": "x", "a": 1}, "IAM626", "`Fn::Sub` must be the only member of its object", id="two-members"),
        pytest.param(
            "{{resolve:secretsmanager:x}}",
            "IAM626",
            "`{{resolve:secretsmanager:x}}` is a secret, which a policy must not hold",
            id="secret",
        ),
    ],
)
def test_what_is_refused(value: object, code: str, message: str, tmp_path: Path) -> None:
    _, problems = extracted(template(value, tmp_path), **ACCOUNT)
    assert [(each.code, each.message) for each in problems if each.level == "error"] == [(code, message)]


@pytest.mark.parametrize(
    ("bound", "code", "message"),
    [
        pytest.param({"Env": "x"}, "IAM405", "the value of `Env`, `x`, is not one of the allowed values", id="allowed"),
        pytest.param({"Size": "10"}, "IAM405", "the value of `Size`, `10`, is more than `MaxValue` allows", id="most"),
        pytest.param({"Size": "x"}, "IAM405", "the value of `Size`, `x`, is not a number", id="number"),
        pytest.param({"Bare": "<x>"}, "IAM405", "the value of `Bare`, `<x>`, would be read as a placeholder", id="placeholder"),
        pytest.param(
            {"Bare": "a*"}, "IAM622", "the value of `Bare`, `a*`, comes from outside the template, and is a pattern here", id="pattern"
        ),
    ],
)
def test_values_that_are_reported(bound: dict[str, str], code: str, message: str, tmp_path: Path) -> None:
    path = template({"Fn::Sub": "${Env}${Size}${Bare}"}, tmp_path)
    _, problems = extracted(path, **{"Bare": "b", **bound})
    assert [(each.code, each.message) for each in problems if each.code != "IAM627"] == [(code, message)]


def test_functions_that_make_too_much_text(tmp_path: Path) -> None:
    value: object = "x" * 100
    for _ in range(6):
        value = {"Fn::Sub": ["${a}" * 20, {"a": value}]}
    _, problems = extracted(template(value, tmp_path))
    assert [each.message for each in problems if each.code == "IAM626"] == ["the text has more than 1,048,576 characters"]


def test_names_that_double_at_every_step(tmp_path: Path) -> None:
    chain = {f"B{n}": resource("AWS::S3::Bucket", BucketName={"Fn::Sub": f"${{B{n + 1}}}${{B{n + 1}.Arn}}"}) for n in range(30)}
    path = write(tmp_path, {"Resources": {**chain, "B30": resource("AWS::S3::Bucket"), "P": managed(allow({"Ref": "B0"}))}})
    _, problems = extracted(path, **ACCOUNT)
    assert {each.message for each in problems if each.code == "IAM620"} == {"nothing tells `B30`", "nothing tells `B30.Arn`"}


def test_a_chain_that_is_too_long(tmp_path: Path) -> None:
    chain = {f"B{n}": resource("AWS::S3::Bucket", BucketName={"Ref": f"B{n + 1}"}) for n in range(5_000)}
    path = write(tmp_path, {"Resources": {**chain, "P": managed(allow({"Ref": "B0"}))}})
    _, problems = extracted(path)
    assert [each.message for each in problems if each.code == "IAM626"] == ["more than 40 names lead from one to the next here"]
