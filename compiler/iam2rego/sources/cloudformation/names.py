"""What references to resources give: names and ARNs that follow from a template's own names. Nothing else is invented."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from iam2rego.source import Span
from iam2rego.sources.cloudformation.evaluation import text_of
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.sources.cloudformation.values import parameter, pseudo
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonString


@dataclass(frozen=True, slots=True)
class Naming:
    """How a type of resource is named.

    Attributes:
        property: the property that is its name; empty if AWS makes the name.
        ref: what `Ref` gives. In it and in attributes, {N} is the name, {Path} the path, {A} the account, {R} the region, {P} the
            partition and {S} the URL suffix.
        attributes: what `Fn::GetAtt` gives, by attribute.
    """

    property: str
    ref: str = "{N}"
    attributes: Mapping[str, str] = field(default_factory=dict)


def _regional(property_: str, service: str, resource: str = "", attribute: str = "Arn") -> Naming:
    return Naming(property_, "{N}", {attribute: f"arn:{{P}}:{service}:{{R}}:{{A}}:{resource}{{N}}"})


def _of_iam(property_: str, kind: str) -> Naming:
    return Naming(property_, "{N}", {"Arn": f"arn:{{P}}:iam::{{A}}:{kind}{{Path}}{{N}}"})


_POLICY: Final = "arn:{P}:iam::{A}:policy{Path}{N}"
_TOPIC: Final = "arn:{P}:sns:{R}:{A}:{N}"
_MACHINE: Final = "arn:{P}:states:{R}:{A}:stateMachine:{N}"

NAMINGS: Final[Mapping[str, Naming]] = {
    "AWS::IAM::Role": _of_iam("RoleName", "role"),
    "AWS::IAM::User": _of_iam("UserName", "user"),
    "AWS::IAM::Group": _of_iam("GroupName", "group"),
    "AWS::IAM::ManagedPolicy": Naming("ManagedPolicyName", _POLICY, {"PolicyArn": _POLICY}),
    "AWS::S3::Bucket": Naming("BucketName", "{N}", {"Arn": "arn:{P}:s3:::{N}"}),
    "AWS::SQS::Queue": Naming(
        "QueueName",
        "https://sqs.{R}.{S}/{A}/{N}",
        {"Arn": "arn:{P}:sqs:{R}:{A}:{N}", "QueueName": "{N}", "QueueUrl": "https://sqs.{R}.{S}/{A}/{N}"},
    ),
    "AWS::SNS::Topic": Naming("TopicName", _TOPIC, {"TopicArn": _TOPIC, "TopicName": "{N}"}),
    "AWS::DynamoDB::Table": _regional("TableName", "dynamodb", "table/"),
    "AWS::Lambda::Function": _regional("FunctionName", "lambda", "function:"),
    "AWS::Logs::LogGroup": Naming("LogGroupName", "{N}", {"Arn": "arn:{P}:logs:{R}:{A}:log-group:{N}:*"}),
    "AWS::ECR::Repository": _regional("RepositoryName", "ecr", "repository/"),
    "AWS::Kinesis::Stream": _regional("Name", "kinesis", "stream/"),
    "AWS::Events::EventBus": _regional("Name", "events", "event-bus/"),
    "AWS::ECS::Cluster": _regional("ClusterName", "ecs", "cluster/"),
    "AWS::CodeBuild::Project": _regional("Name", "codebuild", "project/"),
    "AWS::StepFunctions::StateMachine": Naming("StateMachineName", _MACHINE, {"Arn": _MACHINE, "Name": "{N}"}),
    "AWS::KMS::Key": Naming("", "{N}", {"Arn": "arn:{P}:kms:{R}:{A}:key/{N}", "KeyId": "{N}"}),
    "AWS::SecretsManager::Secret": Naming("", "{N}", {"Id": "{N}"}),
}

_HOLE: Final = re.compile(r"\{([A-Za-z]+)\}")
_PSEUDO: Final = {"A": "AWS::AccountId", "R": "AWS::Region", "P": "AWS::Partition", "S": "AWS::URLSuffix"}
_NONE: Final = Naming("")


def reference(resolution: Resolution, name: str, span: Span) -> JsonNode | None:
    """Return what `Ref` gives; None is `AWS::NoValue`."""
    if name == "AWS::NoValue":
        return None
    if name.startswith("AWS::"):
        return pseudo(resolution, name, span)
    if name in resolution.template.parameters:
        return parameter(resolution, name, span)
    if name not in resolution.template.resources:
        hint = f"an IAM variable is written `${{!{name}}}` in `Fn::Sub`" if ":" in name else ""
        resolution.refuse(f"{quote(name)} is neither a parameter nor a resource of the template", span, hint)
    bound = resolution.outside(name, span)
    if bound is not None:
        return JsonString(bound, span)
    resource = resolution.template.resources[name]
    naming = NAMINGS.get(resource.type, _NONE)
    own = _own_name(resolution, resource, naming)
    if own is None:
        own = resolution.need(name, span, name)
    return JsonString(_filled(resolution, naming.ref, own, resource, span), span)


def attribute(resolution: Resolution, name: str, of: str, span: Span) -> JsonNode:
    """Return what `Fn::GetAtt` gives for the attribute ``of``."""
    if name not in resolution.template.resources:
        resolution.refuse(f"{quote(name)} is not a resource of the template", span)
    bound = resolution.outside(f"{name}.{of}", span)
    if bound is not None:
        return JsonString(bound, span)
    resource = resolution.template.resources[name]
    naming = NAMINGS.get(resource.type, _NONE)
    physical = resolution.outside(name, span)
    if physical is not None and (naming.attributes.get(of) == naming.ref or (physical.startswith("arn:") and of.endswith("Arn"))):
        return JsonString(physical, span)
    own = _own_name(resolution, resource, naming) if physical is None else re.split(r"[:/]", physical)[-1] or physical
    form = naming.attributes.get(of)
    if own is None or form is None:
        own = resolution.need(f"{name}.{of}", span, own or name)
        form = form or (f"arn:{{P}}:{resource.type.split('::')[1].lower()}:{{R}}:{{A}}:{{N}}" if of.endswith("Arn") else "{N}")
    return JsonString(_filled(resolution, form, own, resource, span), span)


def _own_name(resolution: Resolution, resource: Resource, naming: Naming) -> str | None:
    """Return the name that the template gives a resource; None if it gives none."""
    member = resource.properties.get(naming.property)
    if member is None:
        return None
    value = member.value
    known = resolution.once(f"the name of `{resource.logical_id}`", value.span, lambda: text_of(resolution, value, optional=True))
    return known if isinstance(known, str) else None


def _filled(resolution: Resolution, form: str, own: str, resource: Resource, span: Span) -> str:
    values: dict[str, str] = {"N": own}
    missing = False
    for hole in {found[1] for found in _HOLE.finditer(form)} - {"N"}:
        try:
            values[hole] = _path(resolution, resource) if hole == "Path" else pseudo_text(resolution, _PSEUDO[hole], span)
        except UnresolvedError:
            missing = True
    if missing:
        raise UnresolvedError
    return _HOLE.sub(lambda found: values[found[1]], form)


def _path(resolution: Resolution, resource: Resource) -> str:
    member = resource.properties.get("Path")
    return (text_of(resolution, member.value, optional=True) if member else None) or "/"


def pseudo_text(resolution: Resolution, name: str, span: Span) -> str:
    """Return the text of a pseudo parameter."""
    value = pseudo(resolution, name, span)
    assert isinstance(value, JsonString)
    return value.value
