"""The service of the resource that a resource-based policy is attached to."""

from collections.abc import Mapping
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.lint.arns import Field, arns_of, literal
from iam2rego.lint.subject import Subject

_OF_KIND: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.BUCKET: frozenset({"s3", "s3express", "s3-outposts"}),
    Kind.KEY: frozenset({"kms"}),
    Kind.QUEUE: frozenset({"sqs"}),
    Kind.TOPIC: frozenset({"sns"}),
    Kind.TABLE: frozenset({"dynamodb"}),
    Kind.ACCESS_POINT: frozenset({"s3", "s3express", "s3-outposts"}),
    Kind.MULTI_REGION_ACCESS_POINT: frozenset({"s3"}),
    Kind.OBJECT_LAMBDA_ACCESS_POINT: frozenset({"s3-object-lambda"}),
}


def services_by_kind(subject: Subject) -> frozenset[str]:
    """Return the services that the kind of a policy says; empty if it says none."""
    return _OF_KIND.get(subject.policy.kind, frozenset())


def services_of(subject: Subject) -> frozenset[str]:
    """Return the services by the kind of a policy or else, if all its resources are ARNs of one service, that one; otherwise none."""
    if subject.policy.kind is not Kind.RESOURCE:
        return services_by_kind(subject)
    arns = list(arns_of(subject))
    services = {literal(each, Field.SERVICE) for each in arns}
    is_complete = len(arns) == sum(len(each.read.resources.entries) for each in subject.statements)
    return frozenset(each for each in services if each) if is_complete and len(services) == 1 else frozenset()
