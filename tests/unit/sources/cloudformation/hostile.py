"""Malformed and hostile templates, by what is wrong with them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final, TypeAlias

from tests.unit.sources.cloudformation.made import TRUST, allow, managed, resource, role

Steps: TypeAlias = Sequence[str | int]

WHOLE: Final[Mapping[str, Any]] = {
    "Transform": "AWS::LanguageExtensions",
    "Parameters": {"Env": {"Type": "String", "Default": "dev", "AllowedValues": ["dev"], "AllowedPattern": "d.*"}},
    "Mappings": {"ByEnv": {"dev": {"name": "x"}}},
    "Conditions": {"Dev": {"Fn::Equals": [{"Ref": "Env"}, "dev"]}, "Both": {"Fn::And": [{"Condition": "Dev"}, {"Condition": "Dev"}]}},
    "Resources": {
        "R": {
            **role(RoleName={"Ref": "Env"}, Policies=[{"PolicyName": "p", "PolicyDocument": allow()}], ManagedPolicyArns=[{"Ref": "M"}]),
            "Condition": "Both",
        },
        "M": managed(allow({"Fn::Sub": ["${B.Arn}/${x}", {"x": {"Fn::FindInMap": ["ByEnv", {"Ref": "Env"}, "name"]}}]}), Roles=["r"]),
        "B": resource("AWS::S3::Bucket", BucketName={"Fn::If": ["Dev", "b", {"Ref": "AWS::NoValue"}]}),
        "Q": resource("AWS::SQS::QueuePolicy", Queues=["https://sqs.eu-west-1.amazonaws.com/111122223333/q"], PolicyDocument=TRUST),
        "L": resource("AWS::Lambda::Permission", FunctionName="f", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com"),
        "U": resource("AWS::IAM::User", UserName="u", Groups=["g"], PermissionsBoundary={"Fn::GetAtt": ["M", "PolicyArn"]}),
        "O": resource("AWS::Organizations::Policy", Type="SERVICE_CONTROL_POLICY", Content=json.dumps(allow())),
    },
}
"""A template in which everything is right. It is in the account and region of the tests."""

PLACES: Final[Mapping[str, Steps]] = {
    "transform": ["Transform"],
    "parameters": ["Parameters"],
    "parameter": ["Parameters", "Env"],
    "default": ["Parameters", "Env", "Default"],
    "allowed": ["Parameters", "Env", "AllowedValues"],
    "mapping": ["Mappings", "ByEnv"],
    "conditions": ["Conditions"],
    "condition": ["Conditions", "Dev"],
    "operand": ["Conditions", "Dev", "Fn::Equals", 0],
    "resources": ["Resources"],
    "resource": ["Resources", "R"],
    "type": ["Resources", "R", "Type"],
    "properties": ["Resources", "R", "Properties"],
    "of-resource": ["Resources", "R", "Condition"],
    "name": ["Resources", "R", "Properties", "RoleName"],
    "policies": ["Resources", "R", "Properties", "Policies"],
    "policy-name": ["Resources", "R", "Properties", "Policies", 0, "PolicyName"],
    "attached": ["Resources", "R", "Properties", "ManagedPolicyArns"],
    "document": ["Resources", "M", "Properties", "PolicyDocument"],
    "statement": ["Resources", "M", "Properties", "PolicyDocument", "Statement"],
    "action": ["Resources", "M", "Properties", "PolicyDocument", "Statement", 0, "Action"],
    "sub": ["Resources", "M", "Properties", "PolicyDocument", "Statement", 0, "Resource", "Fn::Sub"],
    "map": ["Resources", "M", "Properties", "PolicyDocument", "Statement", 0, "Resource", "Fn::Sub", 1, "x", "Fn::FindInMap"],
    "roles": ["Resources", "M", "Properties", "Roles"],
    "queues": ["Resources", "Q", "Properties", "Queues"],
    "function": ["Resources", "L", "Properties", "FunctionName"],
    "boundary": ["Resources", "U", "Properties", "PermissionsBoundary"],
    "content": ["Resources", "O", "Properties", "Content"],
}

ODD: Final[Mapping[str, Any]] = {
    "null": None,
    "true": True,
    "number": 1e3,
    "text": "x",
    "list": [[[]]],
    "object": {"a": {"b": []}},
    "ref-of-list": {"Ref": ["R"]},
    "ref-of-nothing": {"Ref": ""},
    "get-att": {"Fn::GetAtt": [["R"], "Arn", 1]},
    "sub": {"Fn::Sub": ["${", {"": {}}]},
    "itself": {"Fn::Sub": "${R.Arn}${M}${B}"},
    "if": {"Fn::If": ["Dev", {"Fn::If": ["None", 1, 2]}]},
    "join": {"Fn::Join": [{"Ref": "AWS::NoValue"}, {"Fn::Split": [",", {"Ref": "Env"}]}]},
    "macro": {"Fn::Transform": {"Name": "AWS::Include"}},
}


def odd_templates() -> Iterator[tuple[str, str]]:
    """Yield the template with an odd value in every place."""
    for place, steps in PLACES.items():
        for name, value in list(ODD.items())[len(place) % 2 :: 2]:
            template = deepcopy(dict(WHOLE))
            above: Any = template
            for step in steps[:-1]:
                above = above[step]
            above[steps[-1]] = value
            yield f"{place}/{name}", json.dumps(template)


def cut_templates() -> Iterator[tuple[str, str]]:
    """Yield the beginnings of the template, as JSON and as YAML in flow style."""
    text = json.dumps(WHOLE)
    for index in range(1, 31):
        yield f"json/{index}", text[: len(text) * index // 31]
    for index in range(1, 31):
        yield f"yaml/{index}", "# template\n" + text[: len(text) * index // 31]
