"""AWS's own model of SimulateCustomPolicy, as botocore has it: what tests hold requests and responses to."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import create_parser
from botocore.validate import ParamValidator

OPERATION: Final[OperationModel] = ServiceModel(Loader().load_service_model("iam", "service-2")).operation_model("SimulateCustomPolicy")
INPUT: Final[Shape] = OPERATION.input_shape
OUTPUT: Final[Shape] = OPERATION.output_shape

_OF_RECORDED_RESPONSES: Final = ("IAM Policy", "Resource Policy")
"""What AWS answers as `SourcePolicyType`, though the model lists other words (D4)."""


def problems(value: Any, shape: Shape) -> list[str]:
    """What botocore's validator and the model have against a request or a response."""
    report = ParamValidator().validate(value, shape)
    return [report.generate_report()] if report.has_errors() else list(_beyond_limits(value, shape))


def read_back(response: dict[str, Any]) -> dict[str, Any]:
    """The response as botocore parses it when it comes over the wire."""
    wrapper = OPERATION.output_shape.serialization["resultWrapper"]
    body = f"<Response>{_xml(wrapper, response, OUTPUT)}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></Response>"
    parsed: dict[str, Any] = create_parser("query").parse({"body": body.encode(), "headers": {}, "status_code": 200}, OUTPUT)
    del parsed["ResponseMetadata"]
    return parsed


def _beyond_limits(value: Any, shape: Shape) -> Iterator[str]:
    """What the validator does not look at: the most of everything, patterns and enumerations."""
    limits = shape.metadata
    size = value if shape.type_name == "integer" else len(value) if shape.type_name in ("string", "list") else 0
    if size > limits.get("max", size):
        yield f"{shape.name}: {size} is beyond {limits['max']}"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        yield f"{shape.name}: {value!r} is not of the pattern"
    if "enum" in limits and value not in limits["enum"] and not (shape.name == "PolicySourceType" and value in _OF_RECORDED_RESPONSES):
        yield f"{shape.name}: {value!r} is none of its values"
    for inner, of in _inside(value, shape):
        yield from _beyond_limits(inner, of)


def _inside(value: Any, shape: Shape) -> list[tuple[Any, Shape]]:
    match shape.type_name:
        case "structure":
            return [(value[name], shape.members[name]) for name in value]
        case "list":
            return [(each, shape.member) for each in value]
        case "map":
            return [*((key, shape.key) for key in value), *((each, shape.value) for each in value.values())]
    return []


def _xml(tag: str, value: Any, shape: Shape) -> str:
    match shape.type_name:
        case "structure":
            inner = "".join(_xml(name, value[name], shape.members[name]) for name in value)
        case "list":
            inner = "".join(_xml("member", each, shape.member) for each in value)
        case "map":
            entries = (_xml("key", key, shape.key) + _xml("value", each, shape.value) for key, each in value.items())
            inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
        case "boolean":
            inner = "true" if value else "false"
        case _:
            inner = escape(str(value))
    return f"<{tag}>{inner}</{tag}>"
