"""Checks ``ResourceHandlingOption``: which resources of Amazon EC2 a simulation must have (D6)."""

import re
from collections.abc import Sequence
from typing import Final

from iam2rego.diagnostics import PolicyError
from iam2rego.simulate.check import invalid
from iam2rego.source import Source
from iam2rego.syntax.report import did_you_mean, quote
from iam2rego.syntax.tree import JsonString

_RESOURCE: Final = re.compile(r"arn:[^:]+:ec2:[^:]*:[^:]*:([^/]+)/")
_COMMON: Final = ("instance", "image", "security-group", "network-interface")
_NEEDED: Final = {
    "EC2-VPC-InstanceStore": _COMMON,
    "EC2-VPC-InstanceStore-Subnet": (*_COMMON, "subnet"),
    "EC2-VPC-EBS": (*_COMMON, "volume"),
    "EC2-VPC-EBS-Subnet": (*_COMMON, "subnet", "volume"),
}


def check_handling(node: JsonString, resources: Sequence[str], source: Source) -> None:
    """Raise a `PolicyError` unless the option is known and the resources that it requires are present."""
    if node.value not in _NEEDED:
        message = f"`ResourceHandlingOption` is {quote(node.value)}"
        raise PolicyError([invalid(source, node.span, message, did_you_mean(node.value, tuple(_NEEDED)))])
    present = {match[1] for each in resources if (match := _RESOURCE.match(each))}
    if missing := [f"`{each}`" for each in _NEEDED[node.value] if each not in present]:
        message = f"`{node.value}` needs `ResourceArns` with resources of Amazon EC2 of the types {', '.join(missing)}"
        raise PolicyError([invalid(source, node.span, message)])
