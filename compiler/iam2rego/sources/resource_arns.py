"""ARNs of single resources, and what they say of the kind of a resource's policy."""

import re
from typing import Final

from iam2rego.ir.policy import Kind

RESOURCE_ARN: Final = r"^arn(:[^:*?]*){4}:[^*?]+$"
"""The ARN of one resource, as a regular expression of JSON Schema and of Python."""

_RESOURCE: Final = re.compile(RESOURCE_ARN)
_KINDS: Final = {
    Kind.TRUST: re.compile(r"arn:[^:]*:iam::[^:]*:role/.*", re.DOTALL),
    Kind.KEY: re.compile(r"arn:[^:]*:kms:[^:]*:[^:]*:key/.*", re.DOTALL),
    Kind.BUCKET: re.compile(r"arn:[^:]*:s3:::[^:/]*"),
    Kind.QUEUE: re.compile(r"arn:[^:]*:sqs:[^:]*:[^:]*:[^:]*"),
    Kind.TOPIC: re.compile(r"arn:[^:]*:sns:[^:]*:[^:]*:[^:]*"),
}


def is_one(arn: str) -> bool:
    """Return whether this is the ARN of one resource, without wildcards."""
    return _RESOURCE.fullmatch(arn) is not None


def kind_of(arn: str) -> Kind:
    """Return the kind of the policy of the resource with this ARN."""
    return next((kind for kind, form in _KINDS.items() if form.fullmatch(arn)), Kind.RESOURCE)
